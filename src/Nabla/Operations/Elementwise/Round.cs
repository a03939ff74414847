using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = the nearest whole number; halves go to the even one.</summary>
    public readonly record struct Round : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.None;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Round(x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => T.Constant(0, x);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Round"/>.</summary>
    public static class RoundExtensions
    {
        extension(Tensor x)
        {
            /// <summary>The nearest whole number, halves to even, element by element; the gradient is 0 everywhere.</summary>
            public Tensor Round() => new Unary<Round>().Apply(x);
        }
    }
}
