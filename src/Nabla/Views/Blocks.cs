using System.Text;

namespace Nabla.Views;

/// <summary>Values within lines of text: a matrix stands as a block, its rows below one another.</summary>
internal static class Blocks
{
    private const int LongestLine = 72;

    /// <summary>A text followed by a value: on the same line, or as a block that begins there.</summary>
    public static string Join(string text, TensorSummary value, string after = "")
    {
        if (value is { IsWhole: true, Shape.Rank: 2 } && value.Shape[0] > 1 && value.Shape.Count > 0) return Matrix(text, value) + after;
        return text + Numbers.Short(value, LongestLine) + after;
    }

    private static string Matrix(string text, TensorSummary value)
    {
        int rows = value.Shape[0], columns = value.Shape[1];
        string[] cells = [.. value.Elements.Select(element => Numbers.Text(element))];
        int[] widths = [.. Enumerable.Range(0, columns)
            .Select(column => Enumerable.Range(0, rows).Max(row => cells[(row * columns) + column].Length))];
        // The rows after the first stand below it, whatever letters the text before it has.
        int newLine = text.LastIndexOf('\n');
        string indent = new(' ', Columns.Of(text[(newLine + 1)..]));
        StringBuilder block = new(text);
        for (int row = 0; row < rows; row++)
        {
            if (row > 0) block.Append('\n').Append(indent);
            block.Append('[');
            for (int column = 0; column < columns; column++)
            {
                if (column > 0) block.Append("  ");
                block.Append(cells[(row * columns) + column].PadLeft(widths[column]));
            }
            block.Append(']');
        }
        return block.ToString();
    }
}
