using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>Every element's share of the upstream gradients of the windows it lies in: the transpose of <see cref="AveragePool2d"/>.</summary>
/// <param name="Window">The window's height and width.</param>
/// <param name="Stride">How far the window moves down and to the right.</param>
/// <param name="Padding">How far the window may stand outside the plane, above and below, left and right; less than the window.</param>
/// <param name="CountPadding">Whether the padding counts as zeros.</param>
/// <param name="Planes">The shape of what was pooled.</param>
public sealed record AveragePool2dGradient(Axes Window, Axes Stride, Axes Padding, bool CountPadding, Shape Planes)
    : PoolingFamily(Window, Stride, Padding)
{
    /// <inheritdoc/>
    public override Needs Needs => Needs.None;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 1);
        RequireFloating(inputs[0]);
        Shape expected = Pooled(Planes, SizeOf(Planes));
        if (inputs[0].Shape != expected) throw new ShapeException($"{Name} needs an upstream gradient of {expected}, got {inputs[0].Shape}");
        return inputs[0] with { Shape = Planes };
    }

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers) =>
        Pooling.AverageGradient(SizeOf(Planes), buffers.InputPointer<T>(0), buffers.OutputPointer<T>(), CountPadding);

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
        [new AveragePool2d(Window, Stride, Padding, CountPadding).Apply(upstream)];
}
