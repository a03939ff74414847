using System.Collections.Immutable;
using System.Numerics;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>Each element plus all before it along an axis, added in this order. Whole numbers wrap around.</summary>
    /// <param name="Axis">Which axis; negative ones count from the innermost.</param>
    /// <param name="Reverse">Whether the sum runs from the end: each element plus all after it.</param>
    /// <remarks>An element's gradient is the sum of the upstream gradients from its place on: the same operation the other way round.</remarks>
    public sealed record CumulativeSum(int Axis, bool Reverse = false) : Operation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.None;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 1);
            _ = inputs[0].Shape.Axis(Axis, Name);
            return inputs[0].DType is DType.Bool or DType.UInt8
                ? throw new ArgumentException($"{Name} would overflow in {inputs[0]}; Cast it to Int32 first")
                : inputs[0];
        }

        /// <inheritdoc/>
        public override void Forward(Buffers buffers)
        {
            switch (buffers.OutputSpec.DType)
            {
                case DType.Float32: Run<float>(buffers); break;
                case DType.Float64: Run<double>(buffers); break;
                case DType.Int32: Run<int>(buffers); break;
                default: Run<long>(buffers); break;
            }
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [upstream.CumulativeSum(Axis, !Reverse)];

        private unsafe void Run<T>(Buffers buffers)
            where T : unmanaged, INumber<T>
        {
            Shape shape = buffers.OutputSpec.Shape;
            int axis = shape.Axis(Axis, Name);
            Kernels.Reduction.CumulativeSum(
                buffers.InputPointer<T>(0), buffers.OutputPointer<T>(),
                shape.Product(0, axis), shape[axis], shape.Product(axis + 1, shape.Rank), Reverse);
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.CumulativeSum"/>.</summary>
    public static class CumulativeSumExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Each element plus all before it along an axis.</summary>
            /// <param name="axis">Which; negative ones count from the innermost.</param>
            /// <param name="reverse">Whether the sum runs from the end: each element plus all after it.</param>
            /// <exception cref="ShapeException">The axis is out of range.</exception>
            public Tensor CumulativeSum(int axis, bool reverse = false) => new CumulativeSum(axis, reverse).Apply(x);
        }
    }
}
