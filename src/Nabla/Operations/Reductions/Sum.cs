using System.Collections.Immutable;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>The sum over some axes; 0 over no elements. Whole numbers wrap around.</summary>
    /// <remarks>Floats are added in a fixed tree, the same on any number of threads. The upstream gradient goes to every element.</remarks>
    public sealed record Sum(Axes Axes = default, bool KeepAxes = false) : AxisReduction(Axes, KeepAxes)
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.None;

        /// <inheritdoc/>
        public override GatePattern Pattern => GatePattern.GradientDistributor;

        /// <inheritdoc/>
        public override string Glyph => "Σ";

        /// <inheritdoc/>
        public override string ForwardText(params ReadOnlySpan<string> inputs) =>
            Axes.Count == 0 ? $"sum({inputs[0]})" : $"sum({inputs[0]}, {Axes})";

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            TensorSpec spec = base.Infer(inputs);
            return spec.DType is DType.Bool or DType.UInt8
                ? throw new ArgumentException($"{Name} would overflow in {inputs[0]}; Cast it to Int32 first")
                : spec;
        }

        /// <inheritdoc/>
        public override unsafe void Forward(Buffers buffers)
        {
            switch (buffers.OutputSpec.DType)
            {
                case DType.Float32: Run<float>(buffers, Kernels.Reduction.Sum); break;
                case DType.Float64: Run<double>(buffers, Kernels.Reduction.Sum); break;
                case DType.Int32: Run<int>(buffers, Kernels.Reduction.Sum); break;
                default: Run<long>(buffers, Kernels.Reduction.Sum); break;
            }
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            Shape shape = application.Inputs[0].Shape;
            return [Unfold(upstream, shape).Expand(shape)];
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent forms of <see cref="Operations.Sum"/>.</summary>
    public static class SumExtensions
    {
        extension(Tensor x)
        {
            /// <summary>The sum over some axes.</summary>
            /// <param name="axes">Which; all of them if none are named. Negative ones count from the innermost.</param>
            /// <param name="keepAxes">Whether the summed axes stay, with extent 1.</param>
            /// <exception cref="ShapeException">An axis is out of range or named twice.</exception>
            public Tensor Sum(Axes axes = default, bool keepAxes = false) => new Sum(axes, keepAxes).Apply(x);

            /// <summary>The sum over the axes that broadcasting to this shape had added or stretched: the transpose of <c>Expand</c>.</summary>
            /// <param name="shape">A shape that broadcasts to this tensor's.</param>
            public Tensor SumTo(Shape shape)
            {
                if (x.Shape == shape) return x;
                int added = x.Rank - shape.Rank;
                Span<int> axes = stackalloc int[Shape.MaxRank];
                int count = 0;
                for (int axis = 0; axis < x.Rank; axis++)
                    if (axis < added || (shape[axis - added] == 1 && x.Shape[axis] != 1)) axes[count++] = axis;
                // Only extents of 1 were added in front: nothing to sum.
                return count == 0 ? x.Reshape(shape) : new Sum(Axes.Create(axes[..count]), KeepAxes: true).Apply(x).Reshape(shape);
            }
        }
    }
}
