using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>The gradient of the hidden part of a recurrent layer's sums, where it differs from that of the input part. Inputs: the latter, memory.</summary>
/// <param name="Cell">What happens at one step.</param>
/// <remarks>Made where no graph is wanted, as <see cref="RecurrentGradient"/>.</remarks>
internal sealed record RecurrentHiddenGradient(RecurrentCell Cell) : RecurrentOperation(Cell)
{
    /// <inheritdoc/>
    public override Needs Needs => Needs.None;

    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 2);
        return inputs[0];
    }

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers)
    {
        (int time, int batch, int hidden) = Extents(buffers.InputSpec(1).Shape);
        RecurrentKernel<T>.HiddenGradient(
            Cell, buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.OutputPointer<T>(), time * batch, hidden);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null, null];
}
