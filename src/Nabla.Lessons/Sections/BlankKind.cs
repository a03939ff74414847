namespace Nabla;

/// <summary>What a blank of an exercise asks for.</summary>
public enum BlankKind : byte
{
    /// <summary>The value that a node computes in the forward pass.</summary>
    Value,

    /// <summary>∂to/∂from: how a node's output answers to one of its inputs.</summary>
    Local,

    /// <summary>The gradient that arrives at a node's output.</summary>
    Upstream,

    /// <summary>What a node hands on over one edge; or, for a value, the sum of all that comes back to it.</summary>
    Downstream,
}
