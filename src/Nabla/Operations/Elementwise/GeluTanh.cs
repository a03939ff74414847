using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2: the usual approximation of <see cref="Gelu"/>.</summary>
    /// <remarks>D. Hendrycks, K. Gimpel, 2016.</remarks>
    public readonly record struct GeluTanh : IUnaryFormula
    {
        private static readonly double Root = Math.Sqrt(2 / Math.PI);

        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => 0.5 * x * (1 + T.Tanh(Root * (x + (0.044715 * x * x * x))));

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
        {
            T tanh = T.Tanh(Root * (x + (0.044715 * x * x * x)));
            return (0.5 * (1 + tanh)) + (0.5 * x * (1 - (tanh * tanh)) * (Root * (1 + (3 * 0.044715 * x * x))));
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.GeluTanh"/>.</summary>
    public static class GeluTanhExtensions
    {
        extension(Tensor x)
        {
            /// <summary>x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2, element by element.</summary>
            public Tensor GeluTanh() => new Unary<GeluTanh>().Apply(x);
        }
    }
}
