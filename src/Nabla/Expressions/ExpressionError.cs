using System.Text;

namespace Nabla;

/// <summary>What is wrong with an expression and where, in words for the person who wrote it.</summary>
/// <param name="Message">What is wrong, what was expected and, where it can be guessed, what was meant.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, counted in letters.</param>
/// <param name="Length">How many letters are concerned, at least 1.</param>
/// <param name="Source">The line's text.</param>
/// <param name="Language">The language of the message.</param>
public sealed record ExpressionError(string Message, int Line, int Column, int Length, string Source, Language Language)
{
    /// <summary>How many letters of a very long line are left out before <see cref="Source"/>.</summary>
    public int ShownFrom { get; init; }

    /// <summary>The place, the message, the line, and a caret under what is concerned.</summary>
    public override string ToString()
    {
        string place = Expressions.ExpressionWords.Place.In(Language, Line, Column);
        StringBuilder indent = new(), carets = new();
        int letter = ShownFrom;
        foreach (Rune rune in Source.EnumerateRunes())
        {
            letter++;
            // A wide letter takes two columns on the screen, so the caret moves two; a tab stays a tab.
            int width = Views.Columns.Of(rune.ToString());
            if (letter < Column) indent.Append(rune.Value == '\t' ? "\t" : new string(' ', width));
            else if (letter < Column + Length) carets.Append('^', Math.Max(1, width));
        }
        if (carets.Length == 0) carets.Append('^');
        string cut = ShownFrom > 0 ? "…" : "";
        return $"{place}: {Message}\n  {cut}{Source}\n  {(cut.Length > 0 ? " " : "")}{indent}{carets}";
    }
}
