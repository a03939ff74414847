using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = (x − mean) / √(variance + epsilon) over the innermost axis: each row with mean 0 and variance 1.</summary>
    /// <param name="Epsilon">Added to the variance, which is that of these very numbers (no correction); above 0.</param>
    /// <remarks>
    /// downstream = (upstream − mean(upstream) − y mean(upstream y)) / √(variance + epsilon).
    /// J. L. Ba, J. R. Kiros, G. E. Hinton, <i>Layer normalization</i>, 2016.
    /// </remarks>
    public sealed record LayerNormalization(double Epsilon = 1e-5) : RowOperation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.Inputs | Needs.Output;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            TensorSpec spec = RequireRows(inputs, 1);
            RequireEpsilon(Name, Epsilon);
            return spec.Shape[^1] > 0 ? spec : throw new ShapeException($"{Name} needs at least one element a row, got {spec}");
        }

        /// <inheritdoc/>
        protected override unsafe void Forward<T>(Buffers buffers)
        {
            (int rows, int length) = RowsOf(buffers.OutputSpec.Shape);
            LayerNormalizationKernel<T>.Forward(buffers.InputPointer<T>(0), buffers.OutputPointer<T>(), rows, length, Epsilon);
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            (Tensor x, Tensor y) = (application.Inputs[0], application.Output);
            // The same rule twice: as a graph where somebody may differentiate it, else in one pass over memory.
            return [NoGradient.IsOn
                ? new LayerNormalizationGradient(Epsilon).Apply(x, upstream)
                : LayerNormalizationGradient.Graph(x, y, upstream, Epsilon)];
        }

        internal static void RequireEpsilon(string name, double epsilon)
        {
            if (!(epsilon > 0) || !double.IsFinite(epsilon))
                throw new ArgumentException($"{name} needs an epsilon above 0, got {epsilon}; a row of equal elements would be divided by 0");
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.LayerNormalization"/>.</summary>
    public static class LayerNormalizationExtensions
    {
        extension(Tensor x)
        {
            /// <summary>(x − mean) / √(variance + epsilon) over the innermost axes; scale and shift are left to the caller.</summary>
            /// <param name="axes">How many of the innermost axes make one row.</param>
            /// <param name="epsilon">Added to the variance; above 0.</param>
            /// <exception cref="ShapeException">Fewer axes than that, or rows without elements.</exception>
            public Tensor LayerNormalization(int axes = 1, double epsilon = 1e-5)
            {
                if (axes < 1 || axes > x.Rank)
                    throw new ShapeException($"LayerNormalization needs 1 to {x.Rank} axes of {x.Shape}, got {axes}");
                return new LayerNormalization(epsilon).Apply(x.Flatten(-axes)).Reshape(x.Shape);
            }
        }
    }
}
