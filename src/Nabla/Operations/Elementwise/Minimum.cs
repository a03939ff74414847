using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>z = min(x, y); NaN if either is.</summary>
    /// <remarks>A gradient router: the smaller input receives the upstream gradient. At ties it is shared equally.</remarks>
    public readonly record struct Minimum : IBinaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public static bool TakesIntegers => true;

        /// <inheritdoc/>
        public static GatePattern Pattern => GatePattern.GradientRouter;

        /// <inheritdoc/>
        string IBinaryFormula.Glyph => "min";

        /// <inheritdoc/>
        public T Value<T>(T x, T y)
            where T : ILane<T>
            => T.Min(x, y);

        /// <inheritdoc/>
        public T DownstreamLeft<T>(T upstream, T x, T y, T z)
            where T : ILane<T>
            => upstream * (T.Greater(y, x) + (0.5 * T.Equal(x, y)));

        /// <inheritdoc/>
        public T DownstreamRight<T>(T upstream, T x, T y, T z)
            where T : ILane<T>
            => upstream * (T.Greater(x, y) + (0.5 * T.Equal(x, y)));
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Minimum"/>.</summary>
    public static class MinimumExtensions
    {
        extension(Tensor x)
        {
            /// <summary>The smaller, element by element, broadcast; NaN if either is.</summary>
            public Tensor Minimum(Tensor y) => new Binary<Minimum>().Apply(x, y);
        }
    }
}
