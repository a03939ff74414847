using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = e^x − 1, without cancellation near 0.</summary>
    public readonly record struct Expm1 : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Output;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Expm1(x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => y + 1;
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Expm1"/>.</summary>
    public static class Expm1Extensions
    {
        extension(Tensor x)
        {
            /// <summary>e^x − 1 without cancellation near 0, element by element.</summary>
            public Tensor Expm1() => new Unary<Expm1>().Apply(x);
        }
    }
}
