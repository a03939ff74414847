using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>y = x, no smaller than the least and no larger than the most.</summary>
    /// <remarks>The local gradient is 1 inside and at both ends, 0 outside.</remarks>
    /// <param name="Least">The smallest result.</param>
    /// <param name="Most">The largest result.</param>
    public readonly record struct Clamp(double Least, double Most) : IUnaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public static bool TakesIntegers => true;

        /// <inheritdoc/>
        public static GatePattern Pattern => GatePattern.GradientRouter;

        /// <inheritdoc/>
        public T Value<T>(T x)
            where T : ILane<T>
            => T.Min(T.Max(x, T.Constant(Least, x)), T.Constant(Most, x));

        /// <inheritdoc/>
        public T Derivative<T>(T x, T y)
            where T : ILane<T>
            => (1 - T.Greater(T.Constant(Least, x), x)) * (1 - T.Greater(x, T.Constant(Most, x)));
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Clamp"/>.</summary>
    public static class ClampExtensions
    {
        extension(Tensor x)
        {
            /// <summary>x limited to [least, most], element by element; gradient 1 inside and at the ends, 0 outside.</summary>
            public Tensor Clamp(double least = double.NegativeInfinity, double most = double.PositiveInfinity) => least <= most
                ? new Unary<Clamp>(new(least, most)).Apply(x)
                : throw new ArgumentException($"Clamp needs least <= most, got {least} and {most}");
        }
    }
}
