namespace Nabla;

/// <summary>Means, spreads and norms over some axes: functions of <see cref="Operations.Sum"/> and <see cref="Operations.Max"/>.</summary>
public static class StatisticsExtensions
{
    extension(Tensor x)
    {
        /// <summary>The mean over some axes: the sum over how many.</summary>
        /// <param name="axes">Which; all of them if none are named. Negative ones count from the innermost.</param>
        /// <param name="keepAxes">Whether the folded axes stay, with extent 1.</param>
        /// <exception cref="ShapeException">An axis is out of range or named twice, or there is no element along them.</exception>
        /// <exception cref="ArgumentException">The elements are not floating.</exception>
        public Tensor Mean(Axes axes = default, bool keepAxes = false)
        {
            int count = x.FoldCount(axes, nameof(Mean), atLeast: 1);
            return x.Sum(axes, keepAxes) / count;
        }

        /// <summary>Σ (x − mean)² / (count − correction) over some axes.</summary>
        /// <param name="axes">Which; all of them if none are named. Negative ones count from the innermost.</param>
        /// <param name="keepAxes">Whether the folded axes stay, with extent 1.</param>
        /// <param name="correction">1 for the unbiased estimate from a sample, 0 for the variance of these very numbers.</param>
        /// <exception cref="ShapeException">
        /// An axis is out of range or named twice, or there are no more elements along them than the correction.
        /// </exception>
        /// <exception cref="ArgumentException">The elements are not floating.</exception>
        public Tensor Variance(Axes axes = default, bool keepAxes = false, int correction = 1)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(correction);
            int count = x.FoldCount(axes, nameof(Variance), atLeast: correction + 1);
            return (x - x.Mean(axes, keepAxes: true)).Square().Sum(axes, keepAxes) / (count - correction);
        }

        /// <summary>The square root of the <see cref="extension(Tensor).Variance"/>.</summary>
        /// <param name="axes">Which; all of them if none are named. Negative ones count from the innermost.</param>
        /// <param name="keepAxes">Whether the folded axes stay, with extent 1.</param>
        /// <param name="correction">1 for the estimate from a sample, 0 for the deviation of these very numbers.</param>
        /// <exception cref="ShapeException">
        /// An axis is out of range or named twice, or there are no more elements along them than the correction.
        /// </exception>
        /// <exception cref="ArgumentException">The elements are not floating.</exception>
        /// <remarks>
        /// Where all elements are equal the root stands at its kink and the gradient is not a number; add a small number to the variance instead.
        /// </remarks>
        public Tensor StandardDeviation(Axes axes = default, bool keepAxes = false, int correction = 1) =>
            x.Variance(axes, keepAxes, correction).Sqrt();

        /// <summary>The Euclidean length √(Σ x²) over some axes.</summary>
        /// <param name="axes">Which; all of them if none are named. Negative ones count from the innermost.</param>
        /// <param name="keepAxes">Whether the folded axes stay, with extent 1.</param>
        /// <exception cref="ShapeException">An axis is out of range or named twice.</exception>
        /// <exception cref="ArgumentException">The elements are not floating.</exception>
        /// <remarks>The gradient is x / length; at length 0, the kink, it is 0.</remarks>
        public Tensor Norm(Axes axes = default, bool keepAxes = false)
        {
            Tensor squares = x.Square().Sum(axes, keepAxes), zero = Tensor.Constant(0, x);
            Tensor isZero = squares.Equal(zero);
            // The root is taken of 1 where the length is 0, so that its infinite gradient never meets the zero that belongs there.
            return isZero.Where(zero, isZero.Where(Tensor.Constant(1, x), squares).Sqrt());
        }

        /// <summary>ln Σ e^x over some axes, shifted by the largest element, so that it neither over- nor underflows.</summary>
        /// <param name="axes">Which; all of them if none are named. Negative ones count from the innermost.</param>
        /// <param name="keepAxes">Whether the folded axes stay, with extent 1.</param>
        /// <returns>−∞ where all elements are −∞, with gradient 0.</returns>
        /// <exception cref="ShapeException">An axis is out of range or named twice, or there is no element along them.</exception>
        /// <exception cref="ArgumentException">The elements are not floating.</exception>
        /// <remarks>The gradient is the softmax of x along the axes.</remarks>
        public Tensor LogSumExp(Axes axes = default, bool keepAxes = false)
        {
            if (!x.DType.IsFloating) throw new ArgumentException($"{nameof(LogSumExp)} needs Float32 or Float64, got {x.Spec}; Cast it first");
            Tensor largest = x.Detach().Max(axes, keepAxes: true), zero = Tensor.Constant(0, x);
            // A shift by ±∞ would make ∞ − ∞.
            Tensor shift = largest.Abs().Less(Tensor.Constant(double.PositiveInfinity, x)).Where(largest, zero);
            Tensor sum = (x - shift).Exp().Sum(axes, keepAxes), isZero = sum.Equal(zero);
            Tensor log = isZero.Where(Tensor.Constant(double.NegativeInfinity, x), isZero.Where(Tensor.Constant(1, x), sum).Log());
            return log + shift.Reshape(log.Shape);
        }

        private int FoldCount(Axes axes, string what, int atLeast)
        {
            if (!x.DType.IsFloating) throw new ArgumentException($"{what} needs Float32 or Float64, got {x.Spec}; Cast it first");
            Axes folded = axes.Normalize(x.Shape, what);
            int count = 1;
            foreach (int axis in folded) count *= x.Shape[axis];
            return count >= atLeast
                ? count
                : throw new ShapeException($"{what} needs at least {atLeast} elements along the axes it folds, "
                    + $"got {x.Shape} over {folded} with {count}");
        }
    }
}
