using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>
    /// yᵢ = xᵢ − ln Σ e^x over the innermost axis, shifted by the largest element, so that it neither over- nor underflows; at most 0.
    /// </summary>
    /// <remarks>downstream = upstream − e^y Σ upstream. −∞ stays −∞; a row of −∞ alone has nothing to choose from and gives NaN.</remarks>
    public sealed record LogSoftmax : RowOperation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.Output;

        /// <inheritdoc/>
        public override Tensor Open(ImmutableArray<Tensor> inputs) => inputs[0] - inputs[0].Exp().Sum(-1, keepAxes: true).Log();

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs) => RequireRows(inputs, 1);

        /// <inheritdoc/>
        protected override unsafe void Forward<T>(Buffers buffers)
        {
            (int rows, int length) = RowsOf(buffers.OutputSpec.Shape);
            Softmax<T>.Log(buffers.InputPointer<T>(0), buffers.OutputPointer<T>(), rows, length);
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            Tensor y = application.Output;
            // The same rule twice: as a graph where somebody may differentiate it, else in one pass over memory.
            return [NoGradient.IsOn ? new LogSoftmaxGradient().Apply(upstream, y) : LogSoftmaxGradient.Graph(upstream, y)];
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.LogSoftmax"/>.</summary>
    public static class LogSoftmaxExtensions
    {
        extension(Tensor x)
        {
            /// <summary>x − ln Σ e^x along an axis: the logarithm of the softmax, at most 0. A row of −∞ alone gives NaN.</summary>
            /// <param name="axis">Which axis; negative ones count from the innermost.</param>
            /// <exception cref="ShapeException">The axis is out of range.</exception>
            /// <remarks>Along another axis than the innermost the axes are exchanged before and after.</remarks>
            public Tensor LogSoftmax(int axis = -1)
            {
                axis = x.Shape.Axis(axis, nameof(LogSoftmax));
                return axis == x.Rank - 1 ? new LogSoftmax().Apply(x) : new LogSoftmax().Apply(x.Transpose(axis, -1)).Transpose(axis, -1);
            }
        }
    }
}
