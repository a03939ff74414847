namespace Nabla.Operations;

/// <summary>
/// Philox4x32-10: a counter-based random number generator. The same key and counter give the same four words on every machine and in any order.
/// </summary>
/// <remarks>
/// J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, <i>Parallel random numbers: as easy as 1, 2, 3</i>, SC 2011. The tests hold it against
/// the known answers published with that paper.
/// </remarks>
public static class Philox
{
    private const uint MultiplierA = 0xD2511F53, MultiplierB = 0xCD9E8D57, WeylA = 0x9E3779B9, WeylB = 0xBB67AE85;

    /// <summary>Four independent random words for one counter.</summary>
    /// <param name="key">Which stream: 64 bits.</param>
    /// <param name="counterLow">The lower 64 bits of the position in the stream.</param>
    /// <param name="counterHigh">The upper 64 bits of the position in the stream.</param>
    /// <returns>The words in the order the paper gives them.</returns>
    public static (uint A, uint B, uint C, uint D) Words(ulong key, ulong counterLow, ulong counterHigh = 0)
    {
        uint a = (uint)counterLow, b = (uint)(counterLow >> 32), c = (uint)counterHigh, d = (uint)(counterHigh >> 32);
        uint keyA = (uint)key, keyB = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong productA = (ulong)MultiplierA * a, productB = (ulong)MultiplierB * c;
            (a, b, c, d) = ((uint)(productB >> 32) ^ b ^ keyA, (uint)productB, (uint)(productA >> 32) ^ d ^ keyB, (uint)productA);
            keyA += WeylA;
            keyB += WeylB;
        }
        return (a, b, c, d);
    }

    /// <summary>A key of its own for each (key, index): how one seed becomes independent streams for epochs, steps and layers.</summary>
    public static ulong Derive(ulong key, ulong index)
    {
        // The upper counter half marks the words as keys, so that they never coincide with values drawn from the same key.
        (uint a, uint b, _, _) = Words(key, index, 0x6B65_7973_0000_0001);
        return a | ((ulong)b << 32);
    }

    /// <summary>A number in [0, 1) with 24 random bits, exact in float32.</summary>
    public static float ToUnitFloat(uint word) => (word >> 8) * (1f / (1 << 24));

    /// <summary>A number in [0, 1) with 53 random bits, exact in float64.</summary>
    public static double ToUnitDouble(uint high, uint low) => ((((ulong)high << 32) | low) >> 11) * (1.0 / (1UL << 53));
}
