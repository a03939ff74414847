namespace Nabla.Serving;

/// <summary>A value as text, under its name.</summary>
internal sealed record NamedText(string Name, string Text);
