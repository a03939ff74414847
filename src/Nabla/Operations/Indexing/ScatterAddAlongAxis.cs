using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>
    /// Zeros to which each element is added at the place its index names on one axis: the transpose of <see cref="TakeAlongAxis"/>. Inputs: source,
    /// index.
    /// </summary>
    /// <param name="Axis">Which axis; negative ones count from the innermost.</param>
    /// <param name="Extent">The axis's extent in the result.</param>
    /// <remarks>
    /// y[o, index[o, j, i], i] += source[o, j, i], in the order of j; source and index have one shape. Backward is <see cref="TakeAlongAxis"/>.
    /// </remarks>
    public sealed record ScatterAddAlongAxis(int Axis, int Extent) : IndexedOperation
    {
        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireIndex(inputs);
            RequireSum(inputs[0]);
            if (Extent < 0) throw new ShapeException($"{Name} needs an extent of 0 or more, got {Extent}");
            if (inputs[0].Shape != inputs[1].Shape)
                throw new ShapeException($"{Name} needs source and index of one shape, got {inputs[0].Shape} and {inputs[1].Shape}");
            return inputs[0] with { Shape = inputs[0].Shape.With(inputs[0].Shape.Axis(Axis, Name), Extent) };
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
            [new TakeAlongAxis(Axis).Apply(upstream, application.Inputs[1]), null];

        private protected override unsafe void Run<T, TIndex>(Buffers buffers)
        {
            Shape source = buffers.InputSpec(0).Shape;
            int axis = source.Axis(Axis, Name);
            RequireInside<TIndex>(buffers, Extent, axis);
            IndexedCopy.AddAlong(
                buffers.InputPointer<T>(0), buffers.InputPointer<TIndex>(1), buffers.OutputPointer<T>(),
                source.Product(0, axis), Extent, source[axis], source.Product(axis + 1, source.Rank));
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.ScatterAddAlongAxis"/>.</summary>
    public static class ScatterAddAlongAxisExtensions
    {
        extension(Tensor source)
        {
            /// <summary>Zeros, then y[o, index[o, j, i], i] += source[o, j, i]; equal places add up in the order of j.</summary>
            /// <param name="index">Int32 or Int64, of this tensor's shape; each in 0 to extent − 1.</param>
            /// <param name="extent">The axis's extent in the result.</param>
            /// <param name="axis">Which axis; negative ones count from the innermost.</param>
            /// <exception cref="ShapeException">The axis is out of range, or the shapes differ.</exception>
            /// <exception cref="ArgumentOutOfRangeException">An index is out of range; the message gives its position and its value.</exception>
            public Tensor ScatterAddAlongAxis(Tensor index, int extent, int axis) =>
                new ScatterAddAlongAxis(source.Shape.Axis(axis, nameof(ScatterAddAlongAxis)), extent).Apply(source, index);
        }
    }
}
