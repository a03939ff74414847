using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>Scaled dot-product attention of a sequence with itself: softmax(q kᵀ / √d) v, in heads side by side.</summary>
    /// <param name="Heads">How many heads; d = width / heads.</param>
    /// <param name="IsCausal">Whether a step sees itself and earlier steps alone.</param>
    /// <remarks>
    /// parts: [batch, time, 3 width], each step's q, k and v one after the other, each cut into heads   result: [batch, time, width].
    /// The scores exist for some rows at a time and are computed again on the way back, so memory grows with time and not with its square.
    /// A. Vaswani et al., <i>Attention is all you need</i>, 2017; row blocks as in T. Dao et al., <i>FlashAttention</i>, 2022.
    /// </remarks>
    public sealed record SelfAttention(int Heads, bool IsCausal = false) : FloatingOperation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.Inputs | Needs.Output;

        /// <inheritdoc/>
        public override string Glyph => "attention";

        /// <inheritdoc/>
        public override Tensor? Open(ImmutableArray<Tensor> inputs) => Graph(inputs[0], Heads, IsCausal);

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 1);
            RequireFloating(inputs[0]);
            Shape shape = inputs[0].Shape;
            if (Heads < 1 || shape.Rank != 3 || shape[2] == 0 || shape[2] % (3 * Heads) != 0)
                throw new ShapeException($"SelfAttention needs [batch, time, 3 width] with a width that {Heads} heads divide, got {shape}");
            return inputs[0] with { Shape = shape.With(2, shape[2] / 3) };
        }

        /// <inheritdoc/>
        /// <remarks>Scores and mixtures; of a causal half, what is needed.</remarks>
        public override double Arithmetic(ReadOnlySpan<TensorSpec> inputs, TensorSpec output) =>
            4.0 * output.Shape.Count * output.Shape[1] / (IsCausal ? 2 : 1);

        /// <inheritdoc/>
        protected override unsafe void Forward<T>(Buffers buffers)
        {
            Shape shape = buffers.OutputSpec.Shape;
            AttentionKernel<T>.Forward(buffers.InputPointer<T>(0), buffers.OutputPointer<T>(), shape[0], shape[1], Heads, shape[2] / Heads, IsCausal);
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            Tensor parts = application.Inputs[0];
            // The same rule twice: as a graph where somebody may differentiate it, else in blocks of rows.
            return NoGradient.IsOn
                ? [new SelfAttentionGradient(Heads, IsCausal).Apply(parts, application.Output, upstream)]
                : Gradients.Through(inputs => Graph(inputs[0], Heads, IsCausal), application.Inputs, upstream);
        }

        internal static Tensor Graph(Tensor parts, int heads, bool isCausal)
        {
            int batch = parts.Shape[0], time = parts.Shape[1], width = parts.Shape[2] / 3;
            Tensor q = Head(0), k = Head(1), v = Head(2);                                                    // [batch, heads, time, d]
            Tensor scores = q.MatMul(k, transposeRight: true) / Math.Sqrt(width / heads);                    // [batch, heads, time, time]
            // Subtracting a large number instead of −∞ keeps the gradients of hidden pairs at 0 and not NaN.
            if (isCausal) scores -= Later(time, scores.DType);
            return scores.Softmax().MatMul(v).Permute([0, 2, 1, 3]).Reshape([batch, time, width]);

            Tensor Head(int index) =>
                parts.Slice(2, index * width, (index + 1) * width).Reshape([batch, time, heads, width / heads]).Permute([0, 2, 1, 3]);
        }

        // A large number where a column lies behind its row.
        private static Tensor Later(int time, DType type)
        {
            float[] mask = new float[time * time];
            for (int row = 0; row < time; row++) mask.AsSpan((row * time) + row + 1, time - row - 1).Fill(1e30f);
            return Tensor.From<float>(mask, [time, time]).Cast(type).Detach();
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.SelfAttention"/>.</summary>
    public static class SelfAttentionExtensions
    {
        extension(Tensor parts)
        {
            /// <summary>softmax(q kᵀ / √d) v for each head, of this tensor's q, k and v.</summary>
            /// <param name="heads">How many heads share the width.</param>
            /// <param name="isCausal">Whether a step sees itself and earlier steps alone.</param>
            /// <returns>[batch, time, width] for parts of [batch, time, 3 width].</returns>
            /// <exception cref="ShapeException">Not three axes, or the heads do not divide a third of the last one.</exception>
            public Tensor SelfAttention(int heads, bool isCausal = false) => new SelfAttention(heads, isCausal).Apply(parts);
        }
    }
}
