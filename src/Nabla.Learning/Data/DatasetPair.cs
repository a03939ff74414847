namespace Nabla;

/// <summary>What a model learns from, and what it is then judged by.</summary>
/// <param name="Train">The samples to learn from.</param>
/// <param name="Test">Samples that learning never sees.</param>
public sealed record DatasetPair(Dataset Train, Dataset Test);
