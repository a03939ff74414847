using System.Globalization;

namespace Nabla;

/// <summary>One text in both languages, beside each other so that neither is forgotten.</summary>
/// <param name="English">In English.</param>
/// <param name="Korean">In Korean.</param>
public sealed record BilingualText(string English, string Korean)
{
    /// <summary>The text in a language.</summary>
    public string In(Language language) => language == Language.Korean ? Korean : English;

    /// <summary>The text in a language with <c>{0}</c>, <c>{1}</c>, … filled in.</summary>
    internal string In(Language language, params ReadOnlySpan<object?> parts) => string.Format(CultureInfo.InvariantCulture, In(language), parts);

    /// <summary>A number, a formula or a name, which reads the same in both.</summary>
    public static implicit operator BilingualText(string same) => new(same, same);
}
