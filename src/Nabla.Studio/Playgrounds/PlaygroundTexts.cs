using System.Globalization;

namespace Nabla.Playgrounds;

/// <summary>What the playground tells a person, in both languages.</summary>
internal static class PlaygroundTexts
{
    public static string In(Language language, string english, string korean) => language == Language.Korean ? korean : english;

    public static string OneOf(Language language, string what, string got, IEnumerable<string> known)
    {
        string list = string.Join(", ", known), shown = got.Length > 40 ? got[..40] + "…" : got;
        return In(language, $"{what} needs one of {list}, got '{shown}'", $"{what}은(는) {list} 중 하나여야 하는데 '{shown}'입니다");
    }

    public static string Between(Language language, string what, double got, double least, double most)
    {
        (string g, string l, string m) = (Text(got), Text(least), Text(most));
        return In(language, $"{what} needs {l} to {m}, got {g}", $"{what}은(는) {l}부터 {m}까지여야 하는데 {g}입니다");
    }

    public static string Diverged(Language language) => In(
        language,
        "The loss is no longer a number: the steps are too large. Lower the learning rate and start again.",
        "손실이 더 이상 수가 아닙니다. 스텝이 너무 큽니다. 학습률을 낮추고 다시 시작하세요.");

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
