using System.Text;

namespace Nabla.Views;

/// <summary>A table of text: columns aligned to the right, two blanks between them, wide letters counted as two.</summary>
internal static class Table
{
    public static void Write(StringBuilder text, List<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => Columns.Of(row[column])))];
        foreach (string[] row in rows)
            text.Append("  ").Append(string.Join("  ", row.Select((cell, column) => Columns.PadLeft(cell, widths[column])))).Append('\n');
    }
}
