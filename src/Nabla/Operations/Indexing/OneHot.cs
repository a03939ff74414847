using System.Collections.Immutable;
using System.Numerics;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>For each class number a row of zeros with a 1 at its place, on a new innermost axis. No gradient flows.</summary>
    /// <param name="Classes">The extent of the new axis.</param>
    /// <param name="Target">The element type of the result.</param>
    public sealed record OneHot(int Classes, DType Target = DType.Float32) : Operation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.None;

        /// <inheritdoc/>
        public override bool HasGradient => false;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 1);
            if (inputs[0].DType is not (DType.Int32 or DType.Int64))
                throw new ArgumentException($"{Name} needs class numbers of Int32 or Int64, got {inputs[0]}; Cast them first");
            if (Classes < 0) throw new ShapeException($"{Name} needs 0 or more classes, got {Classes}");
            return new(inputs[0].Shape.Insert(inputs[0].Shape.Rank, Classes), Target);
        }

        /// <inheritdoc/>
        public override void Forward(Buffers buffers)
        {
            if (buffers.InputSpec(0).DType == DType.Int32) Mark<int>(buffers);
            else Mark<long>(buffers);
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null];

        private void Mark<TIndex>(Buffers buffers)
            where TIndex : unmanaged, IBinaryInteger<TIndex>
        {
            IndexedCopy.RequireInside(buffers.Input<TIndex>(0), buffers.InputSpec(0).Shape, Classes, Name, "class numbers");
            switch (Target)
            {
                case DType.Float32: Mark(buffers.Input<TIndex>(0), buffers.Output<float>()); break;
                case DType.Float64: Mark(buffers.Input<TIndex>(0), buffers.Output<double>()); break;
                case DType.Int32: Mark(buffers.Input<TIndex>(0), buffers.Output<int>()); break;
                case DType.Int64: Mark(buffers.Input<TIndex>(0), buffers.Output<long>()); break;
                default: Mark(buffers.Input<TIndex>(0), buffers.Output<byte>()); break;
            }
        }

        private void Mark<TIndex, T>(ReadOnlySpan<TIndex> index, Span<T> y)
            where TIndex : unmanaged, IBinaryInteger<TIndex>
            where T : unmanaged, INumber<T>
        {
            y.Clear();
            for (int i = 0; i < index.Length; i++) y[(i * Classes) + int.CreateTruncating(index[i])] = T.One;
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.OneHot"/>.</summary>
    public static class OneHotExtensions
    {
        extension(Tensor index)
        {
            /// <summary>For each class number a row of zeros with a 1 at its place, on a new innermost axis.</summary>
            /// <param name="classes">How many classes; the numbers are 0 to classes − 1.</param>
            /// <param name="dtype">The element type of the result.</param>
            /// <exception cref="ArgumentOutOfRangeException">
            /// A class number is out of range; the message gives its position and its value.
            /// </exception>
            public Tensor OneHot(int classes, DType dtype = DType.Float32) => new OneHot(classes, dtype).Apply(index);
        }
    }
}
