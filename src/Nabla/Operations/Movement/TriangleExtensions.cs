namespace Nabla;

/// <summary>Triangles of matrices: masks and what they leave. Functions of comparisons and <see cref="Operations.Where"/>.</summary>
public static class TriangleExtensions
{
    extension(Tensor)
    {
        /// <summary>True where column ≤ row + diagonal: which earlier places each place may look at.</summary>
        /// <param name="rows">Extent of axis 0.</param>
        /// <param name="columns">Extent of axis 1.</param>
        /// <param name="diagonal">0 includes the main diagonal, −1 ends below it, 1 one above it.</param>
        /// <returns>A <see cref="DType.Bool"/>, [rows, columns].</returns>
        public static Tensor LowerTriangleMask(int rows, int columns, int diagonal = 0)
        {
            Tensor mask = Tensor.Zeros([rows, columns], DType.Bool);
            Span<byte> elements = mask.Span<byte>();
            for (int row = 0; row < rows; row++)
                elements.Slice(row * columns, (int)Math.Clamp((long)row + diagonal + 1, 0, columns)).Fill(1);
            return mask;
        }
    }

    extension(Tensor x)
    {
        /// <summary>The last two axes' matrices with 0 above a diagonal.</summary>
        /// <param name="diagonal">0 keeps the main diagonal, −1 ends below it, 1 one above it.</param>
        /// <exception cref="ShapeException">Fewer than two axes.</exception>
        public Tensor LowerTriangle(int diagonal = 0) => x.TriangleMask(diagonal).Where(x, Tensor.Constant(0, x));

        /// <summary>The last two axes' matrices with 0 below a diagonal.</summary>
        /// <param name="diagonal">0 keeps the main diagonal, 1 begins above it, −1 one below it.</param>
        /// <exception cref="ShapeException">Fewer than two axes.</exception>
        public Tensor UpperTriangle(int diagonal = 0) => x.TriangleMask(diagonal - 1).Where(Tensor.Constant(0, x), x);

        private Tensor TriangleMask(int diagonal) => x.Rank >= 2
            ? Tensor.LowerTriangleMask(x.Shape[^2], x.Shape[^1], diagonal)
            : throw new ShapeException($"a triangle needs matrices in the last two axes, got {x.Shape}; Reshape it first");
    }
}
