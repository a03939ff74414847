using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = x where x > 0, else α (e^x − 1): the exponential linear unit.</summary>
    /// <remarks>D.-A. Clevert, T. Unterthiner, S. Hochreiter, 2016. At 0 the local gradient is α.</remarks>
    /// <param name="Alpha">Minus the limit at −∞.</param>
    public readonly record struct Elu(double Alpha) : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs | Needs.Output;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Select(x, x, Alpha * T.Expm1(T.Min(x, T.Constant(0, x))));

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => T.Select(x, T.Constant(1, x), y + Alpha);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Elu"/>.</summary>
    public static class EluExtensions
    {
        extension(Tensor x)
        {
            /// <summary>x where x &gt; 0, else α (e^x − 1), element by element; gradient α at 0.</summary>
            public Tensor Elu(double alpha = 1) => new Unary<Elu>(new(alpha)).Apply(x);
        }
    }
}
