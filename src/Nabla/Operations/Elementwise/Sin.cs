using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = sin x, x in radians.</summary>
    public readonly record struct Sin : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Sin(x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => T.Cos(x);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Sin"/>.</summary>
    public static class SinExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Sine of radians, element by element.</summary>
            public Tensor Sin() => new Unary<Sin>().Apply(x);
        }
    }
}
