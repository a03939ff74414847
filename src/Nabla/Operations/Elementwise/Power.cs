using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>z = x^y; 0^0 = 1, NaN for a negative x and a broken y.</summary>
    /// <remarks>∂z/∂x = y x^(y−1), 0 where y = 0. ∂z/∂y = z ln x, 0 where x = 0. Both hold at 0^0.</remarks>
    public readonly record struct Power : IBinaryFormula
    {
        /// <inheritdoc/>
        public static Needs Needs => Needs.Inputs | Needs.Output;

        /// <inheritdoc/>
        string IBinaryFormula.Glyph => "xʸ";

        /// <inheritdoc/>
        public T Value<T>(T x, T y)
            where T : ILane<T>
            => T.Power(x, y);

        /// <inheritdoc/>
        public T DownstreamLeft<T>(T upstream, T x, T y, T z)
            where T : ILane<T>
            => upstream * y * T.Power(x, y - 1 + T.Equal(y, T.Constant(0, y)));

        /// <inheritdoc/>
        public T DownstreamRight<T>(T upstream, T x, T y, T z)
            where T : ILane<T>
            => upstream * z * T.Log(x + T.Equal(x, T.Constant(0, x)));
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Power"/>.</summary>
    public static class PowerExtensions
    {
        extension(Tensor x)
        {
            /// <summary>x^y, element by element, broadcast; 0^0 = 1.</summary>
            public Tensor Power(Tensor y) => new Binary<Power>().Apply(x, y);
        }
    }
}
