namespace Nabla;

/// <summary>All local gradients of a function at once: how each output changes with each input.</summary>
/// <remarks>
/// <para>Row = output: for y = f(x), vectors of M and N elements, J is [M, N] with J[m, n] = ∂yₘ/∂xₙ, so that dy = J dx. Lectures on
/// backpropagation often write its transpose, ∂y/∂x as [N, M] with (∂y/∂x)[n, m] = ∂yₘ/∂xₙ, so that downstream = ∂y/∂x · upstream; here that is
/// downstream = Jᵀ upstream.</para>
/// <para>One backward pass an output. Backpropagation itself never forms it: for one scalar at the end a product with it is enough,
/// <see cref="VectorJacobianProduct"/>.</para>
/// </remarks>
public static class Jacobian
{
    /// <summary>J[outputs…, inputs…] = ∂y[outputs…] / ∂x[inputs…].</summary>
    /// <param name="function">From x to y, of any shapes.</param>
    /// <param name="x">Where it is taken, Float32 or Float64.</param>
    /// <param name="differentiable">True to give the result a graph of its own, which leads on to <paramref name="x"/>.</param>
    /// <returns>The output's axes, then the input's; zeros where an output does not depend on an input.</returns>
    /// <exception cref="ArgumentException">The input is not floating.</exception>
    /// <exception cref="ShapeException">Output and input have more than <see cref="Shape.MaxRank"/> axes together.</exception>
    public static Tensor Of(Func<Tensor, Tensor> function, Tensor x, bool differentiable = false)
    {
        using NoGradient.Suspension recording = NoGradient.Suspend();
        Tensor place = Derivative.Place(x, nameof(Jacobian)), y = function(place);
        Shape shape = Shape.Create([.. y.Shape, .. x.Shape]);
        if (y.IsConstant || y.Count == 0) return Tensor.Zeros(shape, x.DType);
        Tensor identity = Tensor.Identity(y.Count, y.DType).Detach();
        Tensor[] rows = new Tensor[y.Count];
        for (int m = 0; m < rows.Length; m++)
        {
            Gradients gradients = y.Backward([place], identity[m].Reshape(y.Shape), differentiable);
            rows[m] = Derivative.Of(gradients, place).Reshape([1, x.Count]);
        }
        return Tensor.Concatenate(rows).Reshape(shape);
    }
}
