namespace Nabla;

/// <summary>All second derivatives of a scalar function: the Jacobian of its gradient.</summary>
public static class Hessian
{
    /// <summary>H[i…, j…] = ∂²L / ∂x[i…] ∂x[j…]; symmetric where the second derivatives are continuous.</summary>
    /// <param name="function">From x to one number.</param>
    /// <param name="x">Where it is taken, Float32 or Float64; at most half of <see cref="Shape.MaxRank"/> axes.</param>
    /// <param name="differentiable">True to give the result a graph of its own, which leads on to <paramref name="x"/>.</param>
    /// <returns>The input's axes twice.</returns>
    /// <exception cref="ArgumentException">The input is not floating.</exception>
    /// <exception cref="ShapeException">The function gives more than one element, or the input has too many axes.</exception>
    public static Tensor Of(Func<Tensor, Tensor> function, Tensor x, bool differentiable = false)
    {
        return Jacobian.Of(Gradient, x, differentiable);

        Tensor Gradient(Tensor place)
        {
            Tensor value = function(place);
            if (value.Count != 1)
                throw new ShapeException($"Hessian needs a function with one number as its result, got {value.Describe()}; Sum it, or take its Jacobian twice");
            if (value.IsConstant) return Tensor.Zeros(place.Shape, place.DType).Detach();
            return Derivative.Of(value.Backward([place], Ones(value), differentiable: true), place);
        }

        static Tensor Ones(Tensor value) => Tensor.Ones(value.Shape, value.DType).Detach();
    }
}
