using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>Mean and variance of each channel over batch and pixels. Result: [2, channels], the means first; the variance is that of these very numbers.</summary>
/// <remarks>Without a gradient of its own: <see cref="BatchNormalization"/>, which reads it, has that of both.</remarks>
internal sealed record ChannelMoments : ChannelOperation
{
    /// <inheritdoc/>
    public override Needs Needs => Needs.None;

    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 1);
        return RequireChannels(inputs[0]) with { Shape = [2, inputs[0].Shape[1]] };
    }

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers)
    {
        (int batch, int channels, int pixels) = Extents(buffers.InputSpec(0).Shape);
        ChannelKernel<T>.Moments(buffers.InputPointer<T>(0), buffers.OutputPointer<T>(), batch, channels, pixels);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null];
}
