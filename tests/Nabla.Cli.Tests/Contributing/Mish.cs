using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = x tanh(ln(1 + e^x)): smooth, below 0 for negative x.</summary>
    /// <remarks>D. Misra, 2019.</remarks>
    public readonly record struct Mish : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => x * T.Tanh(T.Log1p(T.Exp(-T.Abs(x))) + T.Max(x, T.Constant(0, x)));

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
        {
            T tanh = T.Tanh(T.Log1p(T.Exp(-T.Abs(x))) + T.Max(x, T.Constant(0, x)));
            return tanh + (x * (1 - (tanh * tanh)) * T.Sigmoid(x));
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Mish"/>.</summary>
    public static class MishExtensions
    {
        extension(Tensor x)
        {
            /// <summary>x tanh(ln(1 + e^x)), element by element.</summary>
            public Tensor Mish() => new Unary<Mish>().Apply(x);
        }
    }
}
