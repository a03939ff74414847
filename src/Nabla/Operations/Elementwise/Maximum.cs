using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>z = max(x, y); NaN if either is.</summary>
    /// <remarks>A gradient router: the larger input receives the upstream gradient. At ties it is shared equally, so that the gradients sum to the upstream.</remarks>
    public readonly record struct Maximum : IBinaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public static bool TakesIntegers => true;

        /// <inheritdoc/>
        public static GatePattern Pattern => GatePattern.GradientRouter;

        /// <inheritdoc/>
        string IBinaryFormula.Glyph => "max";

        /// <inheritdoc/>
        public T Value<T>(T x, T y)
            where T : ILane<T>
            => T.Max(x, y);

        /// <inheritdoc/>
        public T DownstreamLeft<T>(T upstream, T x, T y, T z)
            where T : ILane<T>
            => upstream * (T.Greater(x, y) + (0.5 * T.Equal(x, y)));

        /// <inheritdoc/>
        public T DownstreamRight<T>(T upstream, T x, T y, T z)
            where T : ILane<T>
            => upstream * (T.Greater(y, x) + (0.5 * T.Equal(x, y)));
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Maximum"/>.</summary>
    public static class MaximumExtensions
    {
        extension(Tensor x)
        {
            /// <summary>The larger, element by element, broadcast; NaN if either is.</summary>
            public Tensor Maximum(Tensor y) => new Binary<Maximum>().Apply(x, y);
        }
    }
}
