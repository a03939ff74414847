using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>The gradient of <see cref="BatchNormalization"/> at x. Inputs: x, weight, moments, upstream, and the <see cref="BatchNormalizationSums"/>.</summary>
/// <param name="Epsilon">Added to the variance; above 0.</param>
/// <remarks>Made where no graph is wanted, so it has no gradient of its own.</remarks>
internal sealed record BatchNormalizationGradient(double Epsilon) : ChannelOperation
{
    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 5);
        TensorSpec x = RequireChannels(inputs[0]), moments = x with { Shape = [2, x.Shape[1]] };
        RequireLike(inputs[1], x with { Shape = [x.Shape[1]] }, "a weight");
        RequireLike(inputs[2], moments, "moments");
        RequireLike(inputs[3], x, "an upstream gradient");
        RequireLike(inputs[4], moments, "sums");
        return x;
    }

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers)
    {
        (int batch, int channels, int pixels) = Extents(buffers.OutputSpec.Shape);
        ChannelKernel<T>.Gradient(
            buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.InputPointer<T>(2), buffers.InputPointer<T>(3), buffers.InputPointer<T>(4),
            buffers.OutputPointer<T>(), batch, channels, pixels, Epsilon);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null, null, null, null, null];
}
