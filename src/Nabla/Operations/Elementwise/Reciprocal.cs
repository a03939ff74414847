using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = 1/x.</summary>
    public readonly record struct Reciprocal : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Output;

        /// <inheritdoc/>
        string IUnaryFormula.Glyph => "1/x";

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => 1 / x;

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => -(y * y);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Reciprocal"/>.</summary>
    public static class ReciprocalExtensions
    {
        extension(Tensor x)
        {
            /// <summary>1/x, element by element; gradient −y².</summary>
            public Tensor Reciprocal() => new Unary<Reciprocal>().Apply(x);
        }
    }
}
