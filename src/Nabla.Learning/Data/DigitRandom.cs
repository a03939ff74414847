using Nabla.Operations;

namespace Nabla;

/// <summary>The random numbers of one drawing: the words of one Philox stream, one after the other.</summary>
internal struct DigitRandom(ulong key)
{
    private ulong counter;
    private uint b, c, d;
    private int left;

    public uint Next()
    {
        if (left == 0)
        {
            (uint a, b, c, d) = Philox.Words(key, counter++);
            left = 3;
            return a;
        }
        return left-- switch { 3 => b, 2 => c, _ => d };
    }

    /// <summary>Uniform in [low, high).</summary>
    public float Between(float low, float high) => low + (high - low) * Philox.ToUnitFloat(Next());

    /// <summary>An integer in [0, count), for small counts.</summary>
    public int Below(int count) => (int)(((ulong)Next() * (uint)count) >> 32);

    /// <summary>A bell around 0 with the given deviation, never beyond 3 deviations: the sum of three uniform numbers in [-1, 1).</summary>
    // No logarithm and no cosine: those differ between mathematical libraries, and the drawings are to be the same bytes everywhere.
    public float Bell(float deviation) => (Between(-1, 1) + Between(-1, 1) + Between(-1, 1)) * deviation;
}
