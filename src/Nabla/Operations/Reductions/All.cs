using System.Collections.Immutable;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>Whether every element along some axes is true; true over no elements.</summary>
    public sealed record All(Axes Axes = default, bool KeepAxes = false) : AxisReduction(Axes, KeepAxes)
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.None;

        /// <inheritdoc/>
        public override bool HasGradient => false;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            TensorSpec spec = base.Infer(inputs);
            return spec.DType == DType.Bool
                ? spec
                : throw new ArgumentException($"{Name} needs Bool, got {inputs[0]}; compare it with something first");
        }

        /// <inheritdoc/>
        public override unsafe void Forward(Buffers buffers)
        {
            if (Folds(buffers.InputSpec(0).Shape) == 0) buffers.OutputBytes.Fill(1);
            else Run<byte>(buffers, Kernels.Reduction.Min);
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null];
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.All"/>.</summary>
    public static class AllExtensions
    {
        extension(Tensor mask)
        {
            /// <summary>Whether every element of this mask along some axes is true; true over no elements.</summary>
            /// <param name="axes">Which; all of them if none are named. Negative ones count from the innermost.</param>
            /// <param name="keepAxes">Whether the folded axes stay, with extent 1.</param>
            /// <exception cref="ArgumentException">The tensor is not a <see cref="DType.Bool"/>.</exception>
            /// <exception cref="ShapeException">An axis is out of range or named twice.</exception>
            public Tensor All(Axes axes = default, bool keepAxes = false) => new All(axes, keepAxes).Apply(mask);
        }
    }
}
