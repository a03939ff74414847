using Nabla.Operations;

namespace Nabla;

/// <summary>Holds backpropagation against central differences: do the gradients say what really happens when the inputs move?</summary>
/// <remarks>
/// <para>The function is taken in Float64 and contracted with a random upstream gradient, so that a gradient that is merely transposed or summed
/// wrongly does not pass. Each input is moved along a random direction v; (L(x + hv) − L(x − hv)) / 2h is compared with ⟨gradient, v⟩.</para>
/// <para>Kinks (ReLU at 0, ties of a maximum) have no derivative; keep the inputs away from them.</para>
/// </remarks>
public static class GradientCheck
{
    /// <summary>The largest relative error over the inputs, |analytic − numeric| / max(1, |analytic|, |numeric|): about 1e-9 when all is well.</summary>
    /// <param name="function">From the inputs to one result of any shape, Float64.</param>
    /// <param name="inputs">Where it is checked, Float64; constants and whole-number inputs are passed on unmoved.</param>
    /// <param name="order">1 checks the gradient, 2 the gradient of the squared gradient, and so on.</param>
    /// <param name="seed">Of the random upstream gradient and directions.</param>
    /// <param name="step">h, how far each input is moved along its direction, whose elements lie in −1 to 1.</param>
    /// <exception cref="ArgumentException">A floating input or the result is not Float64: in Float32 the difference drowns in rounding.</exception>
    public static double Of(Func<Tensor[], Tensor> function, Tensor[] inputs, int order = 1, ulong seed = 1, double step = 1e-5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        foreach (Tensor input in inputs)
            if (input.DType == DType.Float32) throw new ArgumentException($"a gradient check needs Float64, got {input.Describe()}; Cast it");
        // A tensor given twice moves in one place at a time, so each place gets a tensor of its own.
        inputs = [.. inputs.Select((input, k) =>
            Array.IndexOf(inputs, input) < k && !input.IsConstant ? Tensor.From(input.AsSpan<double>(), input.Shape) : input)];
        Func<Tensor[], Tensor> scalar = Contracted(function, seed);
        for (int level = 1; level < order; level++) scalar = SquaredGradient(scalar);
        return WorstError(scalar, inputs, seed, step);
    }

    private static Func<Tensor[], Tensor> Contracted(Func<Tensor[], Tensor> function, ulong seed) => x =>
    {
        Tensor result = function(x);
        if (result.DType != DType.Float64) throw new ArgumentException($"a gradient check needs a Float64 result, got {result.Describe()}");
        return (result * RandomLike(result, seed, stream: 0)).Sum();
    };

    private static Func<Tensor[], Tensor> SquaredGradient(Func<Tensor[], Tensor> scalar) => x =>
    {
        Tensor below = scalar(x);
        Tensor total = Tensor.Constant(0, below);
        if (below.IsConstant) return total;
        Gradients gradients = below.Backward(x, differentiable: true);
        foreach (Tensor input in x)
            if (gradients.TryGet(input, out Tensor? gradient)) total += (gradient * gradient).Sum();
        return total;
    };

    private static double WorstError(Func<Tensor[], Tensor> scalar, Tensor[] inputs, ulong seed, double step)
    {
        Tensor value = scalar(inputs);
        Gradients? gradients = value.IsConstant ? null : value.Backward(inputs);
        double worst = 0;
        for (int k = 0; k < inputs.Length; k++)
        {
            Tensor input = inputs[k];
            if (input.IsConstant) continue;
            Tensor direction = RandomLike(input, seed, stream: (ulong)k + 1);
            double analytic = gradients is not null && gradients.TryGet(input, out Tensor? gradient) ? (gradient * direction).Sum().Item() : 0;
            double numeric = (At(step) - At(-step)) / (2 * step);
            double error = Math.Abs(analytic - numeric) / Math.Max(1, Math.Max(Math.Abs(analytic), Math.Abs(numeric)));
            worst = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(worst, error);

            double At(double distance)
            {
                Tensor[] moved = [.. inputs];
                moved[k] = Tensor.From(
                    [.. input.AsSpan<double>().ToArray().Zip(direction.AsSpan<double>().ToArray(), (x, v) => x + (distance * v))], input.Shape);
                return scalar(moved).Item();
            }
        }
        return worst;
    }

    private static Tensor RandomLike(Tensor like, ulong seed, ulong stream)
    {
        double[] values = new double[like.Count];
        ulong key = Philox.Derive(seed, stream);
        for (int i = 0; i < values.Length; i++)
        {
            (uint a, uint b, _, _) = Philox.Words(key, (ulong)i);
            values[i] = (2 * Philox.ToUnitDouble(a, b)) - 1;
        }
        return Tensor.From<double>(values, like.Shape).Detach();
    }
}
