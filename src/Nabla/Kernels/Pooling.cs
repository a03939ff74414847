using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
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

    /// <summary>The gradient of <see cref="Max"/>: each window's upstream goes to its first maximum.</summary>
    public static void MaxGradient<T>(in PoolingSize size, T* x, T* upstream, T* downstream) where T : unmanaged, IFloatingPointIeee754<T> =>
        Run(size, new MaxGradientWork<T>(size, x, upstream, downstream, PlanesOfTask(size)));

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
                    if (halves && typeof(T) == typeof(float) && outputWidth >= 4 && (Sse.IsSupported || AdvSimd.Arm64.IsSupported))
                    {
                        Halve((float*)from, 2 * row * size.InputWidth, to, outputWidth);
                        done = outputWidth;
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

        // Four windows of 2 · 2 at once: two registers of each input row are parted into even and odd columns, and the four corners compared in
        // the scalar order, so that the first of equal values (-0 and 0) and the first NaN stay here as well. The last four windows of a row
        // may overlap the four before them.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Halve(float* plane, int first, nint to, int outputs)
        {
            int width = size.InputWidth;
            for (int done = 0; done < outputs; done += 4)
            {
                int column = Math.Min(done, outputs - 4), at = first + (2 * column);
                float* above = plane + at, below = above + width;
                Vector128<float> topLeft = Vector128.Load(above), topRight = Vector128.Load(above + 4);
                Vector128<float> lowLeft = Vector128.Load(below), lowRight = Vector128.Load(below + 4);
                Vector128<float> highest = Packing.Even(topLeft, topRight);
                Vector128<int> best = Vector128.Create(at, at + 2, at + 4, at + 6), corner = best;
                Keep(ref highest, ref best, Packing.Odd(topLeft, topRight), corner + Vector128<int>.One);
                Keep(ref highest, ref best, Packing.Even(lowLeft, lowRight), corner + Vector128.Create(width));
                Keep(ref highest, ref best, Packing.Odd(lowLeft, lowRight), corner + Vector128.Create(width + 1));
                if (index is null)
                {
                    highest.Store((float*)y + to + column);
                }
                else
                {
                    best.Store(index + to + column);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Keep(ref Vector128<float> highest, ref Vector128<int> best, Vector128<float> value, Vector128<int> at)
        {
            Vector128<float> wins = Vector128.GreaterThan(value, highest) | (Vector128.IsNaN(value) & ~Vector128.IsNaN(highest));
            highest = Vector128.ConditionalSelect(wins, value, highest);
            best = Vector128.ConditionalSelect(wins.AsInt32(), at, best);
        }
    }

    private readonly struct MaxGradientWork<T>(PoolingSize size, T* x, T* upstream, T* downstream, int planesOfTask) : IWork
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int task)
        {
            int rows = size.OutputHeight, columns = size.OutputWidth, inputs = size.InputHeight * size.InputWidth;
            bool halves = size is { KernelHeight: 2, KernelWidth: 2, StrideY: 2, StrideX: 2, PaddingY: 0, PaddingX: 0 }
                && typeof(T) == typeof(float) && columns >= 4 && (Sse.IsSupported || AdvSimd.Arm64.IsSupported);
            bool covered = halves && size.InputHeight == 2 * rows && size.InputWidth == 2 * columns;
            for (int plane = task * planesOfTask; plane < Math.Min(size.Planes, (task + 1) * planesOfTask); plane++)
            {
                T* from = x + ((nint)plane * inputs), to = downstream + ((nint)plane * inputs), above = upstream + ((nint)plane * rows * columns);
                if (!covered) new Span<T>(to, inputs).Clear();
                for (int row = 0; row < rows; row++, above += columns)
                {
                    if (halves) Halve((float*)from, (float*)above, (float*)to, 2 * row * size.InputWidth, size.InputWidth, columns);
                    else Row(from, above, to, row, columns);
                }
            }
        }

        // The windows' comparisons are those of MaxWork, so the place is the one whose value came forward.
        private void Row(T* from, T* above, T* to, int row, int columns)
        {
            (int top, int bottom) = Inside(row, size.StrideY, size.PaddingY, size.KernelHeight, size.InputHeight);
            for (int column = 0; column < columns; column++)
            {
                (int left, int right) = Inside(column, size.StrideX, size.PaddingX, size.KernelWidth, size.InputWidth);
                int best = (top * size.InputWidth) + left;
                T highest = from[best];
                for (int i = top; i < bottom; i++)
                {
                    for (int j = left; j < right; j++)
                    {
                        int at = (i * size.InputWidth) + j;
                        if (from[at] > highest || (T.IsNaN(from[at]) && !T.IsNaN(highest))) (highest, best) = (from[at], at);
                    }
                }
                to[best] += above[column];
            }
        }

        // As MaxWork.Halve, four windows at once: each corner takes the upstream where it is the first maximum, and 0 elsewhere, so every input of the
        // two rows is written once; windows that overlap those before them write the same again.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Halve(float* plane, float* above, float* downstream, int first, int width, int outputs)
        {
            for (int done = 0; done < outputs; done += 4)
            {
                int column = Math.Min(done, outputs - 4), at = first + (2 * column);
                float* upper = plane + at, lower = upper + width, toUpper = downstream + at, toLower = toUpper + width;
                Vector128<float> share = Vector128.Load(above + column);
                Vector128<float> topLeft = Vector128.Load(upper), topRight = Vector128.Load(upper + 4);
                Vector128<float> lowLeft = Vector128.Load(lower), lowRight = Vector128.Load(lower + 4);
                Vector128<float> a = Packing.Even(topLeft, topRight), b = Packing.Odd(topLeft, topRight);
                Vector128<float> c = Packing.Even(lowLeft, lowRight), d = Packing.Odd(lowLeft, lowRight);
                Vector128<float> toB = Wins(b, a), highest = Vector128.ConditionalSelect(toB, b, a);
                Vector128<float> toC = Wins(c, highest);
                highest = Vector128.ConditionalSelect(toC, c, highest);
                Vector128<float> toD = Wins(d, highest);
                toC = Vector128.AndNot(toC, toD);
                toB = Vector128.AndNot(Vector128.AndNot(toB, toC), toD);
                Vector128<float> toA = ~(toB | toC | toD);
                Zip(share & toA, share & toB, toUpper);
                Zip(share & toC, share & toD, toLower);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<float> Wins(Vector128<float> value, Vector128<float> highest) =>
            Vector128.GreaterThan(value, highest) | (Vector128.IsNaN(value) & ~Vector128.IsNaN(highest));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Zip(Vector128<float> even, Vector128<float> odd, float* to)
        {
            if (Sse.IsSupported)
            {
                Sse.UnpackLow(even, odd).Store(to);
                Sse.UnpackHigh(even, odd).Store(to + 4);
                return;
            }
            AdvSimd.Arm64.ZipLow(even, odd).Store(to);
            AdvSimd.Arm64.ZipHigh(even, odd).Store(to + 4);
        }
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
