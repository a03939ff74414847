namespace Nabla;

/// <summary>How an operation hands the upstream gradient on to its inputs, where that way has a name.</summary>
public enum GatePattern : byte
{
    /// <summary>No named pattern: downstream = local × upstream, and no more can be said.</summary>
    None,

    /// <summary>Addition: every input receives the upstream gradient unchanged.</summary>
    GradientDistributor,

    /// <summary>Multiplication: each input receives the upstream gradient times the other input.</summary>
    SwapMultiplier,

    /// <summary>Maximum: the input that was chosen receives all of the upstream gradient, the others none.</summary>
    GradientRouter,
}
