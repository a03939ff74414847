using System.Globalization;

namespace Nabla.Cli.Display;

/// <summary>Numbers as people write them: 0.001, 1e-5, 2.7e-11.</summary>
internal static class Numbers
{
    /// <summary>All digits that the number has.</summary>
    public static string Short(double value) =>
        Math.Abs(value) is (>= 1e-4 and < 1e7) or 0
            ? value.ToString("0.################", CultureInfo.InvariantCulture)
            : value.ToString("0.################e-0", CultureInfo.InvariantCulture);

    /// <summary>A size, to two digits.</summary>
    public static string Magnitude(double value) => value.ToString("0.0e+00", CultureInfo.InvariantCulture);

    /// <summary>A label of an axis that reaches up to a number: as many decimals as tell its parts from each other.</summary>
    public static string OnAxis(double value, double top)
    {
        if (value != 0 && Math.Abs(top) is < 1e-3 or >= 1e6) return Magnitude(value);
        string format = Math.Abs(top) switch { >= 100 => "F0", >= 1 or 0 => "F2", >= 0.1 => "F3", _ => "F4" };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }
}
