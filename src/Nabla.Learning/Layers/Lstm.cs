namespace Nabla;

/// <summary>A recurrent layer with a memory: cₜ = f cₜ₋₁ + i g and hₜ = o tanh(cₜ), from h₋₁ = c₋₁ = 0.</summary>
/// <remarks>
/// i, f, o = σ(sum) and g = tanh(sum), where the sums xₜ Wᵢᵀ + bᵢ + hₜ₋₁ Wₕᵀ + bₕ stand in the order i, f, g, o.
/// x: [batch, time, inputs]   Wᵢ: [4 hidden, inputs]   Wₕ: [4 hidden, hidden]   bᵢ, bₕ: [4 hidden]   h: [batch, time, hidden], or the last step alone.
/// The weights lie and are stored as those of PyTorch's LSTM with one layer and batch_first. All begin as U(−1/√hidden, 1/√hidden).
/// S. Hochreiter, J. Schmidhuber, <i>Long short-term memory</i>, Neural Computation 9, 1997.
/// </remarks>
public sealed class Lstm : Module
{
    /// <summary>A layer with random weights.</summary>
    /// <param name="inputs">The innermost extent of what goes in, at least 1.</param>
    /// <param name="hidden">How many hidden units, at least 1.</param>
    /// <param name="key">The weights depend on it alone.</param>
    /// <param name="lastOnly">Whether Apply gives the last hidden state [batch, hidden] alone, as a classifier of sequences wants it.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">An extent is below 1.</exception>
    public Lstm(int inputs, int hidden, RandomKey key, bool lastOnly = false, DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        LastOnly = lastOnly;
        int sums = 4 * hidden;
        InputWeight = new(() => Initialization.FanInUniform([sums, inputs], hidden, key.At(0), dtype));
        HiddenWeight = new(() => Initialization.FanInUniform([sums, hidden], hidden, key.At(1), dtype));
        InputBias = new(() => Initialization.FanInUniform([sums], hidden, key.At(2), dtype));
        HiddenBias = new(() => Initialization.FanInUniform([sums], hidden, key.At(3), dtype));
    }

    /// <summary>Wᵢ: [4 hidden, inputs].</summary>
    [StoredName("weight_ih_l0")]
    public Parameter InputWeight { get; }

    /// <summary>Wₕ: [4 hidden, hidden].</summary>
    [StoredName("weight_hh_l0")]
    public Parameter HiddenWeight { get; }

    /// <summary>bᵢ: [4 hidden].</summary>
    [StoredName("bias_ih_l0")]
    public Parameter InputBias { get; }

    /// <summary>bₕ: [4 hidden].</summary>
    [StoredName("bias_hh_l0")]
    public Parameter HiddenBias { get; }

    /// <summary>Whether Apply gives the last hidden state alone.</summary>
    public bool LastOnly { get; }

    /// <inheritdoc/>
    public override string Summary => $"Lstm {InputWeight.Shape[1]} → {HiddenWeight.Shape[1]}{(LastOnly ? ", last step" : "")}";

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
        Tensor drive = x.Transpose(0, 1).MatMul(InputWeight.Value, transposeRight: true);                      // [time, batch, 4 hidden]
        Tensor states = drive.LstmStates(InputBias.Value, HiddenBias.Value, HiddenWeight.Value, LastOnly);
        return LastOnly ? states : states.Transpose(0, 1);                                                     // [batch, (time,) hidden]
    }
}
