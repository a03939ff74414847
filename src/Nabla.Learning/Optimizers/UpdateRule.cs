using System.Collections.Immutable;

namespace Nabla;

/// <summary>How a parameter follows its gradient: an immutable rule, said in tensor operations, so that it runs eagerly and inside a traced step
/// alike.</summary>
/// <remarks>A rule has no state of its own. What it remembers from step to step it names, and the <see cref="Optimizer"/> keeps for each
/// parameter.</remarks>
public abstract record UpdateRule
{
    /// <summary>What is remembered for each parameter, in order; each begins as zeros of the parameter's spec. Lower snake case, for files.</summary>
    public virtual ImmutableArray<string> StateNames => [];

    /// <summary>Scalars that one step shares between all parameters: learning rate, bias corrections, what is made of them.</summary>
    /// <param name="learningRate">A Float64 scalar.</param>
    /// <param name="step">The number of this step as a Float64 scalar: 1 for the first.</param>
    /// <returns>Float64 scalars; <see cref="Next"/> gets them in each parameter's element type.</returns>
    public virtual ImmutableArray<Tensor> Factors(Tensor learningRate, Tensor step) => [learningRate];

    /// <summary>The new value of a parameter, and what is to be remembered of it.</summary>
    /// <param name="value">The value now.</param>
    /// <param name="gradient">The gradient of the loss at that value.</param>
    /// <param name="states">What was remembered, in the order of <see cref="StateNames"/>.</param>
    /// <param name="factors">What <see cref="Factors"/> gave, as scalars of the parameter's element type.</param>
    /// <returns>The new value, and the new states in the order of <see cref="StateNames"/>.</returns>
    public abstract (Tensor Value, ImmutableArray<Tensor> States) Next(
        Tensor value, Tensor gradient, ImmutableArray<Tensor> states, ImmutableArray<Tensor> factors);

    /// <summary>A share of the value added to the gradient, where there is to be weight decay by the loss's own gradient.</summary>
    private protected static Tensor Decayed(Tensor gradient, Tensor value, double weightDecay) =>
        weightDecay == 0 ? gradient : gradient.AddScaled(value, weightDecay);

    /// <summary>Refuses a number outside [0, 1).</summary>
    private protected static double Fraction(double number, string name) => number is >= 0 and < 1
        ? number
        : throw new ArgumentOutOfRangeException(name, number, $"{name} needs to lie in [0, 1), got {number}");

    /// <summary>Refuses a number below 0 or without end.</summary>
    private protected static double NotNegative(double number, string name) => number >= 0 && double.IsFinite(number)
        ? number
        : throw new ArgumentOutOfRangeException(name, number, $"{name} needs a finite number of at least 0, got {number}");
}
