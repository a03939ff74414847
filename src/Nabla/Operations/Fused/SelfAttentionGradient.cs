using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>The gradient of <see cref="SelfAttention"/> at q, k and v, where no graph of it is wanted. Inputs: parts, output, upstream.</summary>
/// <param name="Heads">How many heads.</param>
/// <param name="IsCausal">Whether a step sees itself and earlier steps alone.</param>
/// <remarks>With P = softmax(S): ∂V = Pᵀ upstream, ∂P = upstream Vᵀ, ∂S = P (∂P − Σ upstream output), ∂Q = ∂S K / √d, ∂K = ∂Sᵀ Q / √d.</remarks>
internal sealed record SelfAttentionGradient(int Heads, bool IsCausal) : FloatingOperation
{
    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 3);
        TensorSpec output = new SelfAttention(Heads, IsCausal).Infer(inputs[..1]);
        return inputs[1] == output && inputs[2] == output
            ? inputs[0]
            : throw new ShapeException($"{Name} needs output and upstream of {output}, got {inputs[1]} and {inputs[2]}");
    }

    /// <inheritdoc/>
    /// <remarks>Five products of the size of the scores'.</remarks>
    public override double Arithmetic(ReadOnlySpan<TensorSpec> inputs, TensorSpec output) =>
        10.0 * inputs[1].Shape.Count * inputs[1].Shape[1] / (IsCausal ? 2 : 1);

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers)
    {
        Shape shape = buffers.InputSpec(1).Shape;
        AttentionKernel<T>.Gradient(
            buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.InputPointer<T>(2), buffers.OutputPointer<T>(),
            shape[0], shape[1], Heads, shape[2] / Heads, IsCausal);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null, null, null];
}
