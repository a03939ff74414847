using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>The way back through time: the gradient of a recurrent layer at its drive. Inputs: memory, weight, the upstream gradient of the states.</summary>
/// <param name="Cell">What happens at one step.</param>
/// <param name="LastOnly">Whether upstream is that of the last state alone.</param>
/// <remarks>Made where no graph is wanted, so it has no gradient of its own; a graph is made of the steps themselves.</remarks>
internal sealed record RecurrentGradient(RecurrentCell Cell, bool LastOnly) : RecurrentOperation(Cell)
{
    /// <inheritdoc/>
    public override Needs Needs => Needs.None;

    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 3);
        Shape memory = inputs[0].Shape, weight = inputs[1].Shape;
        if (memory.Rank != 3 || weight.Rank != 2 || weight[0] != Cell.Gates * weight[1] || memory[2] != Cell.Kept * weight[1])
            throw new ShapeException($"{Name} needs a memory [time, batch, {Cell.Kept} hidden] and weight [{Cell.Gates} hidden, hidden], got {memory} and {weight}");
        Shape states = LastOnly ? [memory[1], weight[1]] : [memory[0], memory[1], weight[1]];
        return inputs[2].Shape == states
            ? inputs[0] with { Shape = [memory[0], memory[1], weight[0]] }
            : throw new ShapeException($"{Name} needs the upstream gradient of states {states}, got {inputs[2].Shape}");
    }

    /// <inheritdoc/>
    public override double Arithmetic(ReadOnlySpan<TensorSpec> inputs, TensorSpec output) =>
        2.0 * output.Shape.Count * inputs[1].Shape[1];

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers)
    {
        (int time, int batch, int hidden) = Extents(buffers.InputSpec(0).Shape);
        RecurrentKernel<T>.Gradient(
            Cell, buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.InputPointer<T>(2), buffers.OutputPointer<T>(), time, batch, hidden, LastOnly);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null, null, null];

    /// <inheritdoc/>
    protected override bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append(Cell.GetType().Name).Append(LastOnly ? ", last" : "");
        return true;
    }
}
