using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>Whether x &gt; y; false for NaN.</summary>
    public readonly record struct Greater : IComparison
    {
        /// <inheritdoc/>
        public T Value<T>(T x, T y)
            where T : ILane<T>
            => T.Greater(x, y);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Greater"/>.</summary>
    public static class GreaterExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Whether x &gt; y; false for NaN. Element by element, broadcast; a <see cref="DType.Bool"/>.</summary>
            public Tensor Greater(Tensor y) => new Compare<Greater>().Apply(x, y);
        }
    }
}
