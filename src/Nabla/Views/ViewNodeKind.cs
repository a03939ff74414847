namespace Nabla;

/// <summary>What a node of a <see cref="GraphView"/> stands for.</summary>
public enum ViewNodeKind : byte
{
    /// <summary>A leaf that gradients flow to: a value the caller put in.</summary>
    Input,

    /// <summary>The value of a <see cref="Cell"/>: a weight, a bias.</summary>
    Parameter,

    /// <summary>A leaf that no gradient flows to.</summary>
    Constant,

    /// <summary>One application of an operation.</summary>
    Operation,

    /// <summary>A folded group of nodes.</summary>
    Group,
}
