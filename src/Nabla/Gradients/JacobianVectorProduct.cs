namespace Nabla;

/// <summary>J direction: how the outputs change when the input moves that way, exactly and without forming the Jacobian.</summary>
/// <remarks>
/// By differentiating twice: Jᵀu is linear in u, and its derivative along the direction is J direction. J. Townsend, <i>A new trick for calculating
/// Jacobian vector products</i>, 2017.
/// </remarks>
public static class JacobianVectorProduct
{
    /// <summary>dy[outputs…] = Σ ∂y[outputs…] / ∂x[inputs…] · direction[inputs…].</summary>
    /// <param name="function">From x to y, of any shapes.</param>
    /// <param name="x">Where it is taken, Float32 or Float64.</param>
    /// <param name="direction">Of x's spec.</param>
    /// <param name="differentiable">True to give the result a graph of its own, which leads on to x and the direction.</param>
    /// <returns>Of y's spec; zeros where y does not depend on x.</returns>
    /// <exception cref="ArgumentException">The input is not floating.</exception>
    /// <exception cref="ShapeException">The direction does not have x's spec.</exception>
    public static Tensor Of(Func<Tensor, Tensor> function, Tensor x, Tensor direction, bool differentiable = false)
    {
        if (direction.Spec != x.Spec)
            throw new ShapeException($"{nameof(JacobianVectorProduct)} needs a direction of the input's spec {x.Spec}, got {direction.Spec}");
        using NoGradient.Suspension recording = NoGradient.Suspend();
        Tensor place = Derivative.Place(x, nameof(JacobianVectorProduct)), y = function(place);
        if (y.IsConstant) return Tensor.Zeros(y.Shape, y.DType);
        Tensor upstream = Tensor.Zeros(y.Shape, y.DType);
        Tensor downstream = Derivative.Of(y.Backward([place], upstream, differentiable: true), place);
        if (downstream.IsConstant) return Tensor.Zeros(y.Shape, y.DType);
        return Derivative.Of(downstream.Backward([upstream], direction, differentiable), upstream);
    }
}
