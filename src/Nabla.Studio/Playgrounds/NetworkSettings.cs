namespace Nabla.Playgrounds;

/// <summary>The network: features of a point, hidden layers, one output.</summary>
internal sealed record NetworkSettings
{
    public static readonly string[] Activations = ["tanh", "relu", "sigmoid", "leakyrelu", "gelu", "silu", "elu", "softplus", "identity"];

    /// <summary>Units of each hidden layer.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [6, 4];

    public string Activation { get; init; } = "tanh";

    /// <summary>What of a point goes in: names from <see cref="PlaneFeatures"/>.</summary>
    public IReadOnlyList<string> Features { get; init; } = ["x", "y"];

    public string? Fault(Language language)
    {
        if (Hidden.Count > 8) return PlaygroundTexts.Between(language, "network.hidden", Hidden.Count, 0, 8);
        foreach (int units in Hidden)
            if (units is < 1 or > 32) return PlaygroundTexts.Between(language, "network.hidden", units, 1, 32);
        if (!Activations.Contains(Activation)) return PlaygroundTexts.OneOf(language, "network.activation", Activation, Activations);
        if (Features.Count == 0) return PlaygroundTexts.In(language, "the network needs at least one feature, such as x", "특징이 하나 이상 필요합니다(예: x)");
        foreach (string feature in Features)
            if (feature is null || !PlaneFeatures.Names.Contains(feature))
                return PlaygroundTexts.OneOf(language, "network.features", feature ?? "null", PlaneFeatures.Names);
        return Features.Distinct().Count() == Features.Count
            ? null
            : PlaygroundTexts.In(language, "a feature is given twice", "같은 특징이 두 번 있습니다");
    }
}
