using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>Maxima and means of windows that move over planes. Padding is never a maximum; a NaN in a window is.</summary>
internal static unsafe class Pooling
{
    // A task takes planes of about this many inputs.
    private const int InputsOfTask = 1 << 15;

    /// <summary>y[p, Y, X] = the window's maximum.</summary>
    public static void Max<T>(in PoolingSize size, T* x, T* y) where T : unmanaged, IFloatingPointIeee754<T> =>
        Run(size, new MaxWork<T>(size, x, y, null, PlanesOfTask(size)));

    /// <summary>index[p, Y, X] = where in its plane (row · width + column) the window's first maximum lies; a NaN counts as the maximum.</summary>
    public static void MaxIndices<T>(in PoolingSize size, T* x, int* index) where T : unmanaged, IFloatingPointIeee754<T> =>
        Run(size, new MaxWork<T>(size, x, null, index, PlanesOfTask(size)));

    /// <summary>y[p, Y, X] = the window's sum, divided by its area (padding counted as zeros) or by the number of inputs inside the plane.</summary>
    public static void Average<T>(in PoolingSize size, T* x, T* y, bool countPadding) where T : unmanaged, IFloatingPointIeee754<T> =>
        Run(size, new AverageWork<T>(size, x, y, countPadding, PlanesOfTask(size)));

    /// <summary>The gradient of <see cref="Average"/>: every input receives upstream / divisor from each window it lies in.</summary>
    public static void AverageGradient<T>(in PoolingSize size, T* upstream, T* downstream, bool countPadding)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Run(size, new AverageGradientWork<T>(size, upstream, downstream, countPadding, PlanesOfTask(size)));

    private static int PlanesOfTask(in PoolingSize size) =>
        Math.Clamp(InputsOfTask / Math.Max(1, size.InputHeight * size.InputWidth), 1, Math.Max(1, size.Planes));

    private static void Run<TWork>(in PoolingSize size, in TWork work) where TWork : struct, IWork
    {
        int each = PlanesOfTask(size);
        ForkJoin.Run((size.Planes + each - 1) / each, work);
    }

    /// <summary>The part of a window that lies inside the plane.</summary>
    private static (int Begin, int End) Inside(int position, int stride, int padding, int kernel, int extent)
    {
        int begin = (position * stride) - padding;
        return (Math.Max(begin, 0), Math.Min(begin + kernel, extent));
    }

    private readonly struct MaxWork<T>(PoolingSize size, T* x, T* y, int* index, int planesOfTask) : IWork
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int task)
        {
            int outputHeight = size.OutputHeight, outputWidth = size.OutputWidth;
            bool halves = size is { KernelHeight: 2, KernelWidth: 2, StrideY: 2, StrideX: 2, PaddingY: 0, PaddingX: 0 };
            for (int plane = task * planesOfTask; plane < Math.Min(size.Planes, (task + 1) * planesOfTask); plane++)
            {
                T* from = x + ((nint)plane * size.InputHeight * size.InputWidth);
                for (int row = 0; row < outputHeight; row++)
                {
                    nint to = (((nint)plane * outputHeight) + row) * outputWidth;
                    int done = 0;
                    if (halves && index is null && typeof(T) == typeof(float) && Avx512F.IsSupported)
                    {
                        done = Halve((float*)from + ((nint)2 * row * size.InputWidth), size.InputWidth, (float*)y + to, outputWidth);
                    }
                    Row(from, row, done, outputWidth, to);
                }
            }
        }

        private void Row(T* from, int row, int firstColumn, int outputWidth, nint to)
        {
            (int top, int bottom) = Inside(row, size.StrideY, size.PaddingY, size.KernelHeight, size.InputHeight);
            for (int column = firstColumn; column < outputWidth; column++)
            {
                (int left, int right) = Inside(column, size.StrideX, size.PaddingX, size.KernelWidth, size.InputWidth);
                int best = (top * size.InputWidth) + left;
                T highest = from[best];
                for (int i = top; i < bottom; i++)
                {
                    for (int j = left; j < right; j++)
                    {
                        int at = (i * size.InputWidth) + j;
                        T value = from[at];
                        // The first NaN stays: nothing is greater than it, and a second one does not replace it.
                        if (value > highest || (T.IsNaN(value) && !T.IsNaN(highest)))
                        {
                            (highest, best) = (value, at);
                        }
                    }
                }
                if (index is null)
                {
                    y[to + column] = highest;
                }
                else
                {
                    index[to + column] = best;
                }
            }
        }

        // Sixteen windows of 2 · 2 at once: two registers of each input row are parted into even and odd columns, and the four corners
        // compared in the scalar order, so that the first of equal values (-0 and 0) and the first NaN stay here as well.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static int Halve(float* rows, nint width, float* to, int outputs)
        {
            Vector512<int> even = Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), odd = even + Vector512<int>.One;
            int done = 0;
            for (; done <= outputs - 16; done += 16, rows += 32)
            {
                Vector512<float> topLeft = Vector512.Load(rows), topRight = Vector512.Load(rows + 16);
                Vector512<float> low = Vector512.Load(rows + width), lowRight = Vector512.Load(rows + width + 16);
                Vector512<float> highest = Avx512F.PermuteVar16x32x2(topLeft, even, topRight);
                highest = Higher(highest, Avx512F.PermuteVar16x32x2(topLeft, odd, topRight));
                highest = Higher(highest, Avx512F.PermuteVar16x32x2(low, even, lowRight));
                Higher(highest, Avx512F.PermuteVar16x32x2(low, odd, lowRight)).Store(to + done);
            }
            return done;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Higher(Vector512<float> highest, Vector512<float> value) => Vector512.ConditionalSelect(
            Vector512.GreaterThan(value, highest) | (Vector512.IsNaN(value) & ~Vector512.IsNaN(highest)), value, highest);
    }

    private readonly struct AverageWork<T>(PoolingSize size, T* x, T* y, bool countPadding, int planesOfTask) : IWork
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int task)
        {
            int outputHeight = size.OutputHeight, outputWidth = size.OutputWidth;
            for (int plane = task * planesOfTask; plane < Math.Min(size.Planes, (task + 1) * planesOfTask); plane++)
            {
                T* from = x + ((nint)plane * size.InputHeight * size.InputWidth);
                T* to = y + ((nint)plane * outputHeight * outputWidth);
                for (int row = 0; row < outputHeight; row++)
                {
                    (int top, int bottom) = Inside(row, size.StrideY, size.PaddingY, size.KernelHeight, size.InputHeight);
                    for (int column = 0; column < outputWidth; column++)
                    {
                        (int left, int right) = Inside(column, size.StrideX, size.PaddingX, size.KernelWidth, size.InputWidth);
                        T sum = T.Zero;
                        for (int i = top; i < bottom; i++)
                        {
                            for (int j = left; j < right; j++)
                            {
                                sum += from[((nint)i * size.InputWidth) + j];
                            }
                        }
                        int count = countPadding ? size.KernelHeight * size.KernelWidth : (bottom - top) * (right - left);
                        *to++ = sum / T.CreateTruncating(count);
                    }
                }
            }
        }
    }

    private readonly struct AverageGradientWork<T>(PoolingSize size, T* upstream, T* downstream, bool countPadding, int planesOfTask) : IWork
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int task)
        {
            int outputHeight = size.OutputHeight, outputWidth = size.OutputWidth, inputs = size.InputHeight * size.InputWidth;
            for (int plane = task * planesOfTask; plane < Math.Min(size.Planes, (task + 1) * planesOfTask); plane++)
            {
                T* from = upstream + ((nint)plane * outputHeight * outputWidth), to = downstream + ((nint)plane * inputs);
                new Span<T>(to, inputs).Clear();
                for (int row = 0; row < outputHeight; row++)
                {
                    (int top, int bottom) = Inside(row, size.StrideY, size.PaddingY, size.KernelHeight, size.InputHeight);
                    for (int column = 0; column < outputWidth; column++)
                    {
                        (int left, int right) = Inside(column, size.StrideX, size.PaddingX, size.KernelWidth, size.InputWidth);
                        int count = countPadding ? size.KernelHeight * size.KernelWidth : (bottom - top) * (right - left);
                        T share = *from++ / T.CreateTruncating(count);
                        for (int i = top; i < bottom; i++)
                        {
                            for (int j = left; j < right; j++)
                            {
                                to[((nint)i * size.InputWidth) + j] += share;
                            }
                        }
                    }
                }
            }
        }
    }
}
