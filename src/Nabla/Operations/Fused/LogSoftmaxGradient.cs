using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>
/// downstream = upstream − e^y Σ upstream, in one pass: the gradient of <see cref="LogSoftmax"/> where no graph of it is wanted. Inputs: upstream, y.
/// </summary>
public sealed record LogSoftmaxGradient : RowOperation
{
    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs) => RequireRows(inputs, 2);

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers)
    {
        (int rows, int length) = RowsOf(buffers.OutputSpec.Shape);
        Softmax<T>.LogGradient(buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.OutputPointer<T>(), rows, length);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
        Gradients.Through(inputs => Graph(inputs[0], inputs[1]), application.Inputs, upstream);

    internal static Tensor Graph(Tensor upstream, Tensor y) => upstream - (y.Exp() * upstream.Sum(-1, keepAxes: true));
}
