using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>
/// Where in its plane, row · width + column, the largest element of each window of <see cref="MaxPool2d"/> lies: the first of equal ones.
/// </summary>
/// <param name="Window">The window's height and width.</param>
/// <param name="Stride">How far the window moves down and to the right.</param>
/// <param name="Padding">How far the window may stand outside the plane, above and below, left and right; less than the window.</param>
/// <remarks>An <see cref="DType.Int32"/>; no gradient flows.</remarks>
public sealed record MaxPool2dPlaces(Axes Window, Axes Stride, Axes Padding) : Operation
{
    /// <inheritdoc/>
    public override Needs Needs => Needs.None;

    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 1);
        return new MaxPool2d(Window, Stride, Padding).Infer(inputs) with { DType = DType.Int32 };
    }

    /// <inheritdoc/>
    public override unsafe void Forward(Buffers buffers)
    {
        Shape x = buffers.InputSpec(0).Shape;
        PoolingSize size = new(
            x.Product(0, x.Rank - 2), x[^2], x[^1], Window[0], Window[1], Stride[0], Stride[1], Padding[0], Padding[1]);
        if (buffers.InputSpec(0).DType == DType.Float32) Pooling.MaxIndices(size, buffers.InputPointer<float>(0), buffers.OutputPointer<int>());
        else Pooling.MaxIndices(size, buffers.InputPointer<double>(0), buffers.OutputPointer<int>());
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null];
}
