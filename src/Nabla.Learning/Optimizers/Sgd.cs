using System.Collections.Immutable;

namespace Nabla;

/// <summary>Gradient descent, with momentum if wanted: v ← momentum · v + (1 − dampening) · g, w ← w − learning rate · v.</summary>
/// <remarks>
/// <para>g is the gradient + WeightDecay · w. At the first step v is g, undampened. With Nesterov, w moves by g + momentum · v instead of v.</para>
/// <para>H. Robbins, S. Monro, <i>A stochastic approximation method</i>, 1951; B. T. Polyak, <i>Some methods of speeding up the convergence of
/// iteration
/// methods</i>, 1964; the Nesterov form as in I. Sutskever et al., <i>On the importance of initialization and momentum in deep learning</i>, ICML
/// 2013,
/// in the variables that PyTorch uses.</para>
/// </remarks>
public sealed record Sgd : UpdateRule
{
    /// <summary>A rule of gradient descent.</summary>
    /// <param name="momentum">In [0, 1); 0 is plain gradient descent.</param>
    /// <param name="nesterov">Whether to look ahead; needs a momentum above 0 and no dampening.</param>
    /// <param name="weightDecay">How much of the value is added to its gradient, at least 0.</param>
    /// <param name="dampening">How much of the gradient is held back from the momentum, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="ArgumentException">Nesterov without momentum or with dampening.</exception>
    public Sgd(double momentum = 0, bool nesterov = false, double weightDecay = 0, double dampening = 0)
    {
        Momentum = Fraction(momentum, nameof(momentum));
        Nesterov = nesterov;
        WeightDecay = NotNegative(weightDecay, nameof(weightDecay));
        Dampening = Fraction(dampening, nameof(dampening));
        if (nesterov && (momentum == 0 || dampening != 0))
        {
            throw new ArgumentException(
                $"Nesterov needs a momentum above 0 and a dampening of 0, got {momentum} and {dampening}; give a momentum, 0.9 say",
                nameof(nesterov));
        }
    }

    /// <summary>How much of the last movement goes on.</summary>
    public double Momentum { get; }

    /// <summary>Whether the gradient is taken ahead of the movement.</summary>
    public bool Nesterov { get; }

    /// <summary>How much of the value is added to its gradient.</summary>
    public double WeightDecay { get; }

    /// <summary>How much of the gradient is held back from the momentum.</summary>
    public double Dampening { get; }

    /// <inheritdoc/>
    public override ImmutableArray<string> StateNames => Momentum == 0 ? [] : ["velocity"];

    /// <inheritdoc/>
    public override ImmutableArray<Tensor> Factors(Tensor learningRate, Tensor step)
    {
        if (Momentum == 0 || Dampening == 0) return [learningRate];
        Tensor isFirst = step.Equal(Tensor.Constant(1, step));
        return [learningRate, isFirst.Where(Tensor.Constant(1, step), Tensor.Constant(1 - Dampening, step))];
    }

    /// <inheritdoc/>
    public override (Tensor Value, ImmutableArray<Tensor> States) Next(
        Tensor value, Tensor gradient, ImmutableArray<Tensor> states, ImmutableArray<Tensor> factors)
    {
        Tensor slope = Decayed(gradient, value, WeightDecay);
        if (Momentum == 0) return (value - (factors[0] * slope), []);
        Tensor velocity = (Dampening == 0 ? slope : factors[1] * slope).AddScaled(states[0], Momentum);
        Tensor direction = Nesterov ? slope.AddScaled(velocity, Momentum) : velocity;
        return (value - (factors[0] * direction), [velocity]);
    }
}
