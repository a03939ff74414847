using System.Collections.Immutable;

namespace Nabla;

/// <summary>One application of an operation in the computational graph: its edges lead to the inputs.</summary>
public sealed class Node
{
    private readonly int versions;
    private readonly bool readsCells;

    internal Node(Operation operation, ImmutableArray<Tensor> inputs, Tensor output)
    {
        Operation = operation;
        Inputs = inputs;
        Output = output;
        if (operation.Needs.HasFlag(Needs.Inputs))
            foreach (Tensor input in inputs) readsCells |= input.Cell is not null;
        versions = readsCells ? Versions() : 0;
        Group = GraphGroup.Current;
    }

    /// <summary>What was applied.</summary>
    public Operation Operation { get; }

    /// <summary>What it was applied to.</summary>
    public ImmutableArray<Tensor> Inputs { get; }

    /// <summary>What came out.</summary>
    public Tensor Output { get; }

    /// <summary>The named stretch of code it was applied in, innermost first; null outside of any.</summary>
    public GraphGroup? Group { get; }

    /// <summary>The number of the backward pass that saw this node last.</summary>
    internal long LastWalk { get; set; }

    /// <summary>The place that it had there, in the order of application: a hint, since another walk may have written it.</summary>
    internal int Place { get; set; }

    /// <summary><c>MatMul(x #3, weight #1) -> #4 Float32[2, 5]</c>.</summary>
    public override string ToString() =>
        $"{Operation}({string.Join(", ", Inputs.Select(input => $"{input.Name} #{input.Id}".Trim()))}) -> #{Output.Id} {Output.Spec}";

    /// <summary>Throws if a cell that backward reads was assigned after this node was recorded: its old value is gone.</summary>
    internal void EnsureUnchanged()
    {
        if (!readsCells || versions == Versions()) return;
        string cells = string.Join(", ", Inputs.Where(input => input.Cell is not null).Select(input => input.Describe()));
        throw new InvalidOperationException(
            $"{Operation.Name} was recorded with values of {cells} that have been replaced since; run the forward pass again before Backward");
    }

    private int Versions()
    {
        int sum = 0;
        foreach (Tensor input in Inputs)
            if (input.Cell is not null) sum += input.Storage!.Version;
        return sum;
    }
}
