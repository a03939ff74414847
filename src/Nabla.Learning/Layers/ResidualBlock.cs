namespace Nabla;

/// <summary>y = ReLU(x + F(x)), where F is convolution, batch normalization, ReLU, convolution, batch normalization; width and image size stay.</summary>
/// <remarks>
/// x, y: [batch, channels, height, width]; the convolutions are 3 × 3, padded by 1, without bias.
/// K. He, X. Zhang, S. Ren, J. Sun, <i>Deep residual learning for image recognition</i>, CVPR 2016.
/// </remarks>
public sealed class ResidualBlock : Module
{
    /// <summary>A block with random weights.</summary>
    /// <param name="channels">The channels of what goes in and comes out, at least 1.</param>
    /// <param name="key">The weights depend on it alone.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">The channels are below 1.</exception>
    public ResidualBlock(int channels, RandomKey key, DType dtype = DType.Float32)
    {
        First = new(channels, channels, 3, key.At(0), padding: 1, hasBias: false, dtype: dtype);
        FirstNorm = new(channels, dtype: dtype);
        Second = new(channels, channels, 3, key.At(1), padding: 1, hasBias: false, dtype: dtype);
        SecondNorm = new(channels, dtype: dtype);
    }

    /// <summary>The first convolution.</summary>
    [StoredName("conv1")]
    public Conv2d First { get; }

    /// <summary>After the first convolution.</summary>
    [StoredName("bn1")]
    public BatchNorm2d FirstNorm { get; }

    /// <summary>The second convolution.</summary>
    [StoredName("conv2")]
    public Conv2d Second { get; }

    /// <summary>After the second convolution.</summary>
    [StoredName("bn2")]
    public BatchNorm2d SecondNorm { get; }

    /// <inheritdoc/>
    public override string Summary => $"ResidualBlock {First.Weight.Shape[0]}";

    /// <inheritdoc/>
    /// <exception cref="ShapeException">x is not [batch, channels, height, width].</exception>
    protected override Tensor Forward(Tensor x, Pass pass)
    {
        Tensor inner = FirstNorm.Apply(First.Apply(x, pass), pass).Relu();
        return (x + SecondNorm.Apply(Second.Apply(inner, pass), pass)).Relu();
    }
}
