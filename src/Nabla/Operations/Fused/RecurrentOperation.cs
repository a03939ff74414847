namespace Nabla.Operations;

/// <summary>An operation of a recurrent layer over all time steps.</summary>
/// <param name="Cell">What happens at one step.</param>
/// <remarks>drive: [time, batch, gates · hidden]   biases: [gates · hidden]   weight: [gates · hidden, hidden]   memory: [time, batch, kept · hidden].</remarks>
internal abstract record RecurrentOperation(RecurrentCell Cell) : FloatingOperation
{
    /// <summary>The extents, from the memory that the forward pass kept.</summary>
    private protected (int Time, int Batch, int Hidden) Extents(Shape memory) => (memory[0], memory[1], memory[2] / Cell.Kept);

    private protected TensorSpec InferMemory(ReadOnlySpan<TensorSpec> inputs)
    {
        TensorSpec drive = inputs[0];
        for (int i = 1; i < 4; i++) RequireSameType(drive, inputs[i]);
        RequireFloating(drive);
        Shape x = drive.Shape, weight = inputs[3].Shape;
        bool fits = x.Rank == 3 && x[0] > 0 && weight.Rank == 2 && weight[0] == Cell.Gates * weight[1] && x[2] == weight[0];
        if (!fits || inputs[1].Shape != inputs[2].Shape || inputs[1].Shape.Rank != 1 || inputs[1].Shape[0] != weight[0])
        {
            throw new ShapeException($"{Name} of {Cell} needs drive [time, batch, {Cell.Gates} hidden] with at least one step, biases [{Cell.Gates} hidden] and "
                + $"weight [{Cell.Gates} hidden, hidden], got {x}, {inputs[1].Shape}, {inputs[2].Shape} and {weight}");
        }
        return drive with { Shape = [x[0], x[1], Cell.Kept * weight[1]] };
    }

    /// <inheritdoc/>
    protected override bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append(Cell.GetType().Name);
        return true;
    }
}
