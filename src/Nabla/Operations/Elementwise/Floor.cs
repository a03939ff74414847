using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = the largest whole number ≤ x.</summary>
    public readonly record struct Floor : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.None;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Floor(x);

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => T.Constant(0, x);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Floor"/>.</summary>
    public static class FloorExtensions
    {
        extension(Tensor x)
        {
            /// <summary>The largest whole number ≤ x, element by element; the gradient is 0 everywhere.</summary>
            public Tensor Floor() => new Unary<Floor>().Apply(x);
        }
    }
}
