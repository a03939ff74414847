using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>Where along an axis the largest element lies: the first of equal ones, or the first NaN. No gradient flows.</summary>
    /// <param name="Axis">Which axis; negative ones count from the innermost.</param>
    /// <param name="KeepAxis">Whether the axis stays, with extent 1.</param>
    public sealed record ArgMax(int Axis, bool KeepAxis = false) : IndexReduction(Axis, KeepAxis)
    {
        /// <inheritdoc/>
        private protected override unsafe void Find<T>(T* x, int* index, int outer, int extent, int inner) =>
            Kernels.Reduction.ArgMax(x, index, outer, extent, inner);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.ArgMax"/>.</summary>
    public static class ArgMaxExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Where along an axis the largest element lies: the first of equal ones, or the first NaN.</summary>
            /// <param name="axis">Which; negative ones count from the innermost.</param>
            /// <param name="keepAxis">Whether the axis stays, with extent 1.</param>
            /// <returns>An <see cref="DType.Int32"/>, 0 to the extent − 1.</returns>
            /// <exception cref="ShapeException">The axis is out of range or has no elements.</exception>
            public Tensor ArgMax(int axis, bool keepAxis = false) => new ArgMax(axis, keepAxis).Apply(x);
        }
    }
}
