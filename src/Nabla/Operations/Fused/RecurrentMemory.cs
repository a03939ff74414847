using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>All steps of a recurrent layer, and what its way back reads. Inputs: drive, input bias, hidden bias, weight.</summary>
/// <remarks>Without a gradient of its own: <see cref="RecurrentStates"/>, which takes the states out of it, has that of both.</remarks>
internal sealed record RecurrentMemory(RecurrentCell Cell) : RecurrentOperation(Cell)
{
    /// <inheritdoc/>
    public override Needs Needs => Needs.None;

    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 4);
        return InferMemory(inputs);
    }

    /// <inheritdoc/>
    public override double Arithmetic(ReadOnlySpan<TensorSpec> inputs, TensorSpec output) =>
        2.0 * inputs[0].Shape.Count * inputs[3].Shape[1];

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers)
    {
        (int time, int batch, int hidden) = Extents(buffers.OutputSpec.Shape);
        RecurrentKernel<T>.Forward(
            Cell, buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.InputPointer<T>(2), buffers.InputPointer<T>(3),
            buffers.OutputPointer<T>(), time, batch, hidden);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null, null, null, null];
}
