using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = ln(1 + x), without cancellation near 0.</summary>
    public readonly record struct Log1p : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Log1p(x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => 1 / (1 + x);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Log1p"/>.</summary>
    public static class Log1pExtensions
    {
        extension(Tensor x)
        {
            /// <summary>ln(1 + x) without cancellation near 0, element by element.</summary>
            public Tensor Log1p() => new Unary<Log1p>().Apply(x);
        }
    }
}
