namespace Nabla;

/// <summary>Self-attention: each step mixes the values of all steps, softmax(q kᵀ / √d) v, in several heads side by side; then a linear layer.</summary>
/// <remarks>
/// x, y: [batch, time, width]   d = width / heads. q, k and v are one product x Wᵢᵀ + bᵢ with Wᵢ: [3 width, width] in the order q, k, v.
/// The weights lie and are stored as those of PyTorch's MultiheadAttention with batch_first; Wᵢ begins Xavier-uniform, the output's weight as a
/// Linear's, the biases as zeros. A. Vaswani et al., <i>Attention is all you need</i>, NeurIPS 2017.
/// </remarks>
public sealed class MultiHeadAttention : Module
{
    /// <summary>A layer with random weights.</summary>
    /// <param name="width">The innermost extent of what goes in and comes out, a multiple of heads.</param>
    /// <param name="heads">How many heads, at least 1.</param>
    /// <param name="key">The weights depend on it alone.</param>
    /// <param name="isCausal">Whether a step sees itself and earlier steps alone.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentException">The heads do not divide the width.</exception>
    public MultiHeadAttention(int width, int heads, RandomKey key, bool isCausal = false, DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (heads < 1 || width % heads != 0)
            throw new ArgumentException($"MultiHeadAttention needs heads that divide the width {width}, got {heads}", nameof(heads));
        (Heads, IsCausal) = (heads, isCausal);
        InputWeight = new(() => Initialization.XavierUniform([3 * width, width], key.At(0), dtype: dtype));
        InputBias = new(() => Tensor.Zeros([3 * width], dtype));
        Output = new(width, width, key.At(1), dtype: dtype);
        Output.Bias!.Assign(Tensor.Zeros([width], dtype));
    }

    /// <summary>Wᵢ: [3 width, width].</summary>
    [StoredName("in_proj_weight")]
    public Parameter InputWeight { get; }

    /// <summary>bᵢ: [3 width].</summary>
    [StoredName("in_proj_bias")]
    public Parameter InputBias { get; }

    /// <summary>From the heads' mixtures, side by side, to what comes out.</summary>
    [StoredName("out_proj")]
    public Linear Output { get; }

    /// <summary>How many heads.</summary>
    public int Heads { get; }

    /// <summary>Whether a step sees itself and earlier steps alone.</summary>
    public bool IsCausal { get; }

    /// <inheritdoc/>
    public override string Summary => $"MultiHeadAttention {InputWeight.Shape[1]}, {Heads} heads{(IsCausal ? ", causal" : "")}";

    /// <inheritdoc/>
    /// <exception cref="ShapeException">x is not [batch, time, width].</exception>
    protected override Tensor Forward(Tensor x, Pass pass)
    {
        int width = InputWeight.Shape[1];
        if (x.Rank != 3 || x.Shape[2] != width) throw new ShapeException($"{Summary} needs [batch, time, {width}], got {x.Shape}");
        Tensor parts = x.MatMul(InputWeight.Value, transposeRight: true) + InputBias.Value;        // [batch, time, 3 width]
        return Output.Apply(parts.SelfAttention(Heads, IsCausal), pass);                           // [batch, time, width]
    }
}
