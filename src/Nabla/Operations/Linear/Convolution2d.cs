using System.Collections.Immutable;
using Nabla.Compilation;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>A window of weights moved over images: a cross-correlation, as networks use it. Inputs: x, weight.</summary>
    /// <inheritdoc cref="ConvolutionFamily"/>
    /// <remarks>
    /// x: [batch, channels, height, width]   weight: [outputs, channels / groups, window height, window width]   y: [batch, outputs, positions down,
    /// positions right].
    /// y[b, o, Y, X] = Σ x[b, c, Y · stride − padding + i · dilation, X · stride − padding + j · dilation] · weight[o, c, i, j], 0 outside the image.
    /// </remarks>
    public sealed record Convolution2d(Axes Stride, Axes Padding, Axes Dilation, int Groups = 1)
        : ConvolutionFamily(Stride, Padding, Dilation, Groups)
    {
        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequirePair(inputs);
            ConvolutionSize size = SizeOf(inputs[0].Shape, inputs[1].Shape);
            return inputs[0] with { Shape = [size.Batch, size.OutputChannels, size.OutputHeight, size.OutputWidth] };
        }

        /// <inheritdoc/>
        public override double Arithmetic(ReadOnlySpan<TensorSpec> inputs, TensorSpec output) =>
            2.0 * output.Shape.Count * inputs[1].Shape.Count / Math.Max(1, inputs[1].Shape[0]);

        /// <inheritdoc/>
        protected override unsafe void Forward<T>(Buffers buffers) => Run<T>(buffers, null, null);

        /// <summary>The convolution of the first two inputs, with a bias for each output channel and an activation, or null.</summary>
        internal unsafe void Run<T>(Buffers buffers, T* bias, IElementwise? activation)
            where T : unmanaged
            => Convolution.Forward(
                SizeOf(buffers.InputSpec(0).Shape, buffers.InputSpec(1).Shape),
                buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.OutputPointer<T>(), bias, activation);

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            (Tensor x, Tensor weight) = (application.Inputs[0], application.Inputs[1]);
            return
            [
                application.Wants(0) ? new Convolution2dInputGradient(Stride, Padding, Dilation, Groups, x.Shape).Apply(upstream, weight) : null,
                application.Wants(1) ? new Convolution2dWeightGradient(Stride, Padding, Dilation, Groups, weight.Shape).Apply(x, upstream) : null,
            ];
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Convolution2d"/>.</summary>
    public static class Convolution2dExtensions
    {
        extension(Tensor x)
        {
            /// <summary>A window of weights moved over these images: a cross-correlation.</summary>
            /// <param name="weight">
            /// [outputs, channels / groups, window height, window width]; the images are [batch, channels, height, width].
            /// </param>
            /// <param name="bias">[outputs], or null.</param>
            /// <param name="stride">How far the window moves: one number, or one down and one to the right; 1 if none.</param>
            /// <param name="padding">
            /// How many zeros are added on each side: one number, or one above and below and one left and right; 0 if none.
            /// </param>
            /// <param name="dilation">How far apart the window's rows and columns lie: one number or two; 1 if none.</param>
            /// <param name="groups">Into how many groups the channels are cut, each convolved by itself.</param>
            /// <returns>
            /// [batch, outputs, (height + 2 padding − dilation (window − 1) − 1) / stride + 1, the same for the width], rounded down.
            /// </returns>
            /// <exception cref="ShapeException">Ranks, channels or groups do not fit, or the window is larger than the padded image.</exception>
            public Tensor Convolve(
                Tensor weight, Tensor? bias = null, Axes stride = default, Axes padding = default, Axes dilation = default, int groups = 1)
            {
                Tensor y = new Convolution2d(
                    ConvolutionFamily.Pair(stride, 1), ConvolutionFamily.Pair(padding, 0), ConvolutionFamily.Pair(dilation, 1), groups)
                    .Apply(x, weight);
                if (bias is null) return y;
                if (bias.Rank != 1 || bias.Count != y.Shape[1])
                    throw new ShapeException(
                        $"Convolve needs a bias of [{y.Shape[1]}], one number an output channel of {weight.Shape}, got {bias.Shape}");
                return y + bias.Reshape(bias.Count, 1, 1);
            }
        }
    }
}
