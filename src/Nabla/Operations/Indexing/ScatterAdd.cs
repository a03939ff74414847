using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>
    /// Zeros to which slices are added at the places an index tensor names: the transpose of <see cref="Gather"/>. Inputs: source, index.
    /// </summary>
    /// <param name="Axis">Where the axis stands in the result, from 0 up.</param>
    /// <param name="Extent">The axis's extent.</param>
    /// <remarks>
    /// source: [outer…, i…, inner…]   index: [i…] in 0 to Extent − 1   result: [outer…, Extent, inner…]. What goes to one place is added in the order
    /// of the
    /// index. Backward is <see cref="Gather"/>.
    /// </remarks>
    public sealed record ScatterAdd(int Axis, int Extent) : IndexedOperation
    {
        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireIndex(inputs);
            RequireSum(inputs[0]);
            Shape source = inputs[0].Shape, index = inputs[1].Shape;
            int after = Axis + index.Rank;
            if (Extent < 0) throw new ShapeException($"{Name} needs an extent of 0 or more, got {Extent}");
            if (Axis < 0 || after > source.Rank || !source.AsSpan()[Axis..after].SequenceEqual(index.AsSpan()))
                throw new ShapeException($"{Name} needs the extents of the index {index} from axis {Axis} of the source on, got {source}");
            return inputs[0] with { Shape = Shape.Create([.. source.AsSpan()[..Axis], Extent, .. source.AsSpan()[after..]]) };
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
            [new Gather(Axis).Apply(upstream, application.Inputs[1]), null];

        private protected override unsafe void Run<T, TIndex>(Buffers buffers)
        {
            Shape y = buffers.OutputSpec.Shape;
            RequireInside<TIndex>(buffers, Extent, Axis);
            IndexedCopy.AddRows(
                buffers.InputPointer<T>(0), buffers.InputPointer<TIndex>(1), buffers.OutputPointer<T>(),
                y.Product(0, Axis), Extent, buffers.InputSpec(1).Shape.Count, y.Product(Axis + 1, y.Rank));
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.ScatterAdd"/>.</summary>
    public static class ScatterAddExtensions
    {
        extension(Tensor source)
        {
            /// <summary>
            /// Zeros to which this tensor's slices are added at the places an index tensor names; equal places add up, in the order of the index.
            /// </summary>
            /// <param name="index">Int32 or Int64, of the extents that this tensor has from the axis on; each in 0 to extent − 1.</param>
            /// <param name="extent">The extent of the result's axis.</param>
            /// <param name="axis">Where the axis stands in the result, from 0 up.</param>
            /// <exception cref="ShapeException">The index's extents do not stand in this tensor's shape.</exception>
            /// <exception cref="ArgumentOutOfRangeException">An index is out of range; the message gives its position and its value.</exception>
            public Tensor ScatterAdd(Tensor index, int extent, int axis = 0) => new ScatterAdd(axis, extent).Apply(source, index);
        }
    }
}
