using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>Whether x &lt; y; false for NaN.</summary>
    public readonly record struct Less : IComparison
    {
        /// <inheritdoc/>
        public T Value<T>(T x, T y)
            where T : ILane<T>
            => T.Greater(y, x);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Less"/>.</summary>
    public static class LessExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Whether x &lt; y; false for NaN. Element by element, broadcast; a <see cref="DType.Bool"/>.</summary>
            public Tensor Less(Tensor y) => new Compare<Less>().Apply(x, y);
        }
    }
}
