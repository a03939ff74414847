using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = tanh x. Odd, in (−1, 1).</summary>
    public readonly record struct Tanh : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Output;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Tanh(x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => 1 - (y * y);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Tanh"/>.</summary>
    public static class TanhExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Hyperbolic tangent, element by element, in (−1, 1).</summary>
            public Tensor Tanh() => new Unary<Tanh>().Apply(x);
        }
    }
}
