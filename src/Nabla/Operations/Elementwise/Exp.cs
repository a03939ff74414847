using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = e^x. Its local gradient is its own output.</summary>
    public readonly record struct Exp : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Output;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Exp(x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => y;
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Exp"/>.</summary>
    public static class ExpExtensions
    {
        extension(Tensor x)
        {
            /// <summary>e^x, element by element.</summary>
            public Tensor Exp() => new Unary<Exp>().Apply(x);
        }
    }
}
