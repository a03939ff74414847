namespace Nabla;

/// <summary>A node of a <see cref="GraphView"/>: a leaf, an application of an operation, or a folded group.</summary>
public sealed record ViewNode
{
    internal ViewNode()
    {
    }

    /// <summary>Its number; stays the same when the view is folded or opened.</summary>
    public required int Id { get; init; }

    /// <summary>What it stands for.</summary>
    public required ViewNodeKind Kind { get; init; }

    /// <summary>What it is called, different from every other node's: the tensor's name, or one that was made up.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the name was given by a person.</summary>
    public bool IsNamed { get; init; }

    /// <summary>The operation's name; empty for leaves and groups.</summary>
    public string Operation { get; init; } = "";

    /// <summary>What stands on the node: <c>+</c>, <c>σ</c>; a leaf's or group's name.</summary>
    public required string Glyph { get; init; }

    /// <summary>The value as a formula of other nodes' names, <c>q * z</c>; empty for leaves and groups.</summary>
    public string Formula { get; init; } = "";

    /// <summary>How the operation hands gradients on.</summary>
    public GatePattern Pattern { get; init; }

    /// <summary>The extents of the value.</summary>
    public required Shape Shape { get; init; }

    /// <summary>The element type of the value.</summary>
    public required DType DType { get; init; }

    /// <summary>The value; null where the graph has not run.</summary>
    public TensorSummary? Value { get; init; }

    /// <summary>The gradient of the result with respect to this value; null where none flowed.</summary>
    public TensorSummary? Gradient { get; init; }

    /// <summary>How many edges leave it. More than one makes it a copy, and a copy is a gradient adder.</summary>
    public int Uses { get; init; }

    /// <summary>The innermost group it lies in.</summary>
    public int? Group { get; init; }

    /// <summary>Whether the operation is made of smaller ones, so that <see cref="GraphView.Open"/> shows its gates.</summary>
    public bool CanOpen { get; init; }

    /// <summary>True for a value that is used more than once: its gradient is the sum of what comes back.</summary>
    public bool IsCopy => Uses > 1;

    /// <summary>The application itself, where the view was made from a graph that ran.</summary>
    internal Node? Application { get; init; }

    /// <summary>The value itself, where there is one.</summary>
    internal Tensor? ValueTensor { get; init; }

    /// <summary>The gradient itself, where there is one.</summary>
    internal Tensor? GradientTensor { get; init; }

    /// <summary>The operation itself, also where nothing ran.</summary>
    internal Operation? Applied { get; init; }
}
