using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = −1, 0 or 1, by the sign of x.</summary>
    /// <remarks>The local gradient is 0 everywhere; 0 for NaN.</remarks>
    public readonly record struct Sign : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.None;

        /// <inheritdoc/>
        public static bool TakesIntegers => true;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Greater(x, T.Constant(0, x)) - T.Greater(T.Constant(0, x), x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => T.Constant(0, x);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Sign"/>.</summary>
    public static class SignExtensions
    {
        extension(Tensor x)
        {
            /// <summary>−1, 0 or 1 by the sign, element by element; 0 for NaN. The gradient is 0 everywhere.</summary>
            public Tensor Sign() => new Unary<Sign>().Apply(x);
        }
    }
}
