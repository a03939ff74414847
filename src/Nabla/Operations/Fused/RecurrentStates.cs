using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>The hidden states of a recurrent layer. Inputs: drive, input bias, hidden bias, weight, and the <see cref="RecurrentMemory"/> of these four.</summary>
    /// <param name="Cell">What happens at one step.</param>
    /// <param name="LastOnly">Whether the result is the last state [batch, hidden] and not all of them [time, batch, hidden].</param>
    /// <remarks>
    /// All steps in two operations forward and three back instead of several a step: 64 sequences of 28 steps with 128 units spend most of an
    /// operation-by-operation run between the operations. S. Hochreiter, J. Schmidhuber, <i>Long short-term memory</i>, 1997, for the way back through time.
    /// </remarks>
    internal sealed record RecurrentStates(RecurrentCell Cell, bool LastOnly) : RecurrentOperation(Cell)
    {
        /// <inheritdoc/>
        public override Tensor? Open(ImmutableArray<Tensor> inputs) => Cell.Unrolled(inputs[0], inputs[1], inputs[2], inputs[3], LastOnly);

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 5);
            TensorSpec memory = InferMemory(inputs);
            if (inputs[4] != memory) throw new ShapeException($"{Name} needs the memory of its inputs, {memory}, got {inputs[4]}");
            (int time, int batch, int hidden) = Extents(memory.Shape);
            return memory with { Shape = LastOnly ? [batch, hidden] : [time, batch, hidden] };
        }

        /// <inheritdoc/>
        protected override unsafe void Forward<T>(Buffers buffers)
        {
            (int time, int batch, int hidden) = Extents(buffers.InputSpec(4).Shape);
            T* kept = buffers.InputPointer<T>(4);
            int first = LastOnly ? (time - 1) * batch : 0;
            RecurrentKernel<T>.CopyStates(Cell, kept + ((nint)first * Cell.Kept * hidden), buffers.OutputPointer<T>(), (time * batch) - first, hidden);
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            ImmutableArray<Tensor> inputs = application.Inputs;
            (Tensor weight, Tensor memory) = (inputs[3], inputs[4]);
            if (!NoGradient.IsOn)
                return [.. Gradients.Through(x => Cell.Unrolled(x[0], x[1], x[2], x[3], LastOnly), inputs[..4], upstream), null];
            Tensor gradient = new RecurrentGradient(Cell, LastOnly).Apply(memory, weight, upstream);                        // [time, batch, gates · hidden]
            Tensor hidden = Cell.HasOwnHiddenGradient ? new RecurrentHiddenGradient(Cell).Apply(gradient, memory) : gradient;
            return
            [
                gradient,
                application.Wants(1) ? gradient.Sum([0, 1]) : null,
                application.Wants(2) ? hidden.Sum([0, 1]) : null,
                application.Wants(3) ? new RecurrentWeightGradient(Cell).Apply(hidden, memory) : null,
                null,
            ];
        }

        /// <inheritdoc/>
        protected override bool PrintMembers(System.Text.StringBuilder builder)
        {
            builder.Append(Cell.GetType().Name).Append(LastOnly ? ", last" : "");
            return true;
        }
    }
}

namespace Nabla
{
    /// <summary>Recurrent layers over all time steps at once.</summary>
    /// <remarks>
    /// drive: [time, batch, gates · hidden], the input's part of all steps, x Wᵢᵀ   biases: [gates · hidden]   weight Wₕ: [gates · hidden, hidden].
    /// Every state is 0 before the first step. Result: [time, batch, hidden], or the last state [batch, hidden].
    /// </remarks>
    public static class RecurrentExtensions
    {
        extension(Tensor drive)
        {
            /// <summary>hₜ = tanh(driveₜ + bᵢ + hₜ₋₁ Wₕᵀ + bₕ).</summary>
            /// <param name="inputBias">bᵢ: [hidden].</param>
            /// <param name="hiddenBias">bₕ: [hidden].</param>
            /// <param name="hiddenWeight">Wₕ: [hidden, hidden].</param>
            /// <param name="lastOnly">Whether the last state alone is wanted.</param>
            /// <exception cref="ShapeException">The shapes do not fit, or there is no step.</exception>
            public Tensor RnnStates(Tensor inputBias, Tensor hiddenBias, Tensor hiddenWeight, bool lastOnly = false) =>
                States(new RnnCell(), drive, inputBias, hiddenBias, hiddenWeight, lastOnly);

            /// <summary>hₜ = o tanh(cₜ), cₜ = f cₜ₋₁ + i g, with the gates i, f, o = σ(sum) and g = tanh(sum) in the order i, f, g, o.</summary>
            /// <param name="inputBias">bᵢ: [4 hidden].</param>
            /// <param name="hiddenBias">bₕ: [4 hidden].</param>
            /// <param name="hiddenWeight">Wₕ: [4 hidden, hidden].</param>
            /// <param name="lastOnly">Whether the last state alone is wanted.</param>
            /// <exception cref="ShapeException">The shapes do not fit, or there is no step.</exception>
            /// <remarks>S. Hochreiter, J. Schmidhuber, <i>Long short-term memory</i>, Neural Computation 9, 1997; with the forget gate of F. Gers et al., 2000.</remarks>
            public Tensor LstmStates(Tensor inputBias, Tensor hiddenBias, Tensor hiddenWeight, bool lastOnly = false) =>
                States(new LstmCell(), drive, inputBias, hiddenBias, hiddenWeight, lastOnly);

            /// <summary>hₜ = (1 − z) n + z hₜ₋₁, with r, z = σ(sum) and n = tanh(drive + bᵢ + r (hₜ₋₁ Wₕᵀ + bₕ)), in the order r, z, n.</summary>
            /// <param name="inputBias">bᵢ: [3 hidden].</param>
            /// <param name="hiddenBias">bₕ: [3 hidden].</param>
            /// <param name="hiddenWeight">Wₕ: [3 hidden, hidden].</param>
            /// <param name="lastOnly">Whether the last state alone is wanted.</param>
            /// <exception cref="ShapeException">The shapes do not fit, or there is no step.</exception>
            /// <remarks>K. Cho et al., <i>Learning phrase representations using RNN encoder–decoder</i>, EMNLP 2014; r after the product, as PyTorch has it.</remarks>
            public Tensor GruStates(Tensor inputBias, Tensor hiddenBias, Tensor hiddenWeight, bool lastOnly = false) =>
                States(new GruCell(), drive, inputBias, hiddenBias, hiddenWeight, lastOnly);
        }

        private static Tensor States(RecurrentCell cell, Tensor drive, Tensor inputBias, Tensor hiddenBias, Tensor hiddenWeight, bool lastOnly)
        {
            Tensor memory = new RecurrentMemory(cell).Apply(drive, inputBias, hiddenBias, hiddenWeight);
            return new RecurrentStates(cell, lastOnly).Apply(drive, inputBias, hiddenBias, hiddenWeight, memory);
        }
    }
}
