using System.Collections.Immutable;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>The largest element along some axes; NaN where there is one. At least one element is folded.</summary>
    /// <remarks>
    /// The upstream gradient goes to the largest element; where several are equal it is shared equally, so that the gradients sum to the upstream.
    /// </remarks>
    public sealed record Max(Axes Axes = default, bool KeepAxes = false) : AxisReduction(Axes, KeepAxes)
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.Inputs | Needs.Output;

        /// <inheritdoc/>
        public override GatePattern Pattern => GatePattern.GradientRouter;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            TensorSpec spec = base.Infer(inputs);
            RequireElements(inputs[0]);
            return spec.DType == DType.Bool ? throw new ArgumentException($"{Name} needs numbers, got {inputs[0]}; use Any") : spec;
        }

        /// <inheritdoc/>
        public override unsafe void Forward(Buffers buffers)
        {
            switch (buffers.OutputSpec.DType)
            {
                case DType.Float32: Run<float>(buffers, Kernels.Reduction.Max); break;
                case DType.Float64: Run<double>(buffers, Kernels.Reduction.Max); break;
                case DType.Int32: Run<int>(buffers, Kernels.Reduction.Max); break;
                case DType.Int64: Run<long>(buffers, Kernels.Reduction.Max); break;
                default: Run<byte>(buffers, Kernels.Reduction.Max); break;
            }
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            Tensor x = application.Inputs[0];
            Tensor chosen = x.Equal(Unfold(application.Output, x.Shape)).Cast(x.DType);
            Tensor share = Unfold(upstream, x.Shape) / chosen.Sum(Axes, keepAxes: true);
            return [share * chosen];
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Max"/>.</summary>
    public static class MaxExtensions
    {
        extension(Tensor x)
        {
            /// <summary>The largest element along some axes; NaN where there is one. The gradient is shared equally among equal ones.</summary>
            /// <param name="axes">Which; all of them if none are named. Negative ones count from the innermost.</param>
            /// <param name="keepAxes">Whether the folded axes stay, with extent 1.</param>
            /// <exception cref="ShapeException">An axis is out of range or named twice, or there is no element along them.</exception>
            public Tensor Max(Axes axes = default, bool keepAxes = false) => new Max(axes, keepAxes).Apply(x);
        }
    }
}
