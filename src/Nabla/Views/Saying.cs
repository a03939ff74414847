using System.Globalization;

namespace Nabla.Views;

/// <summary>One text in both languages; <c>{0}</c>, <c>{1}</c> stand for what is filled in.</summary>
internal readonly record struct Saying(string English, string Korean)
{
    public string In(Language language, params ReadOnlySpan<object?> parts) =>
        string.Format(CultureInfo.InvariantCulture, language == Language.Korean ? Korean : English, parts);
}
