using System.Text;

namespace Nabla.Cli.Display;

/// <summary>A curve drawn with Braille dots: two columns and four rows of dots to a character.</summary>
internal static class LossCurve
{
    private const int FirstBraille = 0x2800;

    // The bit of each dot of a Braille character, by row and column.
    private static readonly int[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    /// <summary>The curve as lines of text, the scale at the left.</summary>
    /// <param name="values">From first to last; what is not finite is left out.</param>
    /// <param name="width">Characters for the curve alone.</param>
    /// <param name="height">Lines.</param>
    public static IReadOnlyList<string> Draw(IReadOnlyList<double> values, int width = 56, int height = 8)
    {
        double[] columns = Columns(values, 2 * width);
        double[] finite = [.. columns.Where(double.IsFinite)];
        if (finite.Length < 2) return [];
        double top = finite.Max(), bottom = Math.Min(0, finite.Min());
        double range = top > bottom ? top - bottom : 1;
        int[,] cells = new int[height, width];
        int rows = 4 * height, previous = -1;
        for (int x = 0; x < columns.Length; x++)
        {
            if (!double.IsFinite(columns[x])) continue;
            int y = rows - 1 - (int)Math.Round((columns[x] - bottom) / range * (rows - 1));
            // From beside the dot before to this one, so that the curve has no gaps.
            int beside = previous < 0 ? y : previous + Math.Sign(y - previous);
            for (int row = Math.Min(y, beside); row <= Math.Max(y, beside); row++) cells[row / 4, x / 2] |= Dots[row % 4, x % 2];
            previous = y;
        }
        List<string> lines = [];
        for (int line = 0; line < height; line++)
        {
            double value = top - ((line + 0.5) * range / height);
            string label = line == 0 ? Numbers.OnAxis(top, top)
                : line == height - 1 ? Numbers.OnAxis(bottom, top)
                : line == height / 2 ? Numbers.OnAxis(value, top) : "";
            StringBuilder text = new(label.PadLeft(7) + " ┤");
            for (int x = 0; x < width; x++) text.Append((char)(FirstBraille + cells[line, x]));
            lines.Add(text.ToString());
        }
        return lines;
    }

    /// <summary>The mean of each stretch of values that one column of dots stands for.</summary>
    private static double[] Columns(IReadOnlyList<double> values, int count)
    {
        double[] columns = new double[count];
        for (int x = 0; x < count; x++)
        {
            int from = (int)((long)x * values.Count / count), to = Math.Max(from + 1, (int)((long)(x + 1) * values.Count / count));
            columns[x] = values.Count == 0 ? double.NaN : values.Skip(from).Take(to - from).Average();
        }
        return columns;
    }
}
