using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = −x.</summary>
    public readonly record struct Negate : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.None;

        /// <inheritdoc/>
        public static bool TakesIntegers => true;

        /// <inheritdoc/>
        string IUnaryFormula.Glyph => "×(−1)";

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => -x;

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => T.Constant(-1, x);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Negate"/>.</summary>
    public static class NegateExtensions
    {
        extension(Tensor x)
        {
            /// <summary>−x, element by element.</summary>
            public Tensor Negate() => new Unary<Negate>().Apply(x);
        }
    }
}
