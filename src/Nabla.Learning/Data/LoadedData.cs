namespace Nabla;

/// <summary>Data to train and to test with, and where they came from.</summary>
/// <param name="Pair">The samples.</param>
/// <param name="Scaling">What was done to the features of a table; null for images.</param>
/// <param name="LabelColumn">The column of classes of a table; null for images.</param>
/// <param name="Origin">The folder or file that was read, or "drawn with seed 1" where none was.</param>
public sealed record LoadedData(DatasetPair Pair, FeatureScaling? Scaling, string? LabelColumn, string Origin);
