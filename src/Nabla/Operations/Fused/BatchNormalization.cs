using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = (x − mean) / √(variance + epsilon) · weight + bias for each channel. Inputs: x, weight, bias, and the <see cref="ChannelMoments"/> of x.</summary>
    /// <param name="Epsilon">Added to the variance; above 0.</param>
    /// <remarks>
    /// The gradient is that of a function of x, weight and bias: the way through the moments is part of it. With n = (x − mean) / √(variance + epsilon):
    /// ∂bias = Σ upstream, ∂weight = Σ upstream n, ∂x = weight / √(variance + epsilon) · (upstream − mean(upstream) − n mean(upstream n)).
    /// S. Ioffe, C. Szegedy, <i>Batch normalization</i>, ICML 2015.
    /// </remarks>
    internal sealed record BatchNormalization(double Epsilon) : ChannelOperation
    {
        /// <inheritdoc/>
        public override Tensor? Open(ImmutableArray<Tensor> inputs) => Graph(inputs[0], inputs[1], inputs[2], Epsilon);

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 4);
            TensorSpec x = RequireChannels(inputs[0]);
            LayerNormalization.RequireEpsilon(Name, Epsilon);
            TensorSpec channel = x with { Shape = [x.Shape[1]] };
            RequireLike(inputs[1], channel, "a weight");
            RequireLike(inputs[2], channel, "a bias");
            RequireLike(inputs[3], x with { Shape = [2, x.Shape[1]] }, "moments");
            return x;
        }

        /// <inheritdoc/>
        protected override unsafe void Forward<T>(Buffers buffers)
        {
            (int batch, int channels, int pixels) = Extents(buffers.OutputSpec.Shape);
            ChannelKernel<T>.Normalize(
                buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.InputPointer<T>(2), buffers.InputPointer<T>(3), buffers.OutputPointer<T>(),
                batch, channels, pixels, Epsilon);
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            ImmutableArray<Tensor> inputs = application.Inputs;
            if (!NoGradient.IsOn) return [.. Gradients.Through(x => Graph(x[0], x[1], x[2], Epsilon), inputs[..3], upstream), null];
            (Tensor x, Tensor weight, Tensor moments) = (inputs[0], inputs[1], inputs[3]);
            Tensor sums = new BatchNormalizationSums(Epsilon).Apply(x, moments, upstream);                             // [2, channels]
            return
            [
                application.Wants(0) ? new BatchNormalizationGradient(Epsilon).Apply(x, weight, moments, upstream, sums) : null,
                application.Wants(1) ? sums.Slice(0, 1).Reshape(weight.Shape) : null,
                application.Wants(2) ? sums.Slice(0, 0, 1).Reshape(weight.Shape) : null,
                null,
            ];
        }

        internal static Tensor Graph(Tensor x, Tensor weight, Tensor bias, double epsilon)
        {
            Axes axes = Axes.Create([0, .. Enumerable.Range(2, x.Rank - 2)]);
            Tensor centered = x - x.Mean(axes, keepAxes: true);
            Tensor normal = centered / (centered.Square().Mean(axes, keepAxes: true) + epsilon).Sqrt();
            Shape channel = [x.Shape[1], .. Enumerable.Repeat(1, x.Rank - 2)];
            return (normal * weight.Reshape(channel)) + bias.Reshape(channel);
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of batch normalization.</summary>
    public static class BatchNormalizationExtensions
    {
        extension(Tensor x)
        {
            /// <summary>(x − mean) / √(variance + epsilon) · weight + bias, with mean and variance of each channel over batch and pixels.</summary>
            /// <param name="weight">[channels].</param>
            /// <param name="bias">[channels].</param>
            /// <param name="epsilon">Added to the variance; above 0.</param>
            /// <returns>The result, of this tensor's spec [batch, channels, …]; the channels' means and variances (not corrected), which are constants.</returns>
            /// <exception cref="ShapeException">Fewer than two axes, no elements, or a weight or bias of another length.</exception>
            public (Tensor Result, Tensor Mean, Tensor Variance) BatchNormalization(Tensor weight, Tensor bias, double epsilon = 1e-5)
            {
                Tensor moments = new ChannelMoments().Apply(x);
                Tensor result = new BatchNormalization(epsilon).Apply(x, weight, bias, moments);
                return (result, moments.Slice(0, 0, 1).Reshape(weight.Shape), moments.Slice(0, 1).Reshape(weight.Shape));
            }
        }
    }
}
