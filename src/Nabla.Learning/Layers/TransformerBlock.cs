namespace Nabla;

/// <summary>A pre-norm transformer block: h = x + attention(norm(x)), y = h + W₂ GELU(W₁ norm(h) + b₁) + b₂.</summary>
/// <remarks>
/// x, h, y: [batch, time, width]; the inner layer is 4 · width wide unless said otherwise. The weights lie and are stored as those of PyTorch's
/// TransformerEncoderLayer with norm_first, batch_first, GELU and no dropout. R. Xiong et al., <i>On layer normalization in the transformer
/// architecture</i>, ICML 2020.
/// </remarks>
public sealed class TransformerBlock : Module
{
    /// <summary>A block with random weights.</summary>
    /// <param name="width">The innermost extent of what goes in and comes out, a multiple of heads.</param>
    /// <param name="heads">How many heads the attention has, at least 1.</param>
    /// <param name="key">The weights depend on it alone.</param>
    /// <param name="isCausal">Whether a step sees itself and earlier steps alone.</param>
    /// <param name="inner">The width of the inner layer; 4 · width if 0.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentException">The heads do not divide the width.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A width is out of its range.</exception>
    public TransformerBlock(int width, int heads, RandomKey key, bool isCausal = false, int inner = 0, DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inner);
        if (inner == 0) inner = 4 * width;
        Attention = new(width, heads, key.At(0), isCausal, dtype);
        Inner = new(width, inner, key.At(1), dtype: dtype);
        Outer = new(inner, width, key.At(2), dtype: dtype);
        AttentionNorm = new(width, dtype: dtype);
        InnerNorm = new(width, dtype: dtype);
    }

    /// <summary>What lets steps see one another.</summary>
    [StoredName("self_attn")]
    public MultiHeadAttention Attention { get; }

    /// <summary>W₁, b₁.</summary>
    [StoredName("linear1")]
    public Linear Inner { get; }

    /// <summary>W₂, b₂.</summary>
    [StoredName("linear2")]
    public Linear Outer { get; }

    /// <summary>Before the attention.</summary>
    [StoredName("norm1")]
    public LayerNorm AttentionNorm { get; }

    /// <summary>Before the inner layer.</summary>
    [StoredName("norm2")]
    public LayerNorm InnerNorm { get; }

    /// <inheritdoc/>
    public override string Summary => $"TransformerBlock {Inner.Weight.Shape[1]}, {Attention.Heads} heads{(Attention.IsCausal ? ", causal" : "")}";

    /// <inheritdoc/>
    /// <exception cref="ShapeException">x is not [batch, time, width].</exception>
    protected override Tensor Forward(Tensor x, Pass pass)
    {
        Tensor h = x + Attention.Apply(AttentionNorm.Apply(x, pass), pass);                        // [batch, time, width]
        return h + Outer.Apply(Inner.Apply(InnerNorm.Apply(h, pass), pass).Gelu(), pass);
    }
}
