using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = ln x; −∞ at 0, NaN below.</summary>
    public readonly record struct Log : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Log(x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => 1 / x;
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Log"/>.</summary>
    public static class LogExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Natural logarithm, element by element; −∞ at 0, NaN below.</summary>
            public Tensor Log() => new Unary<Log>().Apply(x);
        }
    }
}
