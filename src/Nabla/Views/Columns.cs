using System.Globalization;
using System.Text;

namespace Nabla.Views;

/// <summary>How many columns a text takes: two for a wide East Asian letter, none for a combining mark.</summary>
internal static class Columns
{
    public static int Of(string text)
    {
        int columns = 0;
        foreach (Rune rune in text.EnumerateRunes()) columns += Of(rune);
        return columns;
    }

    public static string PadRight(string text, int columns) => text + new string(' ', Math.Max(0, columns - Of(text)));

    public static string PadLeft(string text, int columns) => new string(' ', Math.Max(0, columns - Of(text))) + text;

    /// <summary>The beginning of a text, with an ellipsis where something was cut off.</summary>
    public static string Cut(string text, int columns)
    {
        if (Of(text) <= columns) return text;
        StringBuilder kept = new();
        int used = 1;
        foreach (Rune rune in text.EnumerateRunes())
        {
            used += Of(rune);
            if (used > columns) break;
            kept.Append(rune);
        }
        return kept.Append('…').ToString();
    }

    // The wide blocks of Unicode's East Asian Width property (UAX #11) that people type: Hangul, kana, ideographs, full-width forms, pictographs.
    private static int Of(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => rune.Value switch
        {
            >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0x303E or >= 0x3041 and <= 0xA4CF or >= 0xA960 and <= 0xA97F => 2,
            >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F => 2,
            >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 or >= 0x1F300 and <= 0x1F64F or >= 0x1F900 and <= 0x1F9FF => 2,
            >= 0x20000 and <= 0x3FFFD => 2,
            _ => 1,
        },
    };
}
