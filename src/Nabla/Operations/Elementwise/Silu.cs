using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = x sigmoid(x), also called swish.</summary>
    /// <remarks>S. Elfwing, E. Uchibe, K. Doya, 2017.</remarks>
    public readonly record struct Silu : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => x / (1 + T.Exp(-x));

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
        {
            T sigmoid = T.Sigmoid(x);
            return sigmoid * (1 + (x * (1 - sigmoid)));
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Silu"/>.</summary>
    public static class SiluExtensions
    {
        extension(Tensor x)
        {
            /// <summary>x sigmoid(x), element by element.</summary>
            public Tensor Silu() => new Unary<Silu>().Apply(x);
        }
    }
}
