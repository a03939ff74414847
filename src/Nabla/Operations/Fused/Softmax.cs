using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>
    /// yᵢ = e^xᵢ / Σ e^x over the innermost axis, shifted by the largest element, so that it does not overflow: each row in [0, 1] with sum 1.
    /// </summary>
    /// <remarks>downstream = y (upstream − Σ upstream y). −∞ gives 0; a row of −∞ alone has nothing to choose from and gives NaN.</remarks>
    public sealed record Softmax : RowOperation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.Output;

        /// <inheritdoc/>
        public override Tensor Open(ImmutableArray<Tensor> inputs)
        {
            Tensor powers = inputs[0].Exp();
            return powers / powers.Sum(-1, keepAxes: true);
        }

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs) => RequireRows(inputs, 1);

        /// <inheritdoc/>
        protected override unsafe void Forward<T>(Buffers buffers)
        {
            (int rows, int length) = RowsOf(buffers.OutputSpec.Shape);
            Softmax<T>.Forward(buffers.InputPointer<T>(0), buffers.OutputPointer<T>(), rows, length);
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            Tensor y = application.Output;
            // The same rule twice: as a graph where somebody may differentiate it, else in one pass over memory.
            return [NoGradient.IsOn ? new SoftmaxGradient().Apply(upstream, y) : SoftmaxGradient.Graph(upstream, y)];
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Softmax"/>.</summary>
    public static class SoftmaxExtensions
    {
        extension(Tensor x)
        {
            /// <summary>e^x over its sum along an axis: weights in [0, 1] with sum 1. −∞ gives 0; a row of −∞ alone gives NaN.</summary>
            /// <param name="axis">Which axis; negative ones count from the innermost.</param>
            /// <exception cref="ShapeException">The axis is out of range.</exception>
            /// <remarks>Along another axis than the innermost the axes are exchanged before and after.</remarks>
            public Tensor Softmax(int axis = -1)
            {
                axis = x.Shape.Axis(axis, nameof(Softmax));
                return axis == x.Rank - 1 ? new Softmax().Apply(x) : new Softmax().Apply(x.Transpose(axis, -1)).Transpose(axis, -1);
            }
        }
    }
}
