using System.Collections.Immutable;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>The input with elements of one value added before and after it along each axis.</summary>
    /// <param name="Before">How many are added before, one number an axis.</param>
    /// <param name="After">How many are added after, one number an axis.</param>
    /// <param name="Value">What is added, converted to the element type.</param>
    /// <remarks>The upstream gradient of what was added is dropped.</remarks>
    public sealed record Pad(Axes Before, Axes After, double Value = 0) : Operation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.None;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 1);
            Shape shape = inputs[0].Shape;
            if (Before.Count != shape.Rank || After.Count != shape.Rank)
                throw new ShapeException($"Pad needs a number before and after for each axis of {shape}, got {Before} and {After}");
            bool isWhole = !inputs[0].DType.IsFloating && inputs[0].DType != DType.Bool;
            if (isWhole && Value != Math.Floor(Value))
                throw new ArgumentException($"Pad needs a whole number to add to {inputs[0]}, got {Value}; Cast the tensor to a floating type first");
            Span<int> extents = stackalloc int[shape.Rank];
            for (int axis = 0; axis < extents.Length; axis++)
            {
                if (Before[axis] < 0 || After[axis] < 0)
                {
                    throw new ShapeException(
                        $"Pad adds 0 or more elements, got {Before} before and {After} after {shape}; take some away with Slice");
                }
                extents[axis] = checked(Before[axis] + shape[axis] + After[axis]);
            }
            return inputs[0] with { Shape = Shape.Create(extents) };
        }

        /// <inheritdoc/>
        public override void Forward(Buffers buffers)
        {
            switch (buffers.OutputSpec.DType)
            {
                case DType.Float32: buffers.Output<float>().Fill((float)Value); break;
                case DType.Float64: buffers.Output<double>().Fill(Value); break;
                case DType.Int32: buffers.Output<int>().Fill(checked((int)Value)); break;
                case DType.Int64: buffers.Output<long>().Fill(checked((long)Value)); break;
                case DType.UInt8: buffers.Output<byte>().Fill(checked((byte)Value)); break;
                default: buffers.Output<byte>().Fill((byte)(Value != 0 ? 1 : 0)); break;
            }
            SliceGradient.Put(buffers, Before, Ones(Before.Count));
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
            [new Slice(Before, Ones(Before.Count), Axes.Create(application.Inputs[0].Shape.AsSpan())).Apply(upstream)];

        private static Axes Ones(int count)
        {
            Span<int> ones = stackalloc int[count];
            ones.Fill(1);
            return Axes.Create(ones);
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Pad"/>.</summary>
    public static class PadExtensions
    {
        extension(Tensor x)
        {
            /// <summary>This tensor with elements of one value added around it.</summary>
            /// <param name="before">How many are added before, one number an axis.</param>
            /// <param name="after">How many are added after, one number an axis.</param>
            /// <param name="value">What is added.</param>
            /// <exception cref="ShapeException">Not one number an axis, or a negative one.</exception>
            public Tensor Pad(Axes before, Axes after, double value = 0) => new Pad(before, after, value).Apply(x);
        }
    }
}
