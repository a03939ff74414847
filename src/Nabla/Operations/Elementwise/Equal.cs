using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>Whether x = y; false for NaN.</summary>
    public readonly record struct Equal : IComparison
    {
        /// <inheritdoc/>
        public T Value<T>(T x, T y)
            where T : ILane<T>
            => T.Equal(x, y);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Equal"/>.</summary>
    public static class EqualExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Whether x = y; false for NaN. Element by element, broadcast; a <see cref="DType.Bool"/>.</summary>
            public Tensor Equal(Tensor y) => new Compare<Equal>().Apply(x, y);
        }
    }
}
