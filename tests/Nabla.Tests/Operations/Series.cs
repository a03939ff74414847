namespace Nabla.Tests;

/// <summary>Functions that .NET's Math lacks or computes with cancellation, by series without any, for references.</summary>
internal static class Series
{
    /// <summary>erf x = 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (1·3·5…(2n+1)); all terms have one sign. Abramowitz and Stegun 7.1.6.</summary>
    public static double Erf(double x)
    {
        if (double.IsNaN(x) || x == 0) return x;
        if (Math.Abs(x) > 1.2) return Math.Sign(x) * (1 - Erfc(Math.Abs(x)));
        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>1 − erf x, above 1.2 by its continued fraction from the inside out. Abramowitz and Stegun 7.1.14.</summary>
    public static double Erfc(double x)
    {
        if (double.IsNaN(x) || x <= 1.2) return 1 - Erf(x);
        if (x > 27) return 0;
        double fraction = x;
        for (int n = 160; n > 0; n--) fraction = x + (n / 2.0 / fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }

    /// <summary>e^x − 1 by its Taylor series near 0.</summary>
    public static double Expm1(double x)
    {
        if (x == 0 || double.IsNaN(x)) return x;
        if (Math.Abs(x) > 0.5) return Math.Exp(x) - 1;
        double term = x, sum = x;
        for (int n = 2; n < 24; n++) sum += term *= x / n;
        return sum;
    }

    /// <summary>ln(1 + x) = 2 artanh(x / (2 + x)) near 0.</summary>
    public static double Log1p(double x)
    {
        if (x == 0 || double.IsNaN(x)) return x;
        if (Math.Abs(x) > 0.5) return Math.Log(1 + x);
        double t = x / (2 + x), power = t, sum = t;
        for (int n = 3; n < 60; n += 2)
        {
            power *= t * t;
            sum += power / n;
        }
        return 2 * sum;
    }

    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

}
