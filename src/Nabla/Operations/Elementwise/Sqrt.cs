using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = √x; NaN below 0.</summary>
    /// <remarks>At 0 the local gradient is +∞, the limit from above.</remarks>
    public readonly record struct Sqrt : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Output;

        /// <inheritdoc/>
        string IUnaryFormula.Glyph => "√x";

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Sqrt(x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => 0.5 / y;
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Sqrt"/>.</summary>
    public static class SqrtExtensions
    {
        extension(Tensor x)
        {
            /// <summary>√x, element by element; NaN below 0, gradient ∞ at 0.</summary>
            public Tensor Sqrt() => new Unary<Sqrt>().Apply(x);
        }
    }
}
