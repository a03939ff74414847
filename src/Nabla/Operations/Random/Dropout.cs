using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>
    /// Each element 0 with a probability, else divided by the probability of staying, so that the mean remains. Inputs: x, the key.
    /// </summary>
    /// <param name="Rate">The probability of becoming 0, in [0, 1).</param>
    /// <remarks>
    /// The upstream gradient goes through the same key, so the same elements are dropped. Which ones depends on the key and the place alone.
    /// </remarks>
    public sealed record Dropout(double Rate) : FloatingOperation
    {
        /// <inheritdoc/>
        public override int? KeyInput => 1;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 2);
            RequireFloating(inputs[0]);
            FoldIn.RequireKey(this, inputs[1]);
            return Rate is >= 0 and < 1
                ? inputs[0]
                : throw new ArgumentOutOfRangeException(nameof(Rate), Rate, $"{Name} needs a rate of at least 0 and below 1, got {Rate}");
        }

        /// <inheritdoc/>
        protected override unsafe void Forward<T>(Buffers buffers) => RandomKernel.Dropout(
            unchecked((ulong)buffers.Input<long>(1)[0]),
            buffers.InputPointer<T>(0), buffers.OutputPointer<T>(), buffers.OutputSpec.Shape.Count, Rate);

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
            [new Dropout(Rate).Apply(upstream, application.Inputs[1]), null];
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Dropout"/>.</summary>
    public static class DropoutExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Each element 0 with a probability, else divided by the probability of staying.</summary>
            /// <param name="rate">The probability of becoming 0, in [0, 1).</param>
            /// <param name="key">Which elements; take another for each step: <c>key.At(step)</c>.</param>
            /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
            public Tensor Dropout(double rate, RandomKey key) => new Dropout(rate).Apply(x, key.Bits);
        }
    }
}
