using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Functions the hardware and the runtime's vectors lack, as formulas over any lane: accurate in float64, hence in float32 too.</summary>
internal static class SpecialFunctions
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>tanh x. Rational below 0.625 (so that tiny x keep all their digits), 1 − 2 / (e^2|x| + 1) above.</summary>
    /// <remarks>Coefficients: S. L. Moshier, <i>Methods and Programs for Mathematical Functions</i>, 1989 (the Cephes library's tanh).</remarks>
    [MethodImpl(Inline)]
    public static T Tanh<T>(T x)
        where T : IFusedLane<T>
    {
        T size = T.Abs(x), square = x * x;
        T numerator = (((-9.64399179425052238628E-1 * square) + -9.92877231001918586564E1) * square) + -1.61468768441708447952E3;
        T denominator = ((((square + 1.12811678491632931402E2) * square) + 2.23548839060100448583E3) * square) + 4.84406305325125486048E3;
        T small = x + (x * square * numerator / denominator);
        // e^88 is the last that float32 holds; beyond 22 the result is 1 in float64 as well.
        T clamped = T.Min(size, T.Constant(22, x));
        T large = 1 - (2 / (T.Exp(2 * clamped) + 1));
        T signed = T.Select(x, large, -large);
        // The sum x + … would turn −0 into +0.
        return T.Select(size, T.Select(0.625 - size, small, signed), x);
    }

    /// <summary>tanh x to float32's digits: a polynomial below 0.625, where <see cref="Tanh"/> divides; 1.4 times as fast.</summary>
    /// <remarks>The coefficients minimise the largest relative error on [0, 0.625], 5e-9, by C. L. Lawson's reweighted least squares (1961).</remarks>
    [MethodImpl(Inline)]
    public static T TanhSingle<T>(T x)
        where T : IFusedLane<T>
    {
        T size = T.Abs(x), square = x * x;
        T rest = Step(T.Constant(-5.704990370E-3, square), square, 2.063909062E-2);
        rest = Step(rest, square, -5.373971627E-2);
        rest = Step(rest, square, 1.333144221E-1);
        rest = Step(rest, square, -3.333328194E-1);
        T small = x + (x * (square * rest));
        // Beyond 22 the result is 1.
        T large = 1 - (2 / (T.Exp(2 * T.Min(size, T.Constant(22, x))) + 1));
        T signed = T.Select(x, large, -large);
        // The sum x + … would turn −0 into +0.
        return T.Select(size, T.Select(0.625 - size, small, signed), x);
    }

    /// <summary>e^x − 1. A Padé quotient on |x| &lt; 0.5, the exponential itself beyond.</summary>
    /// <remarks>e^x − 1 = 2 x P(x²) / (Q(x²) − x P(x²)), coefficients as in Cephes' expm1 (Moshier 1989).</remarks>
    [MethodImpl(Inline)]
    public static T Expm1<T>(T x)
        where T : IFusedLane<T>
    {
        T square = x * x;
        T odd = x * ((((1.2617719307481059087798E-4 * square) + 3.0299440770744196129956E-2) * square) + 9.9999999999999999991025E-1);
        T even = (((((3.0019850513866445504159E-6 * square) + 2.5244834034968410419224E-3) * square) + 2.2726554820815502876593E-1) * square)
            + 2.0000000000000000000897;
        T small = 2 * odd / (even - odd);
        return T.Select(0.5 - T.Abs(x), small, T.Exp(x) - 1);
    }

    /// <summary>ln(1 + x): ln of the rounded sum, times x over what the rounding left of it.</summary>
    /// <remarks>
    /// Attributed to W. Kahan; D. Goldberg, <i>What every computer scientist should know about floating-point arithmetic</i>, 1991, theorem 4.
    /// </remarks>
    [MethodImpl(Inline)]
    public static T Log1p<T>(T x)
        where T : IFusedLane<T>
    {
        T sum = 1 + x, rounded = sum - 1;
        T log = T.Log(sum);
        // Where 1 + x rounds to 1, ln(1 + x) = x; where x is infinite, x / rounded is not a number, and the logarithm stands.
        T corrected = log * (x / rounded);
        T finite = T.Select(T.Greater(T.Constant(1e300, x), T.Abs(x)), corrected, log);
        return T.Select(T.Equal(rounded, T.Constant(0, x)), x, finite);
    }

    /// <summary>erf x: x P(x²)/Q(x²) below 1, 1 − e^(−x²) R(|x|)/S(|x|) above.</summary>
    /// <remarks>Coefficients as in Cephes' ndtr (Moshier 1989), after J. F. Hart et al., <i>Computer Approximations</i>, 1968.</remarks>
    [MethodImpl(Inline)]
    public static T Erf<T>(T x)
        where T : IFusedLane<T>
    {
        T size = T.Abs(x), square = x * x;
        T numerator = (((((((9.60497373987051638749 * square) + 9.00260197203842689217E1) * square) + 2.23200534594684319226E3) * square)
            + 7.00332514112805075473E3) * square) + 5.55923013010394962768E4;
        T denominator = ((((((((square + 3.35617141647503099647E1) * square) + 5.21357949780152679795E2) * square)
            + 4.59432382970980127987E3) * square) + 2.26290000613890934246E4) * square) + 4.92673942608635921086E4;
        T small = x * numerator / denominator;

        // Beyond 6 the complement is below 2e-17, and the clamp keeps the polynomials from overflowing.
        T z = T.Min(size, T.Constant(6, x));
        T above = Step(T.Constant(2.46196981473530512524E-10, z), z, 5.64189564831068821977E-1);
        above = Step(above, z, 7.46321056442269912687);
        above = Step(above, z, 4.86371970985681366614E1);
        above = Step(above, z, 1.96520832956077098242E2);
        above = Step(above, z, 5.26445194995477358631E2);
        above = Step(above, z, 9.34528527171957607540E2);
        above = Step(above, z, 1.02755188689515710272E3);
        above = Step(above, z, 5.57535335369399327526E2);
        T below = z + 1.32281951154744992508E1;
        below = Step(below, z, 8.67072140885989742329E1);
        below = Step(below, z, 3.54937778887819891062E2);
        below = Step(below, z, 9.75708501743205489753E2);
        below = Step(below, z, 1.82390916687909736289E3);
        below = Step(below, z, 2.24633760818710981792E3);
        below = Step(below, z, 1.65666309194161350182E3);
        below = Step(below, z, 5.57535340817727675546E2);
        T large = 1 - (T.Exp(-(z * z)) * above / below);
        return T.Select(1 - size, small, T.Select(x, large, -large));
    }

    /// <summary>erf x to float32's digits: x P(x²) below 1, 1 − e^(−|x| Q(|x|)) above; without a division, 1.5 times as fast as <see cref="Erf"/>.</summary>
    /// <remarks>
    /// P and −ln(1 − erf x) / x ≈ Q minimise the largest error, 1e-9 and 2e-9, by C. L. Lawson's reweighted least squares (1961) on [0, 1] and [1, 4].
    /// </remarks>
    [MethodImpl(Inline)]
    public static T ErfSingle<T>(T x)
        where T : IFusedLane<T>
    {
        T size = T.Abs(x), square = x * x;
        T p = Step(T.Constant(7.854026507E-5, square), square, -8.010247719E-4);
        p = Step(p, square, 5.188334510E-3);
        p = Step(p, square, -2.685381607E-2);
        p = Step(p, square, 1.128358527E-1);
        p = Step(p, square, -3.761262584E-1);
        p = Step(p, square, 1.128379166);
        // From 4 on the result is 1.
        T z = T.Min(size, T.Constant(4, x));
        T q = Step(T.Constant(-2.101831310E-4, z), z, 3.183125540E-3);
        q = Step(q, z, -2.278611161E-2);
        q = Step(q, z, 1.050967074E-1);
        q = Step(q, z, 6.358463711E-1);
        q = Step(q, z, 1.128475585);
        T large = 1 - T.Exp(-(z * q));
        return T.Select(1 - size, x * p, T.Select(x, large, -large));
    }

    // A step of Horner's scheme: sum · x + coefficient.
    [MethodImpl(Inline)]
    private static T Step<T>(T sum, T x, double coefficient)
        where T : IFusedLane<T>
        => T.MultiplyAdd(sum, x, T.Constant(coefficient, x));
}
