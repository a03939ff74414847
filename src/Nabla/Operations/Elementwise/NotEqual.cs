using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>Whether x ≠ y; true for NaN.</summary>
    public readonly record struct NotEqual : IComparison
    {
        /// <inheritdoc/>
        public T Value<T>(T x, T y)
            where T : ILane<T>
            => 1 - T.Equal(x, y);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.NotEqual"/>.</summary>
    public static class NotEqualExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Whether x ≠ y; true for NaN. Element by element, broadcast; a <see cref="DType.Bool"/>.</summary>
            public Tensor NotEqual(Tensor y) => new Compare<NotEqual>().Apply(x, y);
        }
    }
}
