namespace Nabla.Cli.Display;

/// <summary>How many columns of a terminal a text takes: Korean syllables and other wide characters take two.</summary>
internal static class TextWidth
{
    public static int Of(string text)
    {
        int width = 0;
        foreach (char character in text) width += IsWide(character) ? 2 : 1;
        return width;
    }

    public static string PadRight(string text, int width) => text + new string(' ', Math.Max(0, width - Of(text)));

    public static string PadLeft(string text, int width) => new string(' ', Math.Max(0, width - Of(text))) + text;

    /// <summary>The text's words in lines of at most so many columns; a longer word has a line of its own.</summary>
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        List<string> lines = [];
        foreach (string word in text.Split(' '))
        {
            if (lines.Count > 0 && Of(lines[^1]) + 1 + Of(word) <= width) lines[^1] += " " + word;
            else lines.Add(word);
        }
        return lines;
    }

    // The blocks of East Asian wide characters (Unicode, UAX 11) that texts and class names have.
    private static bool IsWide(char character) =>
        character is (>= '\u1100' and <= '\u115F') or (>= '\u2E80' and <= '\uD7A3') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF00' and <= '\uFF60');
}
