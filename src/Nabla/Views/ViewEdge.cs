namespace Nabla;

/// <summary>An edge of a <see cref="GraphView"/>: a value on its way forward, and the gradient that comes back over it.</summary>
public sealed record ViewEdge
{
    internal ViewEdge()
    {
    }

    /// <summary>The node whose value it carries.</summary>
    public required int From { get; init; }

    /// <summary>The node that reads it.</summary>
    public required int To { get; init; }

    /// <summary>Which input of that node it is, from 0.</summary>
    public required int Input { get; init; }

    /// <summary>The value carried forward.</summary>
    public TensorSummary? Value { get; init; }

    /// <summary>∂to/∂from; null where it is not elementwise and its Jacobian has more than 64 entries, and over folded groups.</summary>
    public LocalGradient? Local { get; init; }

    /// <summary>The gradient that arrives at <see cref="To"/>.</summary>
    public TensorSummary? Upstream { get; init; }

    /// <summary>The share handed on to <see cref="From"/>: local × upstream.</summary>
    public TensorSummary? Downstream { get; init; }

    /// <summary>The downstream gradient as a formula, <c>upstream * z</c>; null where there is no short one.</summary>
    public string? Rule { get; init; }
}
