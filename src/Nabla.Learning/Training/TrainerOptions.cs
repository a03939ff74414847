namespace Nabla;

/// <summary>How a <see cref="Trainer"/> trains, beside model, optimizer and data.</summary>
public sealed record TrainerOptions
{
    /// <summary>From the model's output and the targets to the mean loss of a batch.</summary>
    public Func<Tensor, Tensor, Tensor> Loss { get; init; } = Nabla.Loss.CrossEntropy;

    /// <summary>Samples to judge the model by after each epoch; null for none.</summary>
    public Dataset? Test { get; init; }

    /// <summary>The largest norm that the gradients of a step may have, above 0; null for no limit.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>What dropout draws from.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>True to run each step operation by operation, for debugging: exceptions then come from the guilty line of the model.</summary>
    public bool Eager { get; init; }
}
