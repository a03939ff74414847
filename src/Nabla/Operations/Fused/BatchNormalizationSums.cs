using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>Σ upstream and Σ upstream · n for each channel, n = (x − mean) / √(variance + epsilon). Inputs: x, moments, upstream. Result: [2, channels].</summary>
/// <param name="Epsilon">Added to the variance; above 0.</param>
/// <remarks>Made where no graph is wanted, so it has no gradient of its own.</remarks>
internal sealed record BatchNormalizationSums(double Epsilon) : ChannelOperation
{
    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 3);
        TensorSpec x = RequireChannels(inputs[0]), moments = x with { Shape = [2, x.Shape[1]] };
        RequireLike(inputs[1], moments, "moments");
        RequireLike(inputs[2], x, "an upstream gradient");
        return moments;
    }

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers)
    {
        (int batch, int channels, int pixels) = Extents(buffers.InputSpec(0).Shape);
        ChannelKernel<T>.GradientSums(
            buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.InputPointer<T>(2), buffers.OutputPointer<T>(), batch, channels, pixels, Epsilon);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null, null, null];
}
