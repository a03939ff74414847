using System.Numerics;
using Nabla.Operations;

namespace Nabla.Kernels;

/// <summary>Attention of sequences with themselves. parts: [batch, time, 3, heads, d]   output: [batch, time, heads, d].</summary>
/// <remarks>
/// A task is one head of one sequence. It takes some rows of the scores at a time, up to the last column they see, from their product to the mixture,
/// so that they stay in the second-level cache. q, k and v are read where they lie, with strides.
/// </remarks>
internal static unsafe class AttentionKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // 64 rows of 128 columns are 32 KB of float32; products lose little against taking all rows at once, and a causal half is skipped in steps of 64.
    private const int RowsOfBlock = 64;

    public static void Forward(T* parts, T* output, int batch, int time, int heads, int d, bool isCausal) =>
        ForkJoin.Run(batch * heads, new ForwardWork(parts, output, time, heads, d, isCausal));

    public static void Gradient(T* parts, T* output, T* upstream, T* gradient, int batch, int time, int heads, int d, bool isCausal) =>
        ForkJoin.Run(batch * heads, new GradientWork(parts, output, upstream, gradient, time, heads, d, isCausal));

    /// <summary>
    /// Rows of e^(q kᵀ / √d − max), zero behind what a row sees, and for each the factor that makes them softmax. The factor waits for a narrower
    /// place: d numbers a row of the mixture and not a number for each column.
    /// </summary>
    private static void Weights(T* q, T* k, T* weights, T* factors, int first, int rows, int columns, int d, nint step, bool isCausal)
    {
        Gemm.Run(rows, columns, d, q + (first * step), step, 1, k, 1, step, weights, columns, accumulate: false);
        T scale = T.One / T.Sqrt(T.CreateChecked(d));
        for (int row = 0; row < rows; row++, weights += columns)
        {
            int seen = isCausal ? first + row + 1 : columns;
            factors[row] = Softmax<T>.Weigh(weights, scale, seen);
            new Span<T>(weights + seen, columns - seen).Clear();
        }
    }

    /// <summary>y = factor · x for each row.</summary>
    private static void ScaleRows(T* x, nint xStep, T* factors, T* y, nint yStep, int rows, int d)
    {
        for (int row = 0; row < rows; row++) ElementwiseKernel.Tile(new Multiply(), x + (row * xStep), 1, factors + row, 0, y + (row * yStep), d);
    }

    private readonly struct ForwardWork(T* parts, T* output, int time, int heads, int d, bool isCausal) : IWork
    {
        public void Run(int task)
        {
            nint width = (nint)heads * d, step = 3 * width;
            int sequence = task / heads, head = task % heads;
            T* q = parts + (sequence * time * step) + (head * d), k = q + width, v = k + width;
            T* result = output + (sequence * time * width) + (head * d);
            T* factors = Scratch.Rent<T>(Scratch.Slot.Tiles, (nint)RowsOfBlock * (time + 1)), weights = factors + RowsOfBlock;
            for (int first = 0; first < time; first += RowsOfBlock)
            {
                int rows = Math.Min(RowsOfBlock, time - first), columns = isCausal ? first + rows : time;
                T* mixture = result + (first * width);
                Weights(q, k, weights, factors, first, rows, columns, d, step, isCausal);
                Gemm.Run(rows, d, columns, weights, columns, 1, v, step, 1, mixture, width, accumulate: false);
                ScaleRows(mixture, width, factors, mixture, width, rows, d);
            }
        }
    }

    private readonly struct GradientWork(T* parts, T* output, T* upstream, T* gradient, int time, int heads, int d, bool isCausal) : IWork
    {
        public void Run(int task)
        {
            nint width = (nint)heads * d, step = 3 * width;
            int sequence = task / heads, head = task % heads;
            nint from = (sequence * time * step) + (head * d), at = (sequence * time * width) + (head * d);
            T* q = parts + from, k = q + width, v = k + width, toQ = gradient + from, toK = toQ + width, toV = toK + width;
            T* factors = Scratch.Rent<T>(Scratch.Slot.Tiles, RowsOfBlock * ((2 * (nint)time) + d + 1)), share = factors + RowsOfBlock;
            T* weights = share + ((nint)RowsOfBlock * d), toWeights = weights + ((nint)RowsOfBlock * time);
            T scale = T.One / T.Sqrt(T.CreateChecked(d));
            // The last block first: it sees every column where the attention is causal, and so begins the sums over rows.
            for (int first = (time - 1) / RowsOfBlock * RowsOfBlock; first >= 0; first -= RowsOfBlock)
            {
                int rows = Math.Min(RowsOfBlock, time - first), columns = isCausal ? first + rows : time;
                bool add = first + rows < time;
                T* mixed = output + at + (first * width), entering = upstream + at + (first * width);
                Weights(q, k, weights, factors, first, rows, columns, d, step, isCausal);
                ScaleRows(entering, width, factors, share, d, rows, d);
                Gemm.Run(columns, d, rows, weights, 1, columns, share, d, 1, toV, step, add);
                Gemm.Run(rows, columns, d, share, d, 1, v, 1, step, toWeights, columns, accumulate: false);
                for (int row = 0; row < rows; row++)
                {
                    T dot = RowSums.Dot(share + (row * d), mixed + (row * width), d);
                    Softmax<T>.ScaledRowGradient(weights + ((nint)row * columns), toWeights + ((nint)row * columns), dot, scale, columns);
                }
                Gemm.Run(rows, d, columns, toWeights, columns, 1, k, step, 1, toQ + (first * step), step, accumulate: false);
                Gemm.Run(columns, d, rows, toWeights, 1, columns, q + (first * step), step, 1, toK, step, add);
            }
        }
    }
}
