using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>The gradient of <see cref="Convolution2d"/> at its weights. Inputs: x, upstream.</summary>
/// <param name="Stride">How far the window moves down and to the right.</param>
/// <param name="Padding">How many zeros are added on each side, above and below, left and right.</param>
/// <param name="Dilation">How far apart the window's rows and columns lie.</param>
/// <param name="Groups">Into how many groups the channels are cut, each convolved by itself.</param>
/// <param name="Weights">The weights' shape, [outputs, channels / groups, window height, window width].</param>
/// <remarks>upstream: the shape of the convolution's result. Each weight sums, over images and positions, upstream times what it saw.</remarks>
public sealed record Convolution2dWeightGradient(Axes Stride, Axes Padding, Axes Dilation, int Groups, Shape Weights)
    : ConvolutionFamily(Stride, Padding, Dilation, Groups)
{
    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequirePair(inputs);
        RequireUpstream(SizeOf(inputs[0].Shape, Weights), inputs[1].Shape);
        return inputs[0] with { Shape = Weights };
    }

    /// <inheritdoc/>
    public override double Arithmetic(ReadOnlySpan<TensorSpec> inputs, TensorSpec output) =>
        2.0 * inputs[1].Shape.Count * output.Shape.Count / Math.Max(1, output.Shape[0]);

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers) => Convolution.WeightGradient(
        SizeOf(buffers.InputSpec(0).Shape, Weights), buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.OutputPointer<T>());

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
    {
        (Tensor x, Tensor inner) = (application.Inputs[0], application.Inputs[1]);
        return
        [
            application.Wants(0) ? new Convolution2dInputGradient(Stride, Padding, Dilation, Groups, x.Shape).Apply(inner, upstream) : null,
            application.Wants(1) ? new Convolution2d(Stride, Padding, Dilation, Groups).Apply(x, upstream) : null,
        ];
    }
}
