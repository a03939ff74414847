using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>Σ over time and batch of (gradient of the sums' hidden part)ᵀ · (state before): one product. Inputs: that gradient, memory.</summary>
/// <param name="Cell">What happens at one step.</param>
/// <remarks>Made where no graph is wanted, as <see cref="RecurrentGradient"/>. The first step has no state before it.</remarks>
internal sealed record RecurrentWeightGradient(RecurrentCell Cell) : RecurrentOperation(Cell)
{
    /// <inheritdoc/>
    public override Needs Needs => Needs.None;

    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 2);
        (_, _, int hidden) = Extents(inputs[1].Shape);
        return inputs[0] with { Shape = [Cell.Gates * hidden, hidden] };
    }

    /// <inheritdoc/>
    public override double Arithmetic(ReadOnlySpan<TensorSpec> inputs, TensorSpec output) =>
        2.0 * inputs[0].Shape.Count * output.Shape[1];

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers)
    {
        (int time, int batch, int hidden) = Extents(buffers.InputSpec(1).Shape);
        int sums = Cell.Gates * hidden, kept = Cell.Kept * hidden;
        T* gradient = buffers.InputPointer<T>(0) + ((nint)batch * sums), before = buffers.InputPointer<T>(1) + kept - hidden;
        Gemm.Run(sums, hidden, (time - 1) * batch, gradient, 1, sums, before, kept, 1, buffers.OutputPointer<T>(), hidden, accumulate: false);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null, null];
}
