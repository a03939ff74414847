using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>Matrix product over the last two axes; the axes before them are a batch and broadcast.</summary>
    /// <param name="TransposeLeft">Whether the left matrices are read transposed.</param>
    /// <param name="TransposeRight">Whether the right matrices are read transposed.</param>
    /// <remarks>
    /// x: [batch…, m, k]   y: [batch…, k, n]   z: [batch…, m, n]. For Z = X Y: ∂L/∂X = ∂L/∂Z Yᵀ and ∂L/∂Y = Xᵀ ∂L/∂Z.
    /// </remarks>
    public sealed record MatMul(bool TransposeLeft = false, bool TransposeRight = false) : FloatingOperation
    {
        /// <inheritdoc/>
        public override string Glyph => "@";

        /// <inheritdoc/>
        public override string ForwardText(params ReadOnlySpan<string> inputs) => Product(inputs[0], TransposeLeft, inputs[1], TransposeRight);

        /// <inheritdoc/>
        public override string BackwardText(int input, ReadOnlySpan<string> inputs, string output, string upstream) => input == 0
            ? TransposeLeft ? Product(inputs[1], TransposeRight, upstream, true) : Product(upstream, false, inputs[1], !TransposeRight)
            : TransposeRight ? Product(upstream, true, inputs[0], TransposeLeft) : Product(inputs[0], !TransposeLeft, upstream, false);

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 2);
            RequireSameType(inputs[0], inputs[1]);
            RequireFloating(inputs[0]);
            Shape x = inputs[0].Shape, y = inputs[1].Shape;
            if (x.Rank < 2 || y.Rank < 2) throw new ShapeException($"MatMul needs at least two axes on each side, got {x} and {y}; Reshape the vector into a matrix");
            (int m, int k) = TransposeLeft ? (x[^1], x[^2]) : (x[^2], x[^1]);
            (int other, int n) = TransposeRight ? (y[^1], y[^2]) : (y[^2], y[^1]);
            if (k != other)
            {
                bool fits = k == (TransposeRight ? y[^2] : y[^1]);
                throw new ShapeException(
                    $"MatMul needs equal inner extents, got {x}{(TransposeLeft ? "ᵀ" : "")} · {y}{(TransposeRight ? "ᵀ" : "")}: {k} ≠ {other}"
                    + (fits ? "; transpose the right one" : ""));
            }
            Shape batch = Shape.Broadcast(Batch(x), Batch(y));
            return inputs[0] with { Shape = batch.Insert(batch.Rank, m).Insert(batch.Rank + 1, n) };
        }

        /// <inheritdoc/>
        protected override unsafe void Forward<T>(Buffers buffers) => Run<T>(buffers, default);

        /// <inheritdoc/>
        public override double Arithmetic(ReadOnlySpan<TensorSpec> inputs, TensorSpec output) =>
            2.0 * output.Shape.Count * inputs[0].Shape[TransposeLeft ? ^2 : ^1];

        /// <summary>The product of the first two inputs, and what is done to it on its way out: only where one right matrix serves the whole batch.</summary>
        /// <param name="buffers">Inputs and output.</param>
        /// <param name="epilogue">What is done.</param>
        /// <param name="sums">Where the sums go; null for the output.</param>
        internal unsafe void Run<T>(Buffers buffers, in GemmEpilogue<T> epilogue, T* sums = null)
            where T : unmanaged
        {
            Shape x = buffers.InputSpec(0).Shape, y = buffers.InputSpec(1).Shape, z = buffers.OutputSpec.Shape;
            (int m, int n, int k) = (z[^2], z[^1], TransposeLeft ? x[^2] : x[^1]);
            (nint xRow, nint xColumn) = TransposeLeft ? (1, x[^1]) : ((nint)x[^1], (nint)1);
            (nint yRow, nint yColumn) = TransposeRight ? (1, y[^1]) : ((nint)y[^1], (nint)1);
            T* left = buffers.InputPointer<T>(0), right = buffers.InputPointer<T>(1), result = sums == null ? buffers.OutputPointer<T>() : sums;
            if (Batch(y).Count == 1 && !TransposeLeft)
            {
                // One right matrix for the whole batch: the batch's rows are rows of one product.
                Gemm.Run(Batch(z).Count * m, n, k, left, xRow, xColumn, right, yRow, yColumn, result, n, accumulate: false, epilogue);
                return;
            }
            // Neighbouring batch axes merge, so that a plain batch is one run whose matrices lie a fixed distance apart.
            BroadcastPlan plan = BroadcastPlan.Of(Batch(z), [Batch(x), Batch(y)]);
            for (int run = 0; run < plan.RunCount; run++)
            {
                Gemm.RunBatch(
                    plan.RunLength, m, n, k,
                    left + (plan.Offset(run, 0) * m * k), xRow, xColumn,
                    right + (plan.Offset(run, 1) * k * n), yRow, yColumn,
                    result + ((nint)run * plan.RunLength * m * n), n,
                    (nint)plan.RunStride(0) * m * k, (nint)plan.RunStride(1) * k * n, (nint)m * n, accumulate: false, epilogue);
            }
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            (Tensor x, Tensor y) = (application.Inputs[0], application.Inputs[1]);
            return
            [
                !application.Wants(0) ? null : (TransposeLeft
                    ? y.MatMul(upstream, TransposeRight, true)
                    : upstream.MatMul(y, false, !TransposeRight)).SumTo(x.Shape),
                !application.Wants(1) ? null : RightDownstream(x, upstream, y.Shape).SumTo(y.Shape),
            ];
        }

        private Tensor RightDownstream(Tensor x, Tensor upstream, Shape y)
        {
            // Where one right matrix served the whole batch, its gradient is one product over all rows and not a sum of one product a batch.
            bool isShared = !TransposeLeft && Batch(y).Count == 1 && Batch(x.Shape) == Batch(upstream.Shape);
            int rows = Batch(x.Shape).Count * x.Shape[^2];
            Tensor left = isShared ? x.Reshape([rows, x.Shape[^1]]) : x, above = isShared ? upstream.Reshape([rows, upstream.Shape[^1]]) : upstream;
            Tensor downstream = TransposeRight ? above.MatMul(left, true, TransposeLeft) : left.MatMul(above, !TransposeLeft, false);
            return isShared ? downstream.Reshape(y) : downstream;
        }

        private static string Product(string left, bool transposeLeft, string right, bool transposeRight) =>
            $"{left}{(transposeLeft ? "ᵀ" : "")} @ {right}{(transposeRight ? "ᵀ" : "")}";

        private static Shape Batch(Shape shape) => Shape.Create(shape.AsSpan()[..^2]);
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.MatMul"/>.</summary>
    public static class MatMulExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Matrix product over the last two axes; the axes before them broadcast. A vector is a row on the left and a column on the right.</summary>
            /// <param name="y">[…, k, n], or [k].</param>
            /// <param name="transposeLeft">Whether this tensor's matrices are read transposed.</param>
            /// <param name="transposeRight">Whether y's matrices are read transposed.</param>
            /// <returns>[…, m, n]; without m or n where that side was a vector.</returns>
            /// <exception cref="ShapeException">The inner extents differ, or the batch axes do not broadcast.</exception>
            public Tensor MatMul(Tensor y, bool transposeLeft = false, bool transposeRight = false)
            {
                if (x.Rank == 0 || y.Rank == 0) throw new ShapeException($"MatMul needs vectors or matrices, got {x.Shape} and {y.Shape}; multiply a scalar with *");
                Tensor left = x.Rank == 1 ? x.Reshape([1, x.Count]) : x, right = y.Rank == 1 ? y.Reshape([y.Count, 1]) : y;
                Tensor z = new MatMul(transposeLeft && x.Rank > 1, transposeRight && y.Rank > 1).Apply(left, right);
                Shape shape = z.Shape;
                if (y.Rank == 1) shape = shape.Without(shape.Rank - 1);
                if (x.Rank == 1) shape = shape.Without(shape.Rank - (y.Rank == 1 ? 1 : 2));
                return z.Reshape(shape);
            }
        }
    }
}
