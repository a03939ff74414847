using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = x².</summary>
    public readonly record struct Square : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public static bool TakesIntegers => true;

        /// <inheritdoc/>
        string IUnaryFormula.Glyph => "x²";

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => x * x;

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => 2 * x;
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Square"/>.</summary>
    public static class SquareExtensions
    {
        extension(Tensor x)
        {
            /// <summary>x², element by element.</summary>
            public Tensor Square() => new Unary<Square>().Apply(x);
        }
    }
}
