using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = cos x, x in radians.</summary>
    public readonly record struct Cos : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Cos(x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => -T.Sin(x);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Cos"/>.</summary>
    public static class CosExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Cosine of radians, element by element.</summary>
            public Tensor Cos() => new Unary<Cos>().Apply(x);
        }
    }
}
