namespace Nabla;

/// <summary>Backpropagation, as a method of the tensor that is differentiated.</summary>
public static class BackwardExtensions
{
    extension(Tensor result)
    {
        /// <summary>The gradients of a scalar with respect to every leaf it depends on, by the chain rule: downstream = local × upstream.</summary>
        /// <param name="upstream">The gradient that enters here; ones if null, and then the tensor must have one element. With one it is a vector-Jacobian product.</param>
        /// <param name="differentiable">True to give the gradients a graph of their own, so that they can be differentiated again.</param>
        /// <exception cref="ShapeException">More than one element and no upstream gradient, or one of another spec.</exception>
        /// <exception cref="InvalidOperationException">Nothing here has a gradient, or a cell was assigned since the forward pass.</exception>
        public Gradients Backward(Tensor? upstream = null, bool differentiable = false) =>
            Backpropagation.Run(result, upstream, [], differentiable);

        /// <summary>The gradients with respect to these tensors alone, leaves or not; only the paths that lead to them are walked.</summary>
        /// <param name="wanted">What to differentiate by.</param>
        /// <param name="upstream">The gradient that enters here; ones if null, and then the tensor must have one element.</param>
        /// <param name="differentiable">True to give the gradients a graph of their own.</param>
        /// <exception cref="ShapeException">More than one element and no upstream gradient, or one of another spec.</exception>
        /// <exception cref="InvalidOperationException">Nothing here has a gradient, or a cell was assigned since the forward pass.</exception>
        public Gradients Backward(ReadOnlySpan<Tensor> wanted, Tensor? upstream = null, bool differentiable = false) =>
            Backpropagation.Run(result, upstream, wanted, differentiable);
    }
}
