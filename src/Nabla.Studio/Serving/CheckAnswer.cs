namespace Nabla.Serving;

/// <summary>Gradients beside central differences.</summary>
internal sealed record CheckAnswer(IReadOnlyList<CheckRow> Rows, string Text);
