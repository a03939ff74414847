using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = x where x > 0, else slope · x.</summary>
    /// <remarks>At the kink, 0, the local gradient is the slope.</remarks>
    /// <param name="Slope">The slope below 0.</param>
    public readonly record struct LeakyRelu(double Slope) : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Select(x, x, Slope * x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => T.Select(x, T.Constant(1, x), T.Constant(Slope, x));
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.LeakyRelu"/>.</summary>
    public static class LeakyReluExtensions
    {
        extension(Tensor x)
        {
            /// <summary>x where x &gt; 0, else slope · x, element by element; gradient slope at 0.</summary>
            public Tensor LeakyRelu(double slope = 0.01) => new Unary<LeakyRelu>(new(slope)).Apply(x);
        }
    }
}
