using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = x Φ(x) = x (1 + erf(x/√2)) / 2: the Gaussian error linear unit.</summary>
    /// <remarks>D. Hendrycks, K. Gimpel, 2016.</remarks>
    public readonly record struct Gelu : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => 0.5 * x * (1 + T.Erf(Math.Sqrt(0.5) * x));

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => (0.5 * (1 + T.Erf(Math.Sqrt(0.5) * x))) + (x * T.Exp(-0.5 * (x * x)) * (1 / Math.Sqrt(2 * Math.PI)));
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Gelu"/>.</summary>
    public static class GeluExtensions
    {
        extension(Tensor x)
        {
            /// <summary>x (1 + erf(x/√2)) / 2, element by element.</summary>
            public Tensor Gelu() => new Unary<Gelu>().Apply(x);
        }
    }
}
