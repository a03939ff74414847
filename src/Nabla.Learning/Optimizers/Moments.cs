using System.Collections.Immutable;

namespace Nabla;

/// <summary>What Adam and AdamW share: running means of the gradient and of its square, and the step that follows from them.</summary>
internal readonly record struct Moments(double Beta1, double Beta2, double Epsilon)
{
    public static ImmutableArray<string> Names => ["first_moment", "second_moment"];

    // m̂ / (√v̂ + ε) = m · (√c / (1 − β₁ᵗ)) / (√v + ε √c) with c = 1 − β₂ᵗ: the corrections move into two scalars, so that no pass over
    // the parameters is spent on them.
    public ImmutableArray<Tensor> Factors(Tensor learningRate, Tensor step)
    {
        Tensor root = (1 - Tensor.Constant(Beta2, step).Power(step)).Sqrt();
        Tensor first = 1 - Tensor.Constant(Beta1, step).Power(step);
        return [learningRate * root / first, Epsilon * root];
    }

    public (Tensor Value, ImmutableArray<Tensor> States) Next(
        Tensor value, Tensor gradient, ImmutableArray<Tensor> states, ImmutableArray<Tensor> factors)
    {
        Tensor first = states[0].Blend(gradient, Beta1), second = states[1].BlendSquare(gradient, Beta2);
        return (value - (factors[0] * first / second.RootPlus(factors[1])), [first, second]);
    }
}
