using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>
/// Numbers drawn from the normal distribution with mean 0 and deviation 1; each depends on the key and its own place alone. Input: the key, an Int64
/// scalar.
/// </summary>
/// <param name="Target">The shape of the result.</param>
/// <param name="Type">Float32 (no further out than 6.8 deviations) or Float64 (8.7).</param>
/// <remarks>G. E. P. Box, M. E. Muller, <i>A note on the generation of random normal deviates</i>, 1958.</remarks>
public sealed record RandomNormal(Shape Target, DType Type = DType.Float32) : FloatingOperation
{
    /// <inheritdoc/>
    public override Needs Needs => Needs.None;

    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override int? KeyInput => 0;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 1);
        FoldIn.RequireKey(this, inputs[0]);
        TensorSpec spec = new(Target, Type);
        RequireFloating(spec);
        return spec;
    }

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers) =>
        RandomKernel.Normal(unchecked((ulong)buffers.Input<long>(0)[0]), buffers.OutputPointer<T>(), Target.Count);

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null];
}
