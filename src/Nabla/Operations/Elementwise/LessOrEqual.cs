using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>Whether x ≤ y; false for NaN.</summary>
    public readonly record struct LessOrEqual : IComparison
    {
        /// <inheritdoc/>
        public T Value<T>(T x, T y)
            where T : ILane<T>
            => T.Greater(y, x) + T.Equal(x, y);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.LessOrEqual"/>.</summary>
    public static class LessOrEqualExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Whether x ≤ y; false for NaN. Element by element, broadcast; a <see cref="DType.Bool"/>.</summary>
            public Tensor LessOrEqual(Tensor y) => new Compare<LessOrEqual>().Apply(x, y);
        }
    }
}
