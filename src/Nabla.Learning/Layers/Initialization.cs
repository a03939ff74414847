namespace Nabla;

/// <summary>Values for weights to begin with, so that signals neither fade nor grow from layer to layer.</summary>
/// <remarks>
/// A weight is [outputs, inputs, kernel…]. Its fan in is the number of inputs one output adds up, inputs × kernel; its fan out is outputs × kernel.
/// </remarks>
public static class Initialization
{
    /// <summary>The gain of layers followed by ReLU: √2, since it lets half of the variance through.</summary>
    public static double ReluGain => Math.Sqrt(2);

    /// <summary>U(−b, b) with b = 1 / √(fan in): the range that PyTorch begins Linear and Conv2d with, weights and biases alike.</summary>
    /// <param name="shape">The shape of the values, a weight or a bias.</param>
    /// <param name="fanIn">The number of inputs that one output adds up; for an RNN PyTorch takes the number of hidden units.</param>
    /// <param name="key">What is drawn depends on it alone.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <remarks>Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller, <i>Efficient BackProp</i>, 1998, section 4.6, up to a factor of √3.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The fan in is below 1.</exception>
    public static Tensor FanInUniform(Shape shape, int fanIn, RandomKey key, DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fanIn, 1);
        return Uniform(shape, 1 / Math.Sqrt(fanIn), key, dtype);
    }

    /// <summary>U(−b, b) with b = gain · √(6 / (fan in + fan out)): keeps the variance of signals and gradients in balance, for tanh and
    /// sigmoid.</summary>
    /// <param name="weight">[outputs, inputs, kernel…].</param>
    /// <param name="key">What is drawn depends on it alone.</param>
    /// <param name="gain">A factor; 1 for linear layers.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <remarks>X. Glorot, Y. Bengio, <i>Understanding the difficulty of training deep feedforward neural networks</i>, AISTATS 2010, equation
    /// 16.</remarks>
    /// <exception cref="ShapeException">The shape has fewer than two axes.</exception>
    public static Tensor XavierUniform(Shape weight, RandomKey key, double gain = 1, DType dtype = DType.Float32)
    {
        (int fanIn, int fanOut) = Fans(weight);
        return Uniform(weight, gain * Math.Sqrt(6.0 / (fanIn + fanOut)), key, dtype);
    }

    /// <summary>N(0, σ²) with σ = gain · √(2 / (fan in + fan out)).</summary>
    /// <inheritdoc cref="XavierUniform"/>
    public static Tensor XavierNormal(Shape weight, RandomKey key, double gain = 1, DType dtype = DType.Float32)
    {
        (int fanIn, int fanOut) = Fans(weight);
        return key.Normal(weight, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)), dtype).Detach();
    }

    /// <summary>U(−b, b) with b = √2 · √(3 / fan in): keeps the variance of signals through ReLU layers.</summary>
    /// <param name="weight">[outputs, inputs, kernel…].</param>
    /// <param name="key">What is drawn depends on it alone.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <remarks>K. He, X. Zhang, S. Ren, J. Sun, <i>Delving deep into rectifiers</i>, ICCV 2015, equation 10.</remarks>
    /// <exception cref="ShapeException">The shape has fewer than two axes.</exception>
    public static Tensor KaimingUniform(Shape weight, RandomKey key, DType dtype = DType.Float32) =>
        Uniform(weight, ReluGain * Math.Sqrt(3.0 / Fans(weight).In), key, dtype);

    /// <summary>N(0, σ²) with σ = √(2 / fan in).</summary>
    /// <inheritdoc cref="KaimingUniform"/>
    public static Tensor KaimingNormal(Shape weight, RandomKey key, DType dtype = DType.Float32) =>
        key.Normal(weight, 0, ReluGain / Math.Sqrt(Fans(weight).In), dtype).Detach();

    /// <summary>Fan in and fan out of a weight.</summary>
    /// <param name="weight">[outputs, inputs, kernel…].</param>
    /// <exception cref="ShapeException">The shape has fewer than two axes, or an extent of 0.</exception>
    public static (int In, int Out) Fans(Shape weight)
    {
        if (weight.Rank < 2 || weight.Count == 0)
            throw new ShapeException($"fans need a weight of [outputs, inputs, kernel…], got {weight}; begin a bias with FanInUniform or zeros");
        int kernel = weight.Count / weight[0] / weight[1];
        return (weight[1] * kernel, weight[0] * kernel);
    }

    private static Tensor Uniform(Shape shape, double bound, RandomKey key, DType dtype) => key.Uniform(shape, -bound, bound, dtype).Detach();
}
