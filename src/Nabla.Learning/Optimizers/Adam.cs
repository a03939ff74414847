using System.Collections.Immutable;

namespace Nabla;

/// <summary>Steps of about the learning rate, whatever the size of the gradient: w ← w − learning rate · m̂ / (√v̂ + ε).</summary>
/// <remarks>
/// m ← β₁ m + (1 − β₁) g and v ← β₂ v + (1 − β₂) g², with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) at step t. g is the gradient + WeightDecay · w.
/// D. P. Kingma, J. Ba, <i>Adam: a method for stochastic optimization</i>, ICLR 2015, algorithm 1.
/// </remarks>
public sealed record Adam : UpdateRule
{
    /// <summary>The rule, with the paper's numbers unless told otherwise.</summary>
    /// <param name="beta1">How much of the mean gradient goes on, in [0, 1).</param>
    /// <param name="beta2">How much of the mean square goes on, in [0, 1).</param>
    /// <param name="epsilon">Keeps the division finite, at least 0.</param>
    /// <param name="weightDecay">How much of the value is added to its gradient, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public Adam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
    {
        Beta1 = Fraction(beta1, nameof(beta1));
        Beta2 = Fraction(beta2, nameof(beta2));
        Epsilon = NotNegative(epsilon, nameof(epsilon));
        WeightDecay = NotNegative(weightDecay, nameof(weightDecay));
    }

    /// <summary>How much of the mean gradient goes on.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the mean square goes on.</summary>
    public double Beta2 { get; }

    /// <summary>Keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <summary>How much of the value is added to its gradient.</summary>
    public double WeightDecay { get; }

    /// <inheritdoc/>
    public override ImmutableArray<string> StateNames => Moments.Names;

    /// <inheritdoc/>
    public override ImmutableArray<Tensor> Factors(Tensor learningRate, Tensor step) =>
        new Moments(Beta1, Beta2, Epsilon).Factors(learningRate, step);

    /// <inheritdoc/>
    public override (Tensor Value, ImmutableArray<Tensor> States) Next(
        Tensor value, Tensor gradient, ImmutableArray<Tensor> states, ImmutableArray<Tensor> factors) =>
        new Moments(Beta1, Beta2, Epsilon).Next(value, Decayed(gradient, value, WeightDecay), states, factors);
}
