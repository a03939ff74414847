namespace Nabla;

/// <summary>The mean of each channel over the whole image: [batch, channels, height, width] becomes [batch, channels].</summary>
/// <remarks>M. Lin, Q. Chen, S. Yan, <i>Network in network</i>, ICLR 2014.</remarks>
public sealed class GlobalAveragePool : Module
{
    /// <inheritdoc/>
    /// <exception cref="ShapeException">x is not [batch, channels, height, width].</exception>
    protected override Tensor Forward(Tensor x, Pass pass) => x.Rank == 4
        ? x.Mean([2, 3])
        : throw new ShapeException($"GlobalAveragePool needs [batch, channels, height, width], got {x.Shape}");
}
