using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>Whether x ≥ y; false for NaN.</summary>
    public readonly record struct GreaterOrEqual : IComparison
    {
        /// <inheritdoc/>
        public T Value<T>(T x, T y)
            where T : ILane<T>
            => T.Greater(x, y) + T.Equal(x, y);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.GreaterOrEqual"/>.</summary>
    public static class GreaterOrEqualExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Whether x ≥ y; false for NaN. Element by element, broadcast; a <see cref="DType.Bool"/>.</summary>
            public Tensor GreaterOrEqual(Tensor y) => new Compare<GreaterOrEqual>().Apply(x, y);
        }
    }
}
