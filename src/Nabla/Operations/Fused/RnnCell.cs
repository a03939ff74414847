using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>h = tanh(sum). Kept: h.</summary>
internal sealed record RnnCell : RecurrentCell
{
    public override int Gates => 1;

    public override int Kept => 1;

    public override (Tensor State, Tensor? Carry) Step(Tensor fromInput, Tensor fromHidden, Tensor? state, Tensor? carry) =>
        ((fromInput + fromHidden).Tanh(), null);

    public override unsafe void Begin<T>(int rows, int hidden, T* drive, T* inputBias, T* hiddenBias, T* kept)
    {
        for (int row = 0; row < rows; row++, drive += hidden, kept += hidden)
            GateKernel<T>.AddThree(drive, inputBias, hiddenBias, kept, hidden);
    }

    public override unsafe void Finish<T>(int rows, int hidden, T* kept, T* before) => ElementwiseKernel.Tile(new Tanh(), kept, 1, kept, rows * hidden);

    public override unsafe void Back<T>(int rows, int hidden, T* kept, T* before, T* upstream, T* carry, T* gradient) =>
        GateKernel<T>.TanhBack(upstream, kept, gradient, rows * hidden);
}
