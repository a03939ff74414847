using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>The largest element of each window that moves over the planes of the last two axes. Padding is never the largest; a NaN is.</summary>
    /// <inheritdoc cref="PoolingFamily"/>
    /// <remarks>The upstream gradient goes to the window's largest element, row by row the first of equal ones.</remarks>
    public sealed record MaxPool2d(Axes Window, Axes Stride, Axes Padding) : PoolingFamily(Window, Stride, Padding)
    {
        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 1);
            RequireFloating(inputs[0]);
            return inputs[0] with { Shape = Pooled(inputs[0].Shape, SizeOf(inputs[0].Shape)) };
        }

        /// <inheritdoc/>
        protected override unsafe void Forward<T>(Buffers buffers) =>
            Pooling.Max(SizeOf(buffers.InputSpec(0).Shape), buffers.InputPointer<T>(0), buffers.OutputPointer<T>());

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            Tensor x = application.Inputs[0];
            // The same rule twice: in one pass over memory, or as a graph where somebody may differentiate it.
            if (NoGradient.IsOn) return [new MaxPool2dGradient(Window, Stride, Padding).Apply(x, upstream)];
            Shape shape = x.Shape, pooled = upstream.Shape;
            int planes = shape.Product(0, shape.Rank - 2), plane = shape[^2] * shape[^1], windows = pooled[^2] * pooled[^1];
            Tensor places = new MaxPool2dPlaces(Window, Stride, Padding).Apply(x).Reshape([planes, windows]);
            return [upstream.Reshape([planes, windows]).ScatterAddAlongAxis(places, plane, axis: 1).Reshape(shape)];
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.MaxPool2d"/>.</summary>
    public static class MaxPool2dExtensions
    {
        extension(Tensor x)
        {
            /// <summary>
            /// The largest element of each window that moves over the planes of the last two axes; gradients go to the first of equal ones.
            /// </summary>
            /// <param name="window">The window's extent: one number, or height and width.</param>
            /// <param name="stride">How far the window moves: one number or two; as far as the window is large if none.</param>
            /// <param name="padding">How far the window may stand outside: one number or two, less than the window; 0 if none.</param>
            /// <returns>[…, (height + 2 padding − window) / stride + 1, the same for the width], rounded down.</returns>
            /// <exception cref="ShapeException">The window does not fit, or a number is out of range.</exception>
            public Tensor MaxPool2d(Axes window, Axes stride = default, Axes padding = default)
            {
                Axes size = ConvolutionFamily.Pair(window, 0);
                return new MaxPool2d(size, stride.Count == 0 ? size : ConvolutionFamily.Pair(stride, 1), ConvolutionFamily.Pair(padding, 0)).Apply(x);
            }
        }
    }
}
