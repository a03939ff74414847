using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>e^x in float32, to 0.9 units in the last place: 2ⁿ e^r with n = round(x / ln 2), which is written into the exponent's bits.</summary>
/// <remarks>
/// e^r ≈ 1 + r + r² P(r) on |r| ≤ ln 2 / 2, P by C. L. Lawson's reweighted least squares (1961), largest relative error 3e-9; ln 2 in two parts, so that
/// r keeps its digits (W. J. Cody, W. Waite, <i>Software manual for the elementary functions</i>, 1980). 2ⁿ is multiplied in two halves, of which only
/// the second can round: results below the smallest normal number come out right, and too large ones as infinity. The runtime's own vectors go
/// through float64 and a call, which in a loop with other work takes 1.7 times as long.
/// </remarks>
internal static class SingleExponential
{
    private const float Lowest = -104, Highest = 89, UpperLn2 = 0.693145752f, LowerLn2 = 1.42860677e-06f;

    // 1.5 · 2²³: a sum with it has no digits behind the point, and its lowest bits are the rounded number.
    private const float Shift = 12582912;

    private const float C2 = 4.999999345e-01f, C3 = 1.666652063e-01f, C4 = 4.166838807e-02f, C5 = 8.368716999e-03f, C6 = 1.381459734e-03f;

    /// <summary>e^x, in 512 bits at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x)
    {
        // Beyond these e^x is 0 or infinite in any case. A NaN is the second operand, which both operations then give.
        x = Vector512.MaxNative(Vector512.Create(Lowest), Vector512.MinNative(Vector512.Create(Highest), x));
        Vector512<float> shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.44269504f), Vector512.Create(Shift)), whole = shifted - Vector512.Create(Shift);
        Vector512<float> rest = Vector512.FusedMultiplyAdd(whole, Vector512.Create(-UpperLn2), x);
        rest = Vector512.FusedMultiplyAdd(whole, Vector512.Create(-LowerLn2), rest);
        Vector512<float> power = Vector512.FusedMultiplyAdd(Vector512.Create(C6), rest, Vector512.Create(C5));
        power = Vector512.FusedMultiplyAdd(power, rest, Vector512.Create(C4));
        power = Vector512.FusedMultiplyAdd(power, rest, Vector512.Create(C3));
        power = Vector512.FusedMultiplyAdd(power, rest, Vector512.Create(C2));
        power = Vector512.FusedMultiplyAdd(power, rest, Vector512<float>.One);
        power = Vector512.FusedMultiplyAdd(power, rest, Vector512<float>.One);
        Vector512<int> exponent = shifted.AsInt32() - Vector512.Create(Shift).AsInt32(), half = exponent >> 1;
        return power * Power(half) * Power(exponent - half);

        static Vector512<float> Power(Vector512<int> exponent) => ((exponent + Vector512.Create(127)) << 23).AsSingle();
    }

    /// <summary>e^x, in 256 bits at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of(Vector256<float> x)
    {
        // Beyond these e^x is 0 or infinite in any case. A NaN is the second operand, which both operations then give.
        x = Vector256.MaxNative(Vector256.Create(Lowest), Vector256.MinNative(Vector256.Create(Highest), x));
        Vector256<float> shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(1.44269504f), Vector256.Create(Shift)), whole = shifted - Vector256.Create(Shift);
        Vector256<float> rest = Vector256.FusedMultiplyAdd(whole, Vector256.Create(-UpperLn2), x);
        rest = Vector256.FusedMultiplyAdd(whole, Vector256.Create(-LowerLn2), rest);
        Vector256<float> power = Vector256.FusedMultiplyAdd(Vector256.Create(C6), rest, Vector256.Create(C5));
        power = Vector256.FusedMultiplyAdd(power, rest, Vector256.Create(C4));
        power = Vector256.FusedMultiplyAdd(power, rest, Vector256.Create(C3));
        power = Vector256.FusedMultiplyAdd(power, rest, Vector256.Create(C2));
        power = Vector256.FusedMultiplyAdd(power, rest, Vector256<float>.One);
        power = Vector256.FusedMultiplyAdd(power, rest, Vector256<float>.One);
        Vector256<int> exponent = shifted.AsInt32() - Vector256.Create(Shift).AsInt32(), half = exponent >> 1;
        return power * Power(half) * Power(exponent - half);

        static Vector256<float> Power(Vector256<int> exponent) => ((exponent + Vector256.Create(127)) << 23).AsSingle();
    }
}
