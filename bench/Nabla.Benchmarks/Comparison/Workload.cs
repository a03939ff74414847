namespace Nabla.Benchmarks.Comparison;

/// <summary>A training step that is measured here and in bench/pytorch/workloads.py under the same name.</summary>
/// <param name="Name">What both sides call it.</param>
/// <param name="Text">The network and the batch, in a few words.</param>
/// <param name="Operations">
/// Floating-point operations of a step's products and convolutions by the direct algorithm, forward and backward; 0 where they do not matter.
/// </param>
/// <param name="Make">Builds the network and its data, and compiles the step.</param>
internal sealed record Workload(string Name, string Text, double Operations, Func<ITrainingStep> Make)
{
    /// <summary>Whether the goals for the ratio to PyTorch count this row: not where Python's own overhead is what is measured.</summary>
    public bool Counts => Operations > 1e5;
}

/// <summary>One step of training, to be repeated.</summary>
internal interface ITrainingStep
{
    /// <summary>Forward, backward and update.</summary>
    void Run();

    /// <summary>The loss before the last update.</summary>
    double Loss { get; }

    /// <summary>What was compiled; null for an eager step.</summary>
    Compiled? Program { get; }
}
