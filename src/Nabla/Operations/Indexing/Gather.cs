using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>The slices of an axis that an index tensor names: its axes take the place of the axis. Inputs: x, index (Int32 or Int64).</summary>
    /// <param name="Axis">Which axis; negative ones count from the innermost.</param>
    /// <remarks>
    /// x: [outer…, extent, inner…]   index: [i…] in 0 to extent − 1   result: [outer…, i…, inner…]. A slice that is named several times receives the
    /// sum of
    /// its upstream gradients: <see cref="ScatterAdd"/>.
    /// </remarks>
    public sealed record Gather(int Axis) : IndexedOperation
    {
        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireIndex(inputs);
            Shape x = inputs[0].Shape, index = inputs[1].Shape;
            int axis = x.Axis(Axis, Name);
            return inputs[0] with { Shape = Shape.Create([.. x.AsSpan()[..axis], .. index.AsSpan(), .. x.AsSpan()[(axis + 1)..]]) };
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            Shape x = application.Inputs[0].Shape;
            int axis = x.Axis(Axis, Name);
            return [new ScatterAdd(axis, x[axis]).Apply(upstream, application.Inputs[1]), null];
        }

        private protected override unsafe void Run<T, TIndex>(Buffers buffers)
        {
            Shape x = buffers.InputSpec(0).Shape;
            int axis = x.Axis(Axis, Name), count = buffers.InputSpec(1).Shape.Count;
            RequireInside<TIndex>(buffers, x[axis], axis);
            IndexedCopy.Rows(
                buffers.InputPointer<T>(0), buffers.InputPointer<TIndex>(1), buffers.OutputPointer<T>(),
                x.Product(0, axis), x[axis], count, x.Product(axis + 1, x.Rank));
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent forms of <see cref="Operations.Gather"/>.</summary>
    public static class GatherExtensions
    {
        extension(Tensor x)
        {
            /// <summary>The slices of an axis that an index tensor names; the index's axes take the place of the axis.</summary>
            /// <param name="index">Int32 or Int64 of any shape, each in 0 to the extent − 1.</param>
            /// <param name="axis">
            /// Which axis; negative ones count from the innermost. With 0 and a table [words, width] it is an embedding look-up.
            /// </param>
            /// <returns>[outer…, index…, inner…] of x: [outer…, extent, inner…].</returns>
            /// <exception cref="ShapeException">The axis is out of range.</exception>
            /// <exception cref="ArgumentOutOfRangeException">An index is out of range; the message gives its position and its value.</exception>
            public Tensor Gather(Tensor index, int axis = 0) => new Gather(x.Shape.Axis(axis, nameof(Gather))).Apply(x, index);
        }
    }
}
