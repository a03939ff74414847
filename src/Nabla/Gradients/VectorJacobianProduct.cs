namespace Nabla;

/// <summary>upstreamᵀ J: what one backward pass computes, without forming the Jacobian.</summary>
public static class VectorJacobianProduct
{
    /// <summary>downstream[inputs…] = Σ upstream[outputs…] ∂y[outputs…] / ∂x[inputs…].</summary>
    /// <param name="function">From x to y, of any shapes.</param>
    /// <param name="x">Where it is taken, Float32 or Float64.</param>
    /// <param name="upstream">Of y's spec.</param>
    /// <param name="differentiable">True to give the result a graph of its own, which leads on to x and the upstream gradient.</param>
    /// <returns>Of x's spec; zeros where y does not depend on x.</returns>
    /// <exception cref="ArgumentException">The input is not floating.</exception>
    /// <exception cref="ShapeException">The upstream gradient does not have y's spec.</exception>
    public static Tensor Of(Func<Tensor, Tensor> function, Tensor x, Tensor upstream, bool differentiable = false)
    {
        using NoGradient.Suspension recording = NoGradient.Suspend();
        Tensor place = Derivative.Place(x, nameof(VectorJacobianProduct)), y = function(place);
        if (upstream.Spec != y.Spec)
            throw new ShapeException($"{nameof(VectorJacobianProduct)} needs an upstream gradient of the result's spec {y.Spec}, got {upstream.Spec}");
        return y.IsConstant ? Tensor.Zeros(x.Shape, x.DType) : Derivative.Of(y.Backward([place], upstream, differentiable), place);
    }
}
