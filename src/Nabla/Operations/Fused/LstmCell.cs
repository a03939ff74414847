using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>c = f c₋₁ + i g, h = o tanh(c), from the gates' sums in the order i, f, g, o. Kept: i, f, g, o, c, h.</summary>
internal sealed record LstmCell : RecurrentCell
{
    public override int Gates => 4;

    public override int Kept => 6;

    public override (Tensor State, Tensor? Carry) Step(Tensor fromInput, Tensor fromHidden, Tensor? state, Tensor? carry)
    {
        Tensor sums = fromInput + fromHidden;                                                            // [batch, 4 hidden]
        Tensor enter = Gate(sums, 0, 4).Sigmoid(), forget = Gate(sums, 1, 4).Sigmoid();                  // each [batch, hidden]
        Tensor fresh = Gate(sums, 2, 4).Tanh(), leave = Gate(sums, 3, 4).Sigmoid();
        Tensor next = carry is null ? enter * fresh : (forget * carry) + (enter * fresh);
        return (leave * next.Tanh(), next);
    }

    public override unsafe void Begin<T>(int rows, int hidden, T* drive, T* inputBias, T* hiddenBias, T* kept)
    {
        for (int row = 0; row < rows; row++, drive += 4 * hidden, kept += 6 * hidden)
            GateKernel<T>.AddThree(drive, inputBias, hiddenBias, kept, 4 * hidden);
    }

    public override unsafe void Finish<T>(int rows, int hidden, T* kept, T* before)
    {
        for (int row = 0; row < rows; row++, kept += 6 * hidden)
        {
            GateKernel<T>.LstmForward(kept, before is null ? null : before + (4 * hidden), hidden);
            if (before is not null) before += 6 * hidden;
        }
    }

    public override unsafe void Back<T>(int rows, int hidden, T* kept, T* before, T* upstream, T* carry, T* gradient)
    {
        for (int row = 0; row < rows; row++, kept += 6 * hidden, upstream += hidden, carry += hidden, gradient += 4 * hidden)
        {
            GateKernel<T>.LstmBack(kept, before is null ? null : before + (4 * hidden), upstream, carry, gradient, hidden);
            if (before is not null) before += 6 * hidden;
        }
    }
}
