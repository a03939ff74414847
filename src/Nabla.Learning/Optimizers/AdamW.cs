using System.Collections.Immutable;

namespace Nabla;

/// <summary>Adam with the decay of weights beside the gradient and not inside it: w ← (1 − learning rate · WeightDecay) w, then a step of
/// <see cref="Adam"/>.</summary>
/// <remarks>I. Loshchilov, F. Hutter, <i>Decoupled weight decay regularization</i>, ICLR 2019, algorithm 2, scaled as in PyTorch.</remarks>
public sealed record AdamW : UpdateRule
{
    /// <summary>The rule, with PyTorch's numbers unless told otherwise.</summary>
    /// <param name="beta1">How much of the mean gradient goes on, in [0, 1).</param>
    /// <param name="beta2">How much of the mean square goes on, in [0, 1).</param>
    /// <param name="epsilon">Keeps the division finite, at least 0.</param>
    /// <param name="weightDecay">The share of the value that a step with a learning rate of 1 takes off, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public AdamW(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01)
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

    /// <summary>The share of the value that a step with a learning rate of 1 takes off.</summary>
    public double WeightDecay { get; }

    /// <inheritdoc/>
    public override ImmutableArray<string> StateNames => Moments.Names;

    /// <inheritdoc/>
    public override ImmutableArray<Tensor> Factors(Tensor learningRate, Tensor step) =>
        [.. new Moments(Beta1, Beta2, Epsilon).Factors(learningRate, step), 1 - (WeightDecay * learningRate)];

    /// <inheritdoc/>
    public override (Tensor Value, ImmutableArray<Tensor> States) Next(
        Tensor value, Tensor gradient, ImmutableArray<Tensor> states, ImmutableArray<Tensor> factors) =>
        new Moments(Beta1, Beta2, Epsilon).Next(factors[^1] * value, gradient, states, factors);
}
