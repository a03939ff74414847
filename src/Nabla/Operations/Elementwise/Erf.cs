using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = erf x = 2/√π ∫₀ˣ e^(−t²) dt. Odd, in (−1, 1).</summary>
    public readonly record struct Erf : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Erf(x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => 2 / Math.Sqrt(Math.PI) * T.Exp(-(x * x));
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Erf"/>.</summary>
    public static class ErfExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Error function, element by element.</summary>
            public Tensor Erf() => new Unary<Erf>().Apply(x);
        }
    }
}
