namespace Nabla;

/// <summary>A gated recurrent layer: hₜ = (1 − z) n + z hₜ₋₁, from h₋₁ = 0.</summary>
/// <remarks>
/// r, z = σ(xₜ Wᵢᵀ + bᵢ + hₜ₋₁ Wₕᵀ + bₕ) and n = tanh(xₜ Wᵢᵀ + bᵢ + r (hₜ₋₁ Wₕᵀ + bₕ)), each with its rows of the weights, in the order r, z, n.
/// x: [batch, time, inputs]   Wᵢ: [3 hidden, inputs]   Wₕ: [3 hidden, hidden]   bᵢ, bₕ: [3 hidden]   h: [batch, time, hidden], or the last step alone.
/// The weights lie and are stored as those of PyTorch's GRU with one layer and batch_first. All begin as U(−1/√hidden, 1/√hidden).
/// K. Cho et al., <i>Learning phrase representations using RNN encoder–decoder for statistical machine translation</i>, EMNLP 2014.
/// </remarks>
public sealed class Gru : Module
{
    /// <summary>A layer with random weights.</summary>
    /// <param name="inputs">The innermost extent of what goes in, at least 1.</param>
    /// <param name="hidden">How many hidden units, at least 1.</param>
    /// <param name="key">The weights depend on it alone.</param>
    /// <param name="lastOnly">Whether Apply gives the last hidden state [batch, hidden] alone, as a classifier of sequences wants it.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">An extent is below 1.</exception>
    public Gru(int inputs, int hidden, RandomKey key, bool lastOnly = false, DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        LastOnly = lastOnly;
        int sums = 3 * hidden;
        InputWeight = new(() => Initialization.FanInUniform([sums, inputs], hidden, key.At(0), dtype));
        HiddenWeight = new(() => Initialization.FanInUniform([sums, hidden], hidden, key.At(1), dtype));
        InputBias = new(() => Initialization.FanInUniform([sums], hidden, key.At(2), dtype));
        HiddenBias = new(() => Initialization.FanInUniform([sums], hidden, key.At(3), dtype));
    }

    /// <summary>Wᵢ: [3 hidden, inputs].</summary>
    [StoredName("weight_ih_l0")]
    public Parameter InputWeight { get; }

    /// <summary>Wₕ: [3 hidden, hidden].</summary>
    [StoredName("weight_hh_l0")]
    public Parameter HiddenWeight { get; }

    /// <summary>bᵢ: [3 hidden].</summary>
    [StoredName("bias_ih_l0")]
    public Parameter InputBias { get; }

    /// <summary>bₕ: [3 hidden].</summary>
    [StoredName("bias_hh_l0")]
    public Parameter HiddenBias { get; }

    /// <summary>Whether Apply gives the last hidden state alone.</summary>
    public bool LastOnly { get; }

    /// <inheritdoc/>
    public override string Summary => $"Gru {InputWeight.Shape[1]} → {HiddenWeight.Shape[1]}{(LastOnly ? ", last step" : "")}";

    /// <inheritdoc/>
    /// <returns>[batch, time, hidden], or [batch, hidden] where LastOnly is set.</returns>
    /// <exception cref="ShapeException">x is not [batch, time, inputs] with at least one step.</exception>
    protected override Tensor Forward(Tensor x, Pass pass)
    {
        int inputs = InputWeight.Shape[1];
        if (x.Rank != 3 || x.Shape[1] == 0 || x.Shape[2] != inputs)
        {
            throw new ShapeException($"{Summary} needs [batch, time, {inputs}] with at least one step, got {x.Shape}; "
                + "Reshape images of one channel to [batch, rows, columns]");
        }
        // The input's part of all steps in one product, time outermost, so that each step's part lies in one piece.
        Tensor drive = x.Transpose(0, 1).MatMul(InputWeight.Value, transposeRight: true);                      // [time, batch, 3 hidden]
        Tensor states = drive.GruStates(InputBias.Value, HiddenBias.Value, HiddenWeight.Value, LastOnly);
        return LastOnly ? states : states.Transpose(0, 1);                                                     // [batch, (time,) hidden]
    }
}
