using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = the smallest whole number ≥ x.</summary>
    public readonly record struct Ceiling : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.None;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Ceiling(x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => T.Constant(0, x);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Ceiling"/>.</summary>
    public static class CeilingExtensions
    {
        extension(Tensor x)
        {
            /// <summary>The smallest whole number ≥ x, element by element; the gradient is 0 everywhere.</summary>
            public Tensor Ceiling() => new Unary<Ceiling>().Apply(x);
        }
    }
}
