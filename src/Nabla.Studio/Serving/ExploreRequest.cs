namespace Nabla.Serving;

/// <summary>What <c>POST /api/explore</c> and its neighbours are asked; docs/studio.md.</summary>
internal sealed record ExploreRequest
{
    public static readonly string[] Details = ["modules", "operations", "gates"];

    private const int MostSteps = 1000, MostOpened = 1000, MostValues = 200;

    public string? Program { get; init; }

    public IReadOnlyDictionary<string, string>? Values { get; init; }

    public IReadOnlyList<int>? Opened { get; init; }

    public string? Detail { get; init; }

    public string? Language { get; init; }

    public double? LearningRate { get; init; }

    public int? Steps { get; init; }

    /// <summary>The first thing that is out of its bounds; null where all is well.</summary>
    public string? Fault(Language language)
    {
        bool korean = language == Nabla.Language.Korean;
        if (Detail is not null && !Details.Contains(Detail))
            return korean ? $"detail은 {string.Join(", ", Details)} 중 하나여야 합니다" : $"detail needs one of {string.Join(", ", Details)}";
        if (Steps is < 0 or > MostSteps) return korean ? $"스텝 수는 0부터 {MostSteps}까지여야 합니다" : $"steps needs 0 to {MostSteps}, got {Steps}";
        if (LearningRate is { } rate && !double.IsFinite(rate)) return korean ? "학습률은 유한한 수여야 합니다" : "the learning rate needs a finite number";
        if (Opened?.Count > MostOpened || Values?.Count > MostValues) return korean ? "값이 너무 많습니다" : "there are too many values";
        foreach ((string name, string value) in Values ?? new Dictionary<string, string>())
            if (value is null || name.Length == 0) return korean ? $"입력 '{name}'에 값이 없습니다" : $"the input '{name}' has no value";
        return null;
    }
}
