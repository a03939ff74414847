using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = max(x, 0): the rectified linear unit.</summary>
    /// <remarks>The local gradient is 1 where x > 0 and 0 where x ≤ 0, at the kink too.</remarks>
    public readonly record struct Relu : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Output;

        /// <inheritdoc/>
        public static GatePattern Pattern => GatePattern.GradientRouter;

        /// <inheritdoc/>
        string IUnaryFormula.Glyph => "ReLU";

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Max(x, T.Constant(0, x));

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => T.Greater(y, T.Constant(0, y));
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Relu"/>.</summary>
    public static class ReluExtensions
    {
        extension(Tensor x)
        {
            /// <summary>max(x, 0), element by element; gradient 0 at 0.</summary>
            public Tensor Relu() => new Unary<Relu>().Apply(x);
        }
    }
}
