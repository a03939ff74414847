using System.Globalization;

namespace Nabla.Lessons;

/// <summary>Numbers as the lessons write them.</summary>
internal static class Written
{
    /// <summary>Six significant digits: <c>0.731059</c>, <c>-12</c>, <c>1.5e-07</c>.</summary>
    public static string Text(double value, int digits = 6)
    {
        if (!double.IsFinite(value)) return double.IsNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";
        // What is left of a difference of equal numbers is no number to show.
        if (Math.Abs(value) < 1e-14) return "0";
        return value.ToString($"G{digits}", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal).Replace("e+", "e", StringComparison.Ordinal);
    }

    /// <summary>As a factor or a summand: negative ones in brackets.</summary>
    public static string Factor(double value) => value < 0 ? $"({Text(value)})" : Text(value);

    /// <summary>A size, to two digits: <c>2.7e-11</c>.</summary>
    public static string Magnitude(double value) => value.ToString("0.0e+00", CultureInfo.InvariantCulture);

    /// <summary><c>[0.22, 0.26]</c>, <c>[[1, 2], [3, 4]]</c>; a single number without brackets.</summary>
    public static string Text(Tensor tensor, int digits = 6)
    {
        double[] elements = tensor.ToDoubles();
        if (tensor.Rank == 0) return Text(elements[0], digits);
        if (tensor.Rank == 1) return List(elements.Select(element => Text(element, digits)));
        int width = tensor.Shape[^1];
        return List(elements.Chunk(width).Select(row => List(row.Select(element => Text(element, digits)))));

        static string List(IEnumerable<string> parts) => $"[{string.Join(", ", parts)}]";
    }
}
