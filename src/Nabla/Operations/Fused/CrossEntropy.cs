using System.Collections.Immutable;
using System.Numerics;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>−ln softmax(logits)[target] for each row, in nats. Inputs: logits, targets.</summary>
    /// <remarks>
    /// logits: [rows…, classes]   targets: [rows…], Int32 or Int64 in 0 to classes − 1   result: [rows…]. Shifted by each row's largest logit.
    /// downstream = (softmax(logits) − onehot(targets)) upstream.
    /// </remarks>
    public sealed record CrossEntropy : RowOperation
    {
        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 2);
            return Losses(inputs[0], inputs[1]);
        }

        /// <inheritdoc/>
        protected override unsafe void Forward<T>(Buffers buffers)
        {
            (int rows, int classes) = RowsOf(buffers.InputSpec(0).Shape);
            T* logits = buffers.InputPointer<T>(0), losses = buffers.OutputPointer<T>();
            RequireTargets(buffers, classes);
            if (buffers.InputSpec(1).DType == DType.Int32) Softmax<T>.CrossEntropy(logits, buffers.InputPointer<int>(1), losses, rows, classes);
            else Softmax<T>.CrossEntropy(logits, buffers.InputPointer<long>(1), losses, rows, classes);
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
            [new CrossEntropyGradient().Apply(application.Inputs[0], application.Inputs[1], upstream), null];

        /// <summary>The spec of the losses; throws where logits and targets do not fit.</summary>
        internal TensorSpec Losses(TensorSpec logits, TensorSpec targets)
        {
            RequireRows([logits], 1);
            if (targets.DType is not (DType.Int32 or DType.Int64))
                throw new ArgumentException($"CrossEntropy needs targets of Int32 or Int64, got {targets}; Cast them first");
            Shape rows = logits.Shape.Without(logits.Shape.Rank - 1);
            return targets.Shape == rows
                ? logits with { Shape = rows }
                : throw new ShapeException(
                    $"CrossEntropy needs one target a row, got logits {logits.Shape} and targets {targets.Shape} instead of {rows}");
        }

        /// <summary>Throws for the first target that is no class.</summary>
        internal static void RequireTargets(Buffers buffers, int classes)
        {
            if (buffers.InputSpec(1).DType == DType.Int32) Require<int>(buffers, classes);
            else Require<long>(buffers, classes);

            static void Require<TIndex>(Buffers buffers, int classes)
                where TIndex : unmanaged, IBinaryInteger<TIndex>
                => IndexedCopy.RequireInside(buffers.Input<TIndex>(1), buffers.InputSpec(1).Shape, classes, nameof(CrossEntropy), "targets");
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.CrossEntropy"/>.</summary>
    public static class CrossEntropyExtensions
    {
        extension(Tensor logits)
        {
            /// <summary>−ln softmax(logits)[target] for each row, in nats: ≥ 0, ln(classes) for a uniform guess.</summary>
            /// <param name="targets">[rows…] for logits of [rows…, classes]; Int32 or Int64 in 0 to classes − 1.</param>
            /// <returns>[rows…]; take the Mean for a batch's loss.</returns>
            /// <exception cref="ShapeException">There is not one target a row.</exception>
            /// <exception cref="ArgumentOutOfRangeException">A target is no class; the message gives its row and its value.</exception>
            public Tensor CrossEntropy(Tensor targets) => new CrossEntropy().Apply(logits, targets);
        }
    }
}
