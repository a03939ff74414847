using System.Globalization;
using System.Text;

namespace Nabla.Expressions;

/// <summary>Cuts a program into tokens. What people copy from a page is understood too: × · ÷ − ² ³ √ π σ.</summary>
internal static class Lexer
{
    // Each way to write a sign, and the one that the grammar knows it by.
    private static readonly Dictionary<char, string> Signs = new()
    {
        ['+'] = "+",
        ['-'] = "-",
        ['−'] = "-",
        ['–'] = "-",
        ['*'] = "*",
        ['×'] = "*",
        ['·'] = "*",
        ['⋅'] = "*",
        ['∙'] = "*",
        ['∗'] = "*",
        ['/'] = "/",
        ['÷'] = "/",
        ['∕'] = "/",
        ['^'] = "^",
        ['@'] = "@",
        ['='] = "=",
        ['('] = "(",
        [')'] = ")",
        ['['] = "[",
        [']'] = "]",
        [','] = ",",
        ['²'] = "²",
        ['³'] = "³",
        ['√'] = "√",
        ['（'] = "(",
        ['）'] = ")",
        ['，'] = ",",
        ['＝'] = "=",
        ['＋'] = "+",
        ['－'] = "-",
    };

    public static List<Token> Read(Source source)
    {
        string text = source.Text;
        List<Token> tokens = [];
        // Inside brackets a line break is a space.
        int depth = 0, at = 0;
        while (at < text.Length)
        {
            char letter = text[at];
            if (letter == '#')
            {
                while (at < text.Length && text[at] != '\n') at++;
            }
            else if (letter == '\n' || letter == ';')
            {
                if (depth == 0 || letter == ';') tokens.Add(new(TokenKind.Separator, letter == ';' ? ";" : "\n", at, 1));
                at++;
            }
            else if (char.IsWhiteSpace(letter) || letter == '\uFEFF')
            {
                at++;
            }
            else if (char.IsAsciiDigit(letter) || (letter == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
            {
                at = Number(source, at, tokens);
            }
            else if (NameLength(text, at) is > 0 and int length)
            {
                tokens.Add(new(TokenKind.Name, text.Substring(at, length).Normalize(NormalizationForm.FormC), at, length));
                at += length;
            }
            else
            {
                at = Sign(source, at, tokens, ref depth);
            }
        }
        tokens.Add(new(TokenKind.End, "", text.Length, 0));
        return tokens;
    }

    private static int Number(Source source, int start, List<Token> tokens)
    {
        string text = source.Text;
        int at = start;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        }
        // 1e-3 has an exponent; in 2e the e is a name of its own.
        int exponent = at + 1;
        if (exponent < text.Length && text[exponent] is '+' or '-' or '−') exponent++;
        if (at < text.Length && text[at] is 'e' or 'E' && exponent < text.Length && char.IsAsciiDigit(text[exponent]))
        {
            at = exponent;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        }
        string digits = text[start..at].Replace('−', '-');
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            throw source.Error(start, at - start, ExpressionWords.BadNumber, Shown(digits));
        tokens.Add(new(TokenKind.Number, digits, start, at - start, value));
        return at;
    }

    private static int Sign(Source source, int at, List<Token> tokens, ref int depth)
    {
        string text = source.Text;
        char letter = text[at];
        char next = at + 1 < text.Length ? text[at + 1] : ' ';
        if (letter == '*' && next == '*') throw source.Error(at, 2, ExpressionWords.PowerSign);
        if (letter is '<' or '>' or '≤' or '≥' or '≠' || (letter is '=' or '!' && next == '='))
            throw source.Error(at, next == '=' ? 2 : 1, ExpressionWords.Comparison, next == '=' ? text.Substring(at, 2) : text.Substring(at, 1));
        if (!Signs.TryGetValue(letter, out string? sign))
        {
            bool isPair = char.IsSurrogatePair(letter, next);
            string shown = isPair ? text.Substring(at, 2) : char.IsSurrogate(letter) ? "\uFFFD" : text.Substring(at, 1);
            throw source.Error(at, isPair ? 2 : 1, ExpressionWords.UnknownLetter, shown);
        }
        if (sign is "(" or "[") depth++;
        if (sign is ")" or "]") depth = Math.Max(0, depth - 1);
        tokens.Add(new(TokenKind.Sign, sign, at, 1));
        return at + 1;
    }

    /// <summary>
    /// How long the name is that begins here, 0 if none does: letters of any script, digits after the first, subscripts and primes.
    /// </summary>
    private static int NameLength(string text, int start)
    {
        int at = start;
        while (at < text.Length)
        {
            if (!Rune.TryGetRuneAt(text, at, out Rune rune)) break;
            bool isLetter = Rune.IsLetter(rune) || rune.Value == '_';
            bool goesOn = Rune.IsDigit(rune) || rune.Value is (>= 0x2080 and <= 0x2089) or '\'' or '′' or '″'
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (!isLetter && !(goesOn && at > start)) break;
            at += rune.Utf16SequenceLength;
        }
        return at - start;
    }

    private static string Shown(string text) => text.Length <= 20 ? text : text[..20] + "…";
}
