using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = ln(1 + e^x): a smooth ReLU, > 0. Neither side overflows.</summary>
    /// <remarks>The local gradient is sigmoid x = 1 − e^(−y); in terms of y it cannot overflow, nor can its own derivatives.</remarks>
    public readonly record struct Softplus : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Output;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Max(x, T.Constant(0, x)) + T.Log1p(T.Exp(-T.Abs(x)));

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => -T.Expm1(-y);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Softplus"/>.</summary>
    public static class SoftplusExtensions
    {
        extension(Tensor x)
        {
            /// <summary>ln(1 + e^x), element by element.</summary>
            public Tensor Softplus() => new Unary<Softplus>().Apply(x);
        }
    }
}
