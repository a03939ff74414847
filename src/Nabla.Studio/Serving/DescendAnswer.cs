namespace Nabla.Serving;

/// <summary>The values before the first step of gradient descent and after each.</summary>
internal sealed record DescendAnswer(double LearningRate, string ResultName, IReadOnlyList<DescendRow> Rows);
