using System.Globalization;
using System.Text;

namespace Nabla.Lessons;

/// <summary>What a learner typed, read as a number: <c>-4</c>, <c>−4</c>, <c>1/3</c>, <c>0.333</c>, <c>2.2e-1</c>.</summary>
internal readonly record struct Answer
{
    private const int Longest = 40;

    // Decimals of which a text with so few significant digits is no rounding any more.
    private const int FewestDigits = 2;

    // How many digits after the point the text gives, where it is a plain decimal; −1 elsewhere.
    private readonly int decimals;

    private readonly int significant;

    private Answer(double number, int decimals, int significant) => (Number, this.decimals, this.significant) = (number, decimals, significant);

    public double Number { get; }

    /// <summary>Reads a text, or says what is wrong with it.</summary>
    public static bool TryRead(string? text, out Answer answer, out BilingualText? complaint)
    {
        answer = default;
        complaint = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            complaint = Feedback.NotAnswered;
            return false;
        }
        string plain = Plain(text);
        if (plain.Length <= Longest)
        {
            string[] parts = plain.Split('/');
            if (parts.Length == 2 && TryNumber(parts[0], out double over) && TryNumber(parts[1], out double under) && double.IsFinite(over / under))
            {
                answer = new(over / under, -1, 0);
                return true;
            }
            if (parts.Length == 1 && TryNumber(plain, out double number))
            {
                int point = plain.IndexOf('.');
                bool isDecimal = point >= 0 && !plain.Contains('e', StringComparison.Ordinal);
                answer = new(number, isDecimal ? plain.Length - point - 1 : -1, plain.TrimStart('-', '+', '0', '.').Count(char.IsAsciiDigit));
                return true;
            }
        }
        bool isComma = plain.Contains(',', StringComparison.Ordinal) && plain.All(letter => char.IsAsciiDigit(letter) || letter is ',' or '.' or '-' or '+');
        complaint = isComma ? Feedback.Comma : Feedback.NotANumber;
        return false;
    }

    /// <summary>Whether the answer is that number: to one in a million, or within 1 % of one that has many digits, or rounded to at least two.</summary>
    public bool Is(double expected)
    {
        double distance = Math.Abs(Number - expected);
        if (distance <= 1e-6 * Math.Max(Math.Abs(expected), Math.Abs(Number)) || distance < 1e-9) return true;
        // 110 is 110 and not 109; 0.196612 may be told as 0.197.
        if (!IsShort(expected) && distance <= 0.01 * Math.Abs(expected)) return true;
        return decimals is > 0 and < 15 && significant >= FewestDigits && distance <= 0.5000001 * Math.Pow(10, -decimals);
    }

    /// <summary>Near enough to be meant, not near enough to be right.</summary>
    public bool IsNear(double expected) => Math.Abs(Number - expected) <= 0.05 * Math.Abs(expected);

    /// <summary>Whether a number is written in full with three digits.</summary>
    private static bool IsShort(double number)
    {
        double rounded = double.Parse(number.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Math.Abs(number - rounded) <= 1e-9 * Math.Abs(number);
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);

    /// <summary>Minus signs, digits and blanks that people and keyboards write in other ways, made plain.</summary>
    private static string Plain(string text)
    {
        StringBuilder plain = new();
        foreach (char letter in text)
        {
            if (char.IsWhiteSpace(letter)) continue;
            plain.Append(letter switch
            {
                '−' or '–' or '—' or '﹣' or '－' or '‐' or '‑' => '-',
                '＋' => '+',
                '．' => '.',
                '，' => ',',
                '／' or '÷' or '∕' or '⁄' => '/',
                >= '０' and <= '９' => (char)('0' + letter - '０'),
                'E' => 'e',
                _ => letter,
            });
        }
        return plain.ToString();
    }
}
