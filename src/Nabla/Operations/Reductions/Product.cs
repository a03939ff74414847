namespace Nabla;

/// <summary>The product over some axes, as a function of multiplications.</summary>
public static class ProductExtensions
{
    extension(Tensor x)
    {
        /// <summary>The product over some axes; 1 over no elements. Whole numbers wrap around.</summary>
        /// <param name="axes">Which; all of them if none are named. Negative ones count from the innermost.</param>
        /// <param name="keepAxes">Whether the folded axes stay, with extent 1.</param>
        /// <exception cref="ShapeException">An axis is out of range or named twice.</exception>
        /// <remarks>
        /// A tree of multiplications, halves with halves, of logarithmic depth. No division by elements: gradients of any order are right where some
        /// are 0.
        /// </remarks>
        public Tensor Product(Axes axes = default, bool keepAxes = false)
        {
            Axes folded = axes.Normalize(x.Shape, nameof(Product));
            Tensor product = x;
            foreach (int axis in folded) product = product.ProductAlong(axis);
            return keepAxes || folded.Count == 0 ? product : product.Squeeze(folded);
        }

        private Tensor ProductAlong(int axis)
        {
            if (x.Shape[axis] == 0) return Tensor.Ones(x.Shape.With(axis, 1), x.DType).Detach();
            Tensor product = x;
            Tensor? odd = null;
            while (product.Shape[axis] is > 1 and int extent)
            {
                int half = extent / 2;
                // An odd one out waits at the side until the end.
                if (extent % 2 == 1)
                {
                    Tensor last = product.SliceAxis(axis, extent - 1, 1, 1);
                    odd = odd is null ? last : odd * last;
                }
                product = product.SliceAxis(axis, 0, 1, half) * product.SliceAxis(axis, half, 1, half);
            }
            return odd is null ? product : product * odd;
        }
    }
}
