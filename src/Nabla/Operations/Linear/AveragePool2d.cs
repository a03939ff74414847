using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>The mean of each window that moves over the planes of the last two axes.</summary>
    /// <param name="Window">The window's height and width.</param>
    /// <param name="Stride">How far the window moves down and to the right.</param>
    /// <param name="Padding">How far the window may stand outside the plane, above and below, left and right; less than the window.</param>
    /// <param name="CountPadding">Whether the padding counts as zeros; else the sum is divided by the number of elements inside the plane.</param>
    /// <remarks>Every element of a window receives an equal share of its upstream gradient.</remarks>
    public sealed record AveragePool2d(Axes Window, Axes Stride, Axes Padding, bool CountPadding = true) : PoolingFamily(Window, Stride, Padding)
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.None;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 1);
            RequireFloating(inputs[0]);
            return inputs[0] with { Shape = Pooled(inputs[0].Shape, SizeOf(inputs[0].Shape)) };
        }

        /// <inheritdoc/>
        protected override unsafe void Forward<T>(Buffers buffers) =>
            Pooling.Average(SizeOf(buffers.InputSpec(0).Shape), buffers.InputPointer<T>(0), buffers.OutputPointer<T>(), CountPadding);

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
            [new AveragePool2dGradient(Window, Stride, Padding, CountPadding, application.Inputs[0].Shape).Apply(upstream)];
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.AveragePool2d"/>.</summary>
    public static class AveragePool2dExtensions
    {
        extension(Tensor x)
        {
            /// <summary>The mean of each window that moves over the planes of the last two axes.</summary>
            /// <param name="window">The window's extent: one number, or height and width.</param>
            /// <param name="stride">How far the window moves: one number or two; as far as the window is large if none.</param>
            /// <param name="padding">How far the window may stand outside: one number or two, less than the window; 0 if none.</param>
            /// <param name="countPadding">
            /// Whether the padding counts as zeros; else the sum is divided by the number of elements inside the plane.
            /// </param>
            /// <returns>[…, (height + 2 padding − window) / stride + 1, the same for the width], rounded down.</returns>
            /// <exception cref="ShapeException">The window does not fit, or a number is out of range.</exception>
            public Tensor AveragePool2d(Axes window, Axes stride = default, Axes padding = default, bool countPadding = true)
            {
                Axes size = ConvolutionFamily.Pair(window, 0), step = stride.Count == 0 ? size : ConvolutionFamily.Pair(stride, 1);
                return new AveragePool2d(size, step, ConvolutionFamily.Pair(padding, 0), countPadding).Apply(x);
            }
        }
    }
}
