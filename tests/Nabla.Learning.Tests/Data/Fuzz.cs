using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Nabla.Learning.Tests;

/// <summary>Damages valid bytes in many ways, the same ways in each run.</summary>
internal static class Fuzz
{
    /// <summary>Reading may succeed or refuse with the one exception; anything else fails the test with the damage it took.</summary>
    public static void Damage<TRefusal>(byte[] valid, Action<byte[]> read, int times = 600) where TRefusal : Exception
    {
        var known = FSharpOption<Replay>.Some(new Replay(new Rnd(20240229, 7919), FSharpOption<int>.None));
        int refused = 0;
        Prop.ForAll(Arb.From(Damaged(valid)), bytes =>
        {
            try
            {
                read(bytes);
            }
            catch (TRefusal)
            {
                refused++;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithReplay(known).WithQuietOnSuccess(true));
        Assert.True(refused > times / 4, $"only {refused} of {times} damaged inputs were refused: the damage does not reach the reader");
    }

    private static Gen<byte[]> Damaged(byte[] valid)
    {
        Gen<byte> anyByte = Gen.Choose(0, 255).Select(value => (byte)value);
        Gen<int> place = Gen.Choose(0, valid.Length - 1);
        Gen<byte[]> noise = Gen.Choose(0, 200).SelectMany(length => Gen.ArrayOf(anyByte, length));
        return Gen.OneOf(
            noise,
            // A valid beginning with noise behind it.
            place.SelectMany(length => noise.Select(tail => (byte[])[.. valid[..length], .. tail])),
            place.Select(length => valid[..length]),
            // One to eight flipped bits, half of the times among the first 64 bytes, where headers are.
            Gen.OneOf(Gen.Choose(0, Math.Min(63, valid.Length - 1)), place).SelectMany(at => Gen.Choose(0, 7).Select(bit => (at, bit)))
                .NonEmptyListOf().Select(flips => Flip(valid, flips.Take(8))),
            // A byte replaced, inserted, or left out.
            place.SelectMany(at => anyByte.Select(value => (byte[])[.. valid[..at], value, .. valid[(at + 1)..]])),
            place.SelectMany(at => anyByte.Select(value => (byte[])[.. valid[..at], value, .. valid[at..]])),
            place.Select(at => (byte[])[.. valid[..at], .. valid[(at + 1)..]]));
    }

    private static byte[] Flip(byte[] valid, IEnumerable<(int At, int Bit)> flips)
    {
        byte[] damaged = [.. valid];
        foreach ((int at, int bit) in flips)
        {
            damaged[at] ^= (byte)(1 << bit);
        }
        return damaged;
    }
}
