using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>The registers a matrix product uses. Where sums are fused in hardware all widths give the same bits.</summary>
internal enum RegisterWidth
{
    Bits128,
    Bits256,
    Bits512,
}

/// <summary>Matrix products c = a · b and c += a · b. a: [m, k]   b: [k, n]   c: [m, n], each a or b with any strides.</summary>
/// <remarks>
/// <para>A <see cref="GemmEpilogue{T}"/> takes bias, activation and residual along while an element is near.</para>
/// <para>
/// One rule fixes every bit: k is cut into ⌈k / 256⌉ blocks of equal length (the last one may be shorter); inside a block an element is a chain of
/// fused multiply-adds in the order of k, beginning at zero; the blocks' sums are added to the element in order. Neither m, n, the position of an
/// element, its strides, the width of the registers nor the number of threads enters, so a row's result is the same in every batch.
/// </para>
/// <para>
/// The loops around the tile follow K. Goto, R. van de Geijn, <i>Anatomy of high-performance matrix multiplication</i>, ACM TOMS 34 (2008).
/// </para>
/// </remarks>
internal static unsafe class Gemm
{
    // A strip of b, 256 steps · two 512-bit registers, is 32 KB and leaves room in a first-level cache of 48 KB for the strip of a (12 KB).
    private const int LongestBlock = 256;

    /// <summary>Up to so many multiplications are done before strips are laid out.</summary>
    public const int MostOfTiny = 64;

    /// <summary>The widest registers this processor computes with.</summary>
    public static RegisterWidth Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated ? RegisterWidth.Bits512
            : Vector256.IsHardwareAccelerated ? RegisterWidth.Bits256
            : RegisterWidth.Bits128;
    }

    /// <summary>The length of the blocks of k, in which sums are chained: a function of k alone.</summary>
    public static int Block(int k)
    {
        int blocks = Math.Max(1, (k + LongestBlock - 1) / LongestBlock);
        return (k + blocks - 1) / blocks;
    }

    /// <summary>
    /// Whether a product's elements are made in tiles, which a chain of steps can follow: not so for one row, one column or a handful of elements.
    /// </summary>
    public static bool HasTiles(int m, int n, int k) => m > 1 && n > 1 && (long)m * n * k > MostOfTiny;

    /// <summary>c = a · b, or c += a · b. A stride of 0 repeats a row or column; c's columns are contiguous; c overlaps neither a nor b.</summary>
    public static void Run<T>(
        int m, int n, int k, T* a, nint aRowStride, nint aColumnStride, T* b, nint bRowStride, nint bColumnStride, T* c, nint cRowStride,
        bool accumulate, in GemmEpilogue<T> epilogue = default)
        where T : unmanaged =>
        Run(
            WidthFor<T>(m, n), m, n, k, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, accumulate,
            epilogue: epilogue);

    /// <summary>c = a · b to the same bits, where b was just written with rows that do not collide: it is read where it lies.</summary>
    public static void RunInPlace<T>(
        int m, int n, int k, T* a, nint aRowStride, nint aColumnStride, T* b, nint bRowStride, T* c, nint cRowStride,
        in GemmEpilogue<T> epilogue = default)
        where T : unmanaged =>
        Run(WidthFor<T>(m, n), m, n, k, a, aRowStride, aColumnStride, b, bRowStride, 1, c, cRowStride, accumulate: false, inPlace: true, epilogue);

    // Few columns fill a narrow register, and then need neither packing nor an edge.
    private static RegisterWidth WidthFor<T>(int m, int n) where T : unmanaged
    {
        nint bytes = (nint)n * sizeof(T);
        RegisterWidth wanted = m == 1 || n == 1 || bytes > 32 ? RegisterWidth.Bits512 : bytes > 16 ? RegisterWidth.Bits256 : RegisterWidth.Bits128;
        return wanted < Width ? wanted : Width;
    }

    /// <summary>As without a width, on registers no wider than given.</summary>
    public static void Run<T>(
        RegisterWidth width, int m, int n, int k,
        T* a, nint aRowStride, nint aColumnStride, T* b, nint bRowStride, nint bColumnStride, T* c, nint cRowStride, bool accumulate,
        bool inPlace = false, in GemmEpilogue<T> epilogue = default)
        where T : unmanaged
    {
        Debug.Assert(typeof(T) == typeof(float) || typeof(T) == typeof(double));
        Debug.Assert(m >= 0 && n >= 0 && k >= 0);
        if (m == 0 || n == 0)
        {
            return;
        }
        if (k == 0)
        {
            for (int i = 0; i < m && !accumulate; i++)
            {
                new Span<T>(c + (i * cRowStride), n).Clear();
            }
            if (!epilogue.IsEmpty) epilogue.FinishInPlace(c, cRowStride, m, n, 0, 0);
            return;
        }
        if (typeof(T) == typeof(float))
        {
            GemmProblem<float> problem = new(
                m, n, k, (float*)a, aRowStride, aColumnStride, (float*)b, bRowStride, bColumnStride, (float*)c, cRowStride, accumulate, inPlace,
                Unsafe.As<GemmEpilogue<T>, GemmEpilogue<float>>(ref Unsafe.AsRef(in epilogue)));
            switch (width)
            {
                case RegisterWidth.Bits512:
                    Gemm<Single512, Vector512<float>, float>.Run(problem);
                    break;
                case RegisterWidth.Bits256:
                    Gemm<Single256, Vector256<float>, float>.Run(problem);
                    break;
                default:
                    Gemm<Single128, Vector128<float>, float>.Run(problem);
                    break;
            }
        }
        else
        {
            GemmProblem<double> problem = new(
                m, n, k, (double*)a, aRowStride, aColumnStride, (double*)b, bRowStride, bColumnStride, (double*)c, cRowStride, accumulate, inPlace,
                Unsafe.As<GemmEpilogue<T>, GemmEpilogue<double>>(ref Unsafe.AsRef(in epilogue)));
            switch (width)
            {
                case RegisterWidth.Bits512:
                    Gemm<Double512, Vector512<double>, double>.Run(problem);
                    break;
                case RegisterWidth.Bits256:
                    Gemm<Double256, Vector256<double>, double>.Run(problem);
                    break;
                default:
                    Gemm<Double128, Vector128<double>, double>.Run(problem);
                    break;
            }
        }
    }

    /// <summary>
    /// <paramref name="batches"/> products, batch i at a + i · aBatchStride and so on; a batch stride of 0 shares a or b. Each element is as
    /// <see cref="Run{T}(int, int, int, T*, nint, nint, T*, nint, nint, T*, nint, bool, in GemmEpilogue{T})"/> gives it.
    /// </summary>
    public static void RunBatch<T>(
        int batches, int m, int n, int k, T* a, nint aRowStride, nint aColumnStride, T* b, nint bRowStride, nint bColumnStride, T* c, nint cRowStride,
        nint aBatchStride, nint bBatchStride, nint cBatchStride, bool accumulate, in GemmEpilogue<T> epilogue = default)
        where T : unmanaged
    {
        if (batches <= 0)
        {
            return;
        }
        if (batches == 1)
        {
            Run(m, n, k, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, accumulate, epilogue);
            return;
        }
        // The same b for all, and the rows of one batch follow those of the batch before it: one product of batches · m rows.
        if (bBatchStride == 0 && aBatchStride == m * aRowStride && cBatchStride == m * cRowStride && (long)batches * m <= int.MaxValue
            && epilogue.JoinsBatches(m))
        {
            Run(batches * m, n, k, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride, accumulate, epilogue);
            return;
        }
        BatchWork<T> work = new(
            batches, m, n, k, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c, cRowStride,
            aBatchStride, bBatchStride, cBatchStride, accumulate, epilogue);
        if (work.Tasks > 1)
        {
            ForkJoin.Run(work.Tasks, work);
            return;
        }
        for (int task = 0; task < work.Tasks; task++)
        {
            work.Run(task);
        }
    }

    private readonly struct BatchWork<T>(
        int batches, int m, int n, int k, T* a, nint aRowStride, nint aColumnStride, T* b, nint bRowStride, nint bColumnStride, T* c, nint cRowStride,
        nint aBatchStride, nint bBatchStride, nint cBatchStride, bool accumulate, GemmEpilogue<T> epilogue) : IWork
        where T : unmanaged
    {
        // A product of more than 2^24 multiplications is cut inside; smaller ones are gathered until a task has about 2^17, some ten µs.
        private readonly int perTask = (long)m * n * k > 1 << 24
            ? batches
            : (int)Math.Clamp((1 << 17) / Math.Max(1, (long)m * n * k), 1, batches);

        public int Tasks => (batches + perTask - 1) / perTask;

        public void Run(int task)
        {
            int end = Math.Min(batches, (task + 1) * perTask);
            for (nint i = (nint)task * perTask; i < end; i++)
            {
                Gemm.Run(
                    m, n, k, a + (i * aBatchStride), aRowStride, aColumnStride, b + (i * bBatchStride), bRowStride, bColumnStride,
                    c + (i * cBatchStride), cRowStride, accumulate, epilogue.OfBatch(i));
            }
        }
    }
}

/// <summary>One matrix product: c = a · b, or c += a · b.</summary>
internal readonly unsafe struct GemmProblem<T>(
    int m, int n, int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, nint bColumn, T* c, nint cRow, bool accumulate, bool inPlace,
    in GemmEpilogue<T> epilogue)
    where T : unmanaged
{
    public readonly int M = m, N = n, K = k;
    public readonly T* A = a, B = b, C = c;
    public readonly nint ARow = aRow, AColumn = aColumn, BRow = bRow, BColumn = bColumn, CRow = cRow;
    public readonly bool Accumulate = accumulate;

    /// <summary>b's columns are contiguous, and it lies in a near cache with rows that do not compete for the same lines.</summary>
    public readonly bool InPlace = inPlace;

    /// <summary>What is done to each element when its sum is complete.</summary>
    public readonly GemmEpilogue<T> Epilogue = epilogue;
}
