using System.Collections.Immutable;

namespace Nabla;

/// <summary>What <see cref="Operation.Backward"/> may look at: one application of the operation.</summary>
public readonly struct Application
{
    private readonly ulong wanted;

    internal Application(ImmutableArray<Tensor> inputs, Tensor output, ulong wanted)
    {
        Inputs = inputs;
        Output = output;
        this.wanted = wanted;
    }

    /// <summary>What the operation was applied to.</summary>
    public ImmutableArray<Tensor> Inputs { get; }

    /// <summary>What came out.</summary>
    public Tensor Output { get; }

    /// <summary>Whether anybody asks for the gradient of an input; if not, null is the answer and the work is saved.</summary>
    public bool Wants(int input) => input >= 64 || (wanted >> input & 1) != 0;
}
