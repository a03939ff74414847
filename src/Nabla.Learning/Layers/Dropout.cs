namespace Nabla;

/// <summary>While training, sets each element to 0 with a chance of Rate and multiplies the others by 1 / (1 − Rate); else passes on what it
/// gets.</summary>
/// <remarks>
/// Draws from the next stream of the pass's key. N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, <i>Dropout: a simple way to
/// prevent neural networks from overfitting</i>, JMLR 15, 2014; scaled while training, so that an evaluation needs no change.
/// </remarks>
public sealed class Dropout : Module
{
    /// <summary>A layer that drops elements.</summary>
    /// <param name="rate">The chance of an element to be dropped, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public Dropout(double rate)
    {
        if (rate is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, $"Dropout needs a rate in [0, 1), got {rate}");
        Rate = rate;
    }

    /// <summary>The chance of an element to be dropped.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override string Summary => $"Dropout {Rate}";

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x, Pass pass) => pass.IsTraining && Rate > 0 ? x.Dropout(Rate, pass.NextKey()) : x;
}
