using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>h = (1 − z) n + z h₋₁ with n = tanh(input + r · hidden), from the gates' sums in the order r, z, n. Kept: r, z, the hidden part of n, n, h.</summary>
internal sealed record GruCell : RecurrentCell
{
    public override int Gates => 3;

    public override int Kept => 5;

    public override bool PassesState => true;

    public override bool HasOwnHiddenGradient => true;

    public override (Tensor State, Tensor? Carry) Step(Tensor fromInput, Tensor fromHidden, Tensor? state, Tensor? carry)
    {
        Tensor reset = (Gate(fromInput, 0, 3) + Gate(fromHidden, 0, 3)).Sigmoid();                       // each [batch, hidden]
        Tensor keep = (Gate(fromInput, 1, 3) + Gate(fromHidden, 1, 3)).Sigmoid();
        Tensor fresh = (Gate(fromInput, 2, 3) + (reset * Gate(fromHidden, 2, 3))).Tanh();
        Tensor next = (1 - keep) * fresh;
        return (state is null ? next : next + (keep * state), null);
    }

    public override unsafe void Begin<T>(int rows, int hidden, T* drive, T* inputBias, T* hiddenBias, T* kept)
    {
        for (int row = 0; row < rows; row++, drive += 3 * hidden, kept += 5 * hidden)
        {
            GateKernel<T>.AddThree(drive, inputBias, hiddenBias, kept, 2 * hidden);
            new Span<T>(hiddenBias + (2 * hidden), hidden).CopyTo(new(kept + (2 * hidden), hidden));
            ElementwiseKernel.Tile(new Add(), drive + (2 * hidden), 1, inputBias + (2 * hidden), 1, kept + (3 * hidden), hidden);
        }
    }

    public override unsafe void Finish<T>(int rows, int hidden, T* kept, T* before)
    {
        for (int row = 0; row < rows; row++, kept += 5 * hidden)
        {
            GateKernel<T>.GruForward(kept, before is null ? null : before + (4 * hidden), hidden);
            if (before is not null) before += 5 * hidden;
        }
    }

    public override unsafe void Back<T>(int rows, int hidden, T* kept, T* before, T* upstream, T* carry, T* gradient)
    {
        for (int row = 0; row < rows; row++, kept += 5 * hidden, upstream += hidden, gradient += 3 * hidden)
        {
            GateKernel<T>.GruBack(kept, before is null ? null : before + (4 * hidden), upstream, gradient, hidden);
            if (before is not null) before += 5 * hidden;
        }
    }

    public override unsafe void Hide<T>(int rows, int hidden, T* kept, T* gradient, T* hiddenGradient)
    {
        for (int row = 0; row < rows; row++, kept += 5 * hidden, gradient += 3 * hidden, hiddenGradient += 3 * hidden)
        {
            new Span<T>(gradient, 2 * hidden).CopyTo(new(hiddenGradient, 2 * hidden));
            ElementwiseKernel.Tile(new Multiply(), gradient + (2 * hidden), 1, kept, 1, hiddenGradient + (2 * hidden), hidden);
        }
    }
}
