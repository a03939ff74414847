namespace Nabla;

/// <summary>How a table becomes data to learn from.</summary>
public sealed record CsvOptions
{
    /// <summary>The character between fields; null looks at the header row and takes the most frequent of comma, semicolon and tab.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The part of the rows kept for the test, in (0, 1).</summary>
    public double TestShare { get; init; } = 0.2;

    /// <summary>Which rows go to the test: the same seed and the same number of rows choose the same rows.</summary>
    public ulong Seed { get; init; } = 1;
}
