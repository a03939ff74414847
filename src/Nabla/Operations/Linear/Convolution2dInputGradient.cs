using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>The gradient of <see cref="Convolution2d"/> at its images; by itself a transposed convolution. Inputs: upstream, weight.</summary>
/// <param name="Stride">How far the window moves down and to the right.</param>
/// <param name="Padding">How many zeros are added on each side, above and below, left and right.</param>
/// <param name="Dilation">How far apart the window's rows and columns lie.</param>
/// <param name="Groups">Into how many groups the channels are cut, each convolved by itself.</param>
/// <param name="Images">The images' shape, [batch, channels, height, width].</param>
/// <remarks>upstream: the shape of the convolution's result. Every weight carries its upstream back to the places that it saw.</remarks>
public sealed record Convolution2dInputGradient(Axes Stride, Axes Padding, Axes Dilation, int Groups, Shape Images)
    : ConvolutionFamily(Stride, Padding, Dilation, Groups)
{
    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequirePair(inputs);
        RequireUpstream(SizeOf(Images, inputs[1].Shape), inputs[0].Shape);
        return inputs[0] with { Shape = Images };
    }

    /// <inheritdoc/>
    public override double Arithmetic(ReadOnlySpan<TensorSpec> inputs, TensorSpec output) =>
        2.0 * inputs[0].Shape.Count * inputs[1].Shape.Count / Math.Max(1, inputs[1].Shape[0]);

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers) => Convolution.InputGradient(
        SizeOf(Images, buffers.InputSpec(1).Shape), buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.OutputPointer<T>());

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
    {
        (Tensor inner, Tensor weight) = (application.Inputs[0], application.Inputs[1]);
        return
        [
            application.Wants(0) ? new Convolution2d(Stride, Padding, Dilation, Groups).Apply(upstream, weight) : null,
            application.Wants(1) ? new Convolution2dWeightGradient(Stride, Padding, Dilation, Groups, weight.Shape).Apply(upstream, inner) : null,
        ];
    }
}
