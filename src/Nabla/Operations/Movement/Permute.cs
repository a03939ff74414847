using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>The axes in another order: axis i of the result is axis Order[i] of the input.</summary>
    /// <param name="Order">Each axis once, from 0 up.</param>
    /// <remarks>The upstream gradient goes back through the inverse order.</remarks>
    public sealed record Permute(Axes Order) : Operation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.None;

        /// <inheritdoc/>
        public override string Glyph => IsTranspose ? "xᵀ" : base.Glyph;

        /// <inheritdoc/>
        public override string ForwardText(params ReadOnlySpan<string> inputs) => IsTranspose ? $"{inputs[0]}ᵀ" : $"permute({inputs[0]}, {Order})";

        /// <inheritdoc/>
        public override string? BackwardText(int input, ReadOnlySpan<string> inputs, string output, string upstream) => IsTranspose ? $"({upstream})ᵀ" : null;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 1);
            Shape shape = inputs[0].Shape;
            if (Order.Count != shape.Rank)
                throw new ShapeException($"Permute needs each of the {shape.Rank} axes of {shape} once, got {Order}");
            // Normalize refuses axes out of range or named twice.
            _ = Order.Normalize(shape, Name);
            Span<int> extents = stackalloc int[shape.Rank];
            for (int i = 0; i < extents.Length; i++) extents[i] = shape[shape.Axis(Order[i], Name)];
            return inputs[0] with { Shape = Shape.Create(extents) };
        }

        /// <inheritdoc/>
        public override unsafe void Forward(Buffers buffers)
        {
            Shape input = buffers.InputSpec(0).Shape, output = buffers.OutputSpec.Shape;
            Span<nint> rowMajor = stackalloc nint[input.Rank], from = stackalloc nint[input.Rank], to = stackalloc nint[input.Rank];
            Slice.Strides(input, rowMajor);
            Slice.Strides(output, to);
            for (int i = 0; i < from.Length; i++) from[i] = rowMajor[input.Axis(Order[i], Name)];
            fixed (byte* source = buffers.InputBytes(0), destination = buffers.OutputBytes)
                StridedCopy.Of(output.AsSpan(), from, to).Run(buffers.OutputSpec.DType.Size, source, destination);
        }

        private bool IsTranspose => Order == [1, 0];

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            Span<int> inverse = stackalloc int[Order.Count];
            for (int i = 0; i < inverse.Length; i++) inverse[application.Inputs[0].Shape.Axis(Order[i], Name)] = i;
            return [new Permute(Axes.Create(inverse)).Apply(upstream)];
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent forms of <see cref="Operations.Permute"/>.</summary>
    public static class PermuteExtensions
    {
        extension(Tensor x)
        {
            /// <summary>The axes in another order: axis i of the result is axis order[i] of this tensor.</summary>
            /// <param name="order">Each axis once; negative ones count from the innermost.</param>
            /// <exception cref="ShapeException">An axis is missing, out of range or named twice.</exception>
            public Tensor Permute(Axes order)
            {
                Span<int> places = stackalloc int[order.Count];
                bool moves = order.Count != x.Rank;
                for (int i = 0; i < places.Length; i++)
                {
                    places[i] = x.Shape.Axis(order[i], nameof(Permute));
                    moves |= places[i] != i;
                }
                return moves ? new Permute(Axes.Create(places)).Apply(x) : x;
            }

            /// <summary>Two axes exchanged; the last two if none are named.</summary>
            /// <exception cref="ShapeException">An axis is out of range.</exception>
            public Tensor Transpose(int first = -2, int second = -1)
            {
                int left = x.Shape.Axis(first, nameof(Transpose)), right = x.Shape.Axis(second, nameof(Transpose));
                Span<int> order = stackalloc int[x.Rank];
                for (int i = 0; i < order.Length; i++) order[i] = i == left ? right : i == right ? left : i;
                return x.Permute(Axes.Create(order));
            }
        }
    }
}
