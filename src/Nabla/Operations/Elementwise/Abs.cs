using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = |x|.</summary>
    /// <remarks>At the kink, 0, the local gradient is 0.</remarks>
    public readonly record struct Abs : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public static bool TakesIntegers => true;

        /// <inheritdoc/>
        string IUnaryFormula.Glyph => "|x|";

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Abs(x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => T.Greater(x, T.Constant(0, x)) - T.Greater(T.Constant(0, x), x);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Abs"/>.</summary>
    public static class AbsExtensions
    {
        extension(Tensor x)
        {
            /// <summary>|x|, element by element; gradient 0 at 0.</summary>
            public Tensor Abs() => new Unary<Abs>().Apply(x);
        }
    }
}
