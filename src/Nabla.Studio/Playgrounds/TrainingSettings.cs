namespace Nabla.Playgrounds;

/// <summary>How the network is trained.</summary>
internal sealed record TrainingSettings
{
    public static readonly string[] Optimizers = ["sgd", "momentum", "adam"];

    public static readonly string[] Penalties = ["none", "l1", "l2"];

    public string Optimizer { get; init; } = "sgd";

    public double LearningRate { get; init; } = 0.1;

    public int BatchSize { get; init; } = 16;

    /// <summary>What is added to the loss: nothing, rate · Σ|w|, or rate / 2 · Σw².</summary>
    public string Regularization { get; init; } = "none";

    public double RegularizationRate { get; init; } = 0.001;

    /// <summary>Of the first weights and of the order of the samples.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Steps a second while running; 0 as many as go.</summary>
    public int Speed { get; init; }

    public string? Fault(Language language)
    {
        if (!Optimizers.Contains(Optimizer)) return PlaygroundTexts.OneOf(language, "training.optimizer", Optimizer, Optimizers);
        if (!(LearningRate is >= 0 and <= 100)) return PlaygroundTexts.Between(language, "training.learningRate", LearningRate, 0, 100);
        if (BatchSize is < 1 or > 1000) return PlaygroundTexts.Between(language, "training.batchSize", BatchSize, 1, 1000);
        if (!Penalties.Contains(Regularization)) return PlaygroundTexts.OneOf(language, "training.regularization", Regularization, Penalties);
        if (!(RegularizationRate is >= 0 and <= 10)) return PlaygroundTexts.Between(language, "training.regularizationRate", RegularizationRate, 0, 10);
        return Speed is < 0 or > 10_000 ? PlaygroundTexts.Between(language, "training.speed", Speed, 0, 10_000) : null;
    }
}
