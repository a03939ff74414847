namespace Nabla;

/// <summary>Keeps gradients from throwing the parameters far away.</summary>
public static class GradientClipping
{
    extension(Gradients gradients)
    {
        /// <summary>The length of all gradients as one vector, √Σ g²: a Float64 scalar.</summary>
        public Tensor Norm()
        {
            ArgumentNullException.ThrowIfNull(gradients);
            using NoGradient.Section section = NoGradient.Begin();
            Tensor total = Tensor.Zeros(Shape.Scalar, DType.Float64);
            // In the order in which the tensors were made, so that the sum rounds alike in every run.
            foreach (Tensor tensor in gradients.Tensors.OrderBy(tensor => tensor.Id))
                total += gradients[tensor].Square().Sum().Cast(DType.Float64);
            return total.Sqrt();
        }

        /// <summary>The gradients, all scaled by one factor so that their norm is at most a limit; where it is already, they stay as they
        /// are.</summary>
        /// <param name="limit">The largest norm, above 0.</param>
        /// <remarks>
        /// The factor is min(1, limit / (norm + 10⁻⁶)), as PyTorch's. R. Pascanu, T. Mikolov, Y. Bengio, <i>On the difficulty of training recurrent
        /// neural
        /// networks</i>, ICML 2013, algorithm 1.
        /// </remarks>
        /// <exception cref="ArgumentOutOfRangeException">The limit is not above 0.</exception>
        public Gradients ClipByNorm(double limit)
        {
            if (!(limit > 0)) throw new ArgumentOutOfRangeException(nameof(limit), limit, $"a norm's limit needs to be above 0, got {limit}");
            using NoGradient.Section section = NoGradient.Begin();
            Tensor norm = gradients.Norm();
            Tensor factor = (limit / (norm + 1e-6)).Minimum(Tensor.Constant(1, norm));
            return gradients.Map(gradient => gradient * factor.Cast(gradient.DType));
        }
    }
}
