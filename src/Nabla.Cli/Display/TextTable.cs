namespace Nabla.Cli.Display;

/// <summary>A table within a number of columns: headings wrap, and a table that is still too wide becomes a list.</summary>
internal static class TextTable
{
    private const int Indent = 2, Gap = 2, HeadingWidth = 14;

    public static IEnumerable<string> Draw(string[] columns, IReadOnlyList<string[]> rows, int width)
    {
        IReadOnlyList<string>[] headings = new IReadOnlyList<string>[columns.Length];
        int[] widths = new int[columns.Length];
        for (int column = 0; column < columns.Length; column++)
        {
            int body = rows.Max(row => TextWidth.Of(row[column]));
            headings[column] = TextWidth.Wrap(columns[column], Math.Max(body, HeadingWidth));
            widths[column] = Math.Max(body, headings[column].Max(TextWidth.Of));
        }
        if (Indent + widths.Sum() + (Gap * (columns.Length - 1)) > width) return List(columns, rows, width);
        int height = headings.Max(heading => heading.Count);
        List<string> lines = [];
        for (int i = 0; i < height; i++)
            lines.Add(Line(column => i < headings[column].Count ? headings[column][i] : ""));
        lines.Add(new string(' ', Indent) + string.Join(new string(' ', Gap), widths.Select(wide => new string('─', wide))));
        foreach (string[] row in rows) lines.Add(Line(column => row[column]));
        return lines;

        string Line(Func<int, string> cell) => new string(' ', Indent)
            + string.Join(new string(' ', Gap), widths.Select((wide, column) => TextWidth.PadRight(cell(column), wide))).TrimEnd();
    }

    /// <summary>A paragraph for each row: its first cell, then each further one below its heading's name.</summary>
    private static IEnumerable<string> List(string[] columns, IReadOnlyList<string[]> rows, int width)
    {
        foreach (string[] row in rows)
        {
            yield return new string(' ', Indent) + row[0];
            for (int column = 1; column < columns.Length; column++)
            {
                if (row[column].Length == 0) continue;
                foreach (string line in Prose.Wrap($"{columns[column]}: {row[column]}", width - Indent - Gap, isStyled: false, hanging: Gap))
                    yield return new string(' ', Indent + Gap) + line;
            }
        }
    }
}
