using System.Numerics;

namespace Nabla.Operations;

/// <summary>What a recurrent layer does at one step: from the sums of its gates and the state before to the state after.</summary>
/// <remarks>
/// The sums of a step are drive + input bias + hidden bias + (state before) · weightᵀ. The kernel keeps some numbers a hidden unit for the way back,
/// in columns of <c>hidden</c> each: first those in which the product with the weight is added up, last the hidden state. Rows lie one after the other.
/// </remarks>
internal abstract record RecurrentCell
{
    /// <summary>Sums a hidden unit: the rows of the weight are Gates · hidden.</summary>
    public abstract int Gates { get; }

    /// <summary>Numbers kept a hidden unit, the hidden state last.</summary>
    public abstract int Kept { get; }

    /// <summary>Whether the state before enters the state after by another way than the weight.</summary>
    public virtual bool PassesState => false;

    /// <summary>Whether the gradient of the sums' hidden part differs from that of their input part.</summary>
    public virtual bool HasOwnHiddenGradient => false;

    /// <summary>One step in tensor operations. fromInput, fromHidden: [batch, Gates · hidden]; state and carry are null before the first step.</summary>
    /// <returns>The hidden state and what else is carried on.</returns>
    public abstract (Tensor State, Tensor? Carry) Step(Tensor fromInput, Tensor fromHidden, Tensor? state, Tensor? carry);

    /// <summary>Writes what the product is added to into the kept columns.</summary>
    public abstract unsafe void Begin<T>(int rows, int hidden, T* drive, T* inputBias, T* hiddenBias, T* kept)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>From the sums in the kept columns to all that is kept; before is null at the first step.</summary>
    public abstract unsafe void Finish<T>(int rows, int hidden, T* kept, T* before)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>
    /// The gradient of the sums' input part from that of the state. Where <see cref="PassesState"/>, upstream becomes the part that goes to the state
    /// before by itself; carry goes from the gradient of what is carried on to that of what was carried here.
    /// </summary>
    public abstract unsafe void Back<T>(int rows, int hidden, T* kept, T* before, T* upstream, T* carry, T* gradient)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The gradient of the sums' hidden part from that of their input part; called only where they differ.</summary>
    public virtual unsafe void Hide<T>(int rows, int hidden, T* kept, T* gradient, T* hiddenGradient)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        throw new InvalidOperationException($"{this} has one gradient for both parts");

    /// <summary>All steps in tensor operations. drive: [time, batch, Gates · hidden].</summary>
    /// <returns>[time, batch, hidden], or the last step alone.</returns>
    public Tensor Unrolled(Tensor drive, Tensor inputBias, Tensor hiddenBias, Tensor weight, bool lastOnly)
    {
        int time = drive.Shape[0], batch = drive.Shape[1], sums = drive.Shape[2];
        Tensor? state = null, carry = null;
        Tensor[] states = new Tensor[time];
        for (int t = 0; t < time; t++)
        {
            Tensor fromInput = drive.Slice(0, t, t + 1).Reshape([batch, sums]) + inputBias;
            Tensor fromHidden = state is null ? hiddenBias.Expand([batch, sums]) : state.MatMul(weight, transposeRight: true) + hiddenBias;
            (state, carry) = Step(fromInput, fromHidden, state, carry);
            states[t] = state;
        }
        return lastOnly ? states[^1] : Tensor.Stack(states, axis: 0);
    }

    /// <summary>The columns of one gate.</summary>
    private protected static Tensor Gate(Tensor sums, int index, int gates)
    {
        int hidden = sums.Shape[1] / gates;
        return sums.Slice(1, index * hidden, (index + 1) * hidden);
    }
}
