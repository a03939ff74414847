using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = 1 / (1 + e^-x), in (0, 1).</summary>
    public readonly record struct Sigmoid : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Output;

        /// <inheritdoc/>
        string IUnaryFormula.Glyph => "σ";

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => 1 / (1 + T.Exp(-x));

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => y * (1 - y);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Sigmoid"/>.</summary>
    public static class SigmoidExtensions
    {
        extension(Tensor x)
        {
            /// <summary>1 / (1 + e^-x), element by element, in (0, 1).</summary>
            public Tensor Sigmoid() => new Unary<Sigmoid>().Apply(x);
        }
    }
}
