namespace Nabla.Operations;

/// <summary>An operation on each row of the innermost axis by itself.</summary>
public abstract record RowOperation : FloatingOperation
{
    /// <summary>Throws unless every input is floating, of one spec, and has an axis.</summary>
    private protected TensorSpec RequireRows(ReadOnlySpan<TensorSpec> inputs, int count)
    {
        RequireInputs(inputs, count);
        RequireFloating(inputs[0]);
        if (inputs[0].Shape.Rank == 0) throw new ShapeException($"{Name} needs at least one axis, got a scalar; Unsqueeze it first");
        for (int i = 1; i < count; i++)
            if (inputs[i] != inputs[0]) throw new ShapeException($"{Name} needs inputs of one spec, got {inputs[0]} and {inputs[i]}");
        return inputs[0];
    }

    /// <summary>How many rows, and how long they are.</summary>
    private protected static (int Rows, int Length) RowsOf(Shape shape) => (shape.Product(0, shape.Rank - 1), shape[^1]);
}
