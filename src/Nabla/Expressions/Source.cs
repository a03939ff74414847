using Nabla.Views;

namespace Nabla.Expressions;

/// <summary>The text of a program, and how to say where in it something is wrong.</summary>
internal sealed record Source(string Text, Language Language)
{
    public ExpressionException Error(int start, int length, string message)
    {
        start = Math.Clamp(start, 0, Text.Length);
        int line = 1, lineStart = 0;
        for (int i = 0; i < start; i++)
        {
            if (Text[i] != '\n') continue;
            line++;
            lineStart = i + 1;
        }
        int lineEnd = Text.IndexOf('\n', lineStart);
        string whole = lineEnd < 0 ? Text[lineStart..] : Text[lineStart..lineEnd];
        int end = Math.Min(start + Math.Max(1, length), lineStart + whole.Length);
        string shown = whole.TrimEnd('\r');
        int column = 1 + Letters(Text.AsSpan(lineStart, start - lineStart));
        int letters = Math.Max(1, end > start ? Letters(Text.AsSpan(start, end - start)) : 1);
        // A line of thousands of letters is shown around the place alone.
        const int Around = 60;
        if (shown.Length > 2 * Around)
        {
            int from = Math.Clamp(start - lineStart - Around, 0, shown.Length - (2 * Around));
            if (from > 0 && char.IsLowSurrogate(shown[from])) from--;
            int to = Math.Min(shown.Length, from + (2 * Around));
            if (to < shown.Length && char.IsLowSurrogate(shown[to])) to--;
            string part = shown[from..to];
            return new(new(message, line, column, letters, part, Language) { ShownFrom = Letters(shown.AsSpan(0, from)) });
        }
        return new(new(message, line, column, letters, shown, Language));
    }

    public ExpressionException Error(int start, int length, Saying saying, params ReadOnlySpan<object?> parts) =>
        Error(start, length, saying.In(Language, parts));

    public ExpressionException Error(Token token, Saying saying, params ReadOnlySpan<object?> parts) =>
        Error(token.Start, token.Length, saying.In(Language, parts));

    public int LineOf(int start)
    {
        int line = 1;
        foreach (char letter in Text.AsSpan(0, Math.Min(start, Text.Length))) line += letter == '\n' ? 1 : 0;
        return line;
    }

    private static int Letters(ReadOnlySpan<char> text)
    {
        int letters = 0;
        foreach (System.Text.Rune _ in text.EnumerateRunes()) letters++;
        return letters;
    }
}
