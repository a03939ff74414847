using System.Text;

namespace Nabla.Cli.Display;

/// <summary>Paragraphs of a lesson on a terminal: wrapped, with <c>**strong**</c> in bold and <c>`code`</c> in colour where there are styles.</summary>
internal static class Prose
{
    private const string Bold = "\u001b[1m", Colour = "\u001b[36m", Plain = "\u001b[0m";

    /// <summary>One paragraph in lines of at most so many columns.</summary>
    /// <param name="paragraph">Its text.</param>
    /// <param name="width">Columns.</param>
    /// <param name="isStyled">Whether to write styles; else the marks are left out.</param>
    /// <param name="hanging">How far lines after the first are moved to the right.</param>
    public static IEnumerable<string> Wrap(string paragraph, int width, bool isStyled, int hanging = 0)
    {
        List<string> line = [];
        int used = 0;
        bool isFirst = true, isStrong = false, isCode = false;
        foreach (string word in paragraph.Split(' '))
        {
            int wide = TextWidth.Of(Unmarked(word)), room = width - (isFirst ? 0 : hanging);
            if (line.Count > 0 && used + 1 + wide > room)
            {
                yield return Finish();
                used = 0;
            }
            used += wide + (line.Count > 0 ? 1 : 0);
            line.Add(word);
        }
        if (line.Count > 0) yield return Finish();

        string Finish()
        {
            string text = string.Join(' ', line), begin = isFirst ? "" : new string(' ', hanging);
            line.Clear();
            isFirst = false;
            if (!isStyled) return begin + Unmarked(text);
            // A style that is open at the end of a line is closed there and opened again.
            StringBuilder styled = new(begin + (isStrong ? Bold : "") + (isCode ? Colour : ""));
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] == '`')
                {
                    isCode = !isCode;
                    styled.Append(isCode ? Colour : Plain + (isStrong ? Bold : ""));
                }
                else if (text[i] == '*' && i + 1 < text.Length && text[i + 1] == '*')
                {
                    i++;
                    isStrong = !isStrong;
                    styled.Append(isStrong ? Bold : Plain + (isCode ? Colour : ""));
                }
                else
                {
                    styled.Append(text[i]);
                }
            }
            return styled.Append(isStrong || isCode ? Plain : "").ToString();
        }
    }

    /// <summary>A heading.</summary>
    public static string Strong(string text, bool isStyled) => isStyled ? Bold + text + Plain : text;

    private static string Unmarked(string text) => text.Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);
}
