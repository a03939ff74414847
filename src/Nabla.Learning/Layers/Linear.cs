namespace Nabla;

/// <summary>y = x Wᵀ + b.</summary>
/// <remarks>
/// x: […, inputs]   W: [outputs, inputs]   b: [outputs]   y: […, outputs]. The weight lies as in PyTorch's Linear, so that files interchange.
/// Begins as U(−1/√inputs, 1/√inputs), weight and bias.
/// </remarks>
public sealed class Linear : Module
{
    /// <summary>A layer with random weights.</summary>
    /// <param name="inputs">The innermost extent of what goes in, at least 1.</param>
    /// <param name="outputs">The innermost extent of what comes out, at least 1.</param>
    /// <param name="key">The weights depend on it alone.</param>
    /// <param name="hasBias">Whether there is a b.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">An extent is below 1.</exception>
    public Linear(int inputs, int outputs, RandomKey key, bool hasBias = true, DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        Weight = new(() => Initialization.FanInUniform([outputs, inputs], inputs, key.At(0), dtype));
        Bias = hasBias ? new(() => Initialization.FanInUniform([outputs], inputs, key.At(1), dtype)) : null;
    }

    /// <summary>W: [outputs, inputs].</summary>
    public Parameter Weight { get; }

    /// <summary>b: [outputs], or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override string Summary => $"Linear {Weight.Shape[1]} → {Weight.Shape[0]}{(Bias is null ? " without bias" : "")}";

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The innermost extent of x is not the number of inputs.</exception>
    protected override Tensor Forward(Tensor x, Pass pass)
    {
        int inputs = Weight.Shape[1];
        if (x.Rank == 0 || x.Shape[^1] != inputs)
        {
            throw new ShapeException($"{Summary} needs […, {inputs}], got {x.Shape}; "
                + (x.Rank > 1 && x.Count == x.Shape[0] * inputs ? "Flatten it first" : "give the layer as many inputs"));
        }
        Tensor product = x.MatMul(Weight.Value, transposeRight: true);   // […, outputs]
        return Bias is null ? product : product + Bias.Value;
    }
}
