using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>One element for each index, at the index's own place but for one axis, where the index says which. Inputs: x, index.</summary>
    /// <param name="Axis">Which axis; negative ones count from the innermost.</param>
    /// <remarks>
    /// y[o, j, i] = x[o, index[o, j, i], i]; x and index agree in all extents but the axis's. An element taken several times receives the sum of its
    /// upstream
    /// gradients: <see cref="ScatterAddAlongAxis"/>.
    /// </remarks>
    public sealed record TakeAlongAxis(int Axis) : IndexedOperation
    {
        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireIndex(inputs);
            Shape x = inputs[0].Shape, index = inputs[1].Shape;
            int axis = x.Axis(Axis, Name);
            if (index.Rank != x.Rank || index.With(axis, x[axis]) != x)
                throw new ShapeException($"{Name} needs x and index of equal extents but for axis {axis}, got {x} and {index}");
            return inputs[0] with { Shape = index };
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            Shape x = application.Inputs[0].Shape;
            int axis = x.Axis(Axis, Name);
            return [new ScatterAddAlongAxis(axis, x[axis]).Apply(upstream, application.Inputs[1]), null];
        }

        private protected override unsafe void Run<T, TIndex>(Buffers buffers)
        {
            Shape x = buffers.InputSpec(0).Shape, index = buffers.InputSpec(1).Shape;
            int axis = x.Axis(Axis, Name);
            RequireInside<TIndex>(buffers, x[axis], axis);
            IndexedCopy.Along(
                buffers.InputPointer<T>(0), buffers.InputPointer<TIndex>(1), buffers.OutputPointer<T>(),
                x.Product(0, axis), x[axis], index[axis], x.Product(axis + 1, x.Rank));
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.TakeAlongAxis"/>.</summary>
    public static class TakeAlongAxisExtensions
    {
        extension(Tensor x)
        {
            /// <summary>y[o, j, i] = x[o, index[o, j, i], i]: one element for each index.</summary>
            /// <param name="index">Int32 or Int64, of this tensor's extents but for the axis; each in 0 to the axis's extent − 1.</param>
            /// <param name="axis">Which axis; negative ones count from the innermost.</param>
            /// <exception cref="ShapeException">The axis is out of range, or another extent differs.</exception>
            /// <exception cref="ArgumentOutOfRangeException">An index is out of range; the message gives its position and its value.</exception>
            public Tensor TakeAlongAxis(Tensor index, int axis) => new TakeAlongAxis(x.Shape.Axis(axis, nameof(TakeAlongAxis))).Apply(x, index);
        }
    }
}
