namespace Nabla.Serving;

/// <summary>The values after so many steps.</summary>
internal sealed record DescendRow(int Step, IReadOnlyList<NamedText> Values, string Output);
