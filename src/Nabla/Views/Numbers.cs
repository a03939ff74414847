using System.Globalization;
using System.Text;

namespace Nabla.Views;

/// <summary>Numbers as people read them: six significant digits, the same everywhere.</summary>
internal static class Numbers
{
    /// <summary><c>0.731059</c>, <c>-12</c>, <c>1.5e-07</c>.</summary>
    public static string Text(double value, int digits = 6)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "-∞";
        if (value == 0) return "0";
        string text = value.ToString($"G{digits}", CultureInfo.InvariantCulture);
        int e = text.IndexOf('E');
        return e < 0 ? text : $"{text[..e]}e{text[(e + 1)..].TrimStart('+')}";
    }

    /// <summary>With a real minus sign, for drawings.</summary>
    public static string Drawn(double value, int digits = 6) => Text(value, digits).Replace('-', '−');

    /// <summary>A number as a factor: negative ones in brackets.</summary>
    public static string Factor(double value) => value < 0 ? $"({Text(value)})" : Text(value);

    /// <summary>One line: all elements if they fit, else shape and range.</summary>
    public static string Short(TensorSummary summary, int longest)
    {
        if (summary.IsWhole)
        {
            string all = Nested(summary, value => Text(value));
            if (all.Length <= longest) return all;
        }
        string shape = $"{summary.Shape}";
        string range = summary.NonFinite == 0
            ? $"{shape} {Text(summary.Min)}…{Text(summary.Max)}"
            : $"{shape} {Text(summary.Min)}…{Text(summary.Max)}, {summary.NonFinite} not finite";
        return range;
    }

    /// <summary><c>[[1, 2], [3, 4]]</c>.</summary>
    public static string Nested(TensorSummary summary, Func<double, string> text)
    {
        StringBuilder all = new();
        int next = 0;
        Write(0);
        return all.ToString();

        void Write(int axis)
        {
            if (axis == summary.Shape.Rank)
            {
                all.Append(text(summary.Elements[next++]));
                return;
            }
            all.Append('[');
            for (int i = 0; i < summary.Shape[axis]; i++)
            {
                if (i > 0) all.Append(", ");
                Write(axis + 1);
            }
            all.Append(']');
        }
    }
}
