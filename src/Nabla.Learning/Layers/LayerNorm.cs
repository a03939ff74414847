namespace Nabla;

/// <summary>y = (x − mean) / √(variance + ε) · W + b, over the innermost axis of each sample by itself.</summary>
/// <remarks>
/// x, y: […, width]   W, b: [width]; W begins as ones, b as zeros. The variance is that of the population (divided by width).
/// J. L. Ba, J. R. Kiros, G. E. Hinton, <i>Layer normalization</i>, 2016.
/// </remarks>
public sealed class LayerNorm : Module
{
    /// <summary>A layer that normalizes.</summary>
    /// <param name="width">The innermost extent, at least 1.</param>
    /// <param name="epsilon">Keeps the division finite, above 0.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public LayerNorm(int width, double epsilon = 1e-5, DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, $"LayerNorm needs an epsilon above 0, got {epsilon}");
        Epsilon = epsilon;
        Weight = new(() => Tensor.Ones([width], dtype));
        Bias = new(() => Tensor.Zeros([width], dtype));
    }

    /// <summary>W: [width].</summary>
    public Parameter Weight { get; }

    /// <summary>b: [width].</summary>
    public Parameter Bias { get; }

    /// <summary>Keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override string Summary => $"LayerNorm {Weight.Shape[0]}";

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The innermost extent of x is another width.</exception>
    protected override Tensor Forward(Tensor x, Pass pass)
    {
        if (x.Rank == 0 || x.Shape[^1] != Weight.Shape[0]) throw new ShapeException($"{Summary} needs […, {Weight.Shape[0]}], got {x.Shape}");
        return (x.LayerNormalization(axes: 1, Epsilon) * Weight.Value) + Bias.Value;
    }
}
