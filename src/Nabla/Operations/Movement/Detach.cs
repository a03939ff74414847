using System.Collections.Immutable;

namespace Nabla.Operations;

/// <summary>A copy through which no gradient flows. <see cref="Tensor.Detach"/> applies it only while tracing; else it shares the values.</summary>
public sealed record Detach : Operation
{
    /// <inheritdoc/>
    public override Needs Needs => Needs.None;

    /// <inheritdoc/>
    public override bool KeepsElements => true;

    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 1);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override void Forward(Buffers buffers) => buffers.InputBytes(0).CopyTo(buffers.OutputBytes);

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null];
}
