using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>
/// The matrix of columns of a convolution, a stretch at a time: row (channel, ky, kx), column = position of the window, row by row of the output.
/// </summary>
internal readonly unsafe struct Columns(in ConvolutionSize size)
{
    private readonly int height = size.InputHeight, width = size.InputWidth, outputWidth = size.OutputWidth;
    private readonly int kernelHeight = size.KernelHeight, kernelWidth = size.KernelWidth, strideY = size.StrideY, strideX = size.StrideX;
    private readonly int paddingY = size.PaddingY, paddingX = size.PaddingX, dilationY = size.DilationY, dilationX = size.DilationX;

    /// <summary>The distance of two rows for so many positions: an odd number of cache lines, so that a column's rows spread over all sets.</summary>
    public static nint RowLength<T>(int positions) where T : unmanaged
    {
        int line = 64 / sizeof(T);
        return (((positions + line - 1) / line) | 1) * line;
    }

    /// <summary>Copies what <paramref name="count"/> windows from position begin on see of the planes; padding gives zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather<T>(int channels, T* x, int begin, int count, T* target, nint rowLength) where T : unmanaged
    {
        for (int channel = 0; channel < channels; channel++, x += (nint)height * width)
        {
            for (int ky = 0; ky < kernelHeight; ky++)
            {
                for (int kx = 0; kx < kernelWidth; kx++, target += rowLength)
                {
                    (int first, int past) = Inside(kx);
                    if (IsShift)
                    {
                        (int low, int high) = Shifted(ky, kx, begin, count);
                        Zero(target, low);
                        Packing.Copy(x + begin + Shift(ky, kx) + low, target + low, high - low);
                        Zero(target + high, count - high);
                        ZeroOutside(target, first, past, begin % width, count);
                        continue;
                    }
                    T* to = target;
                    int outputX = begin % outputWidth, y = (begin / outputWidth * strideY) - paddingY + (ky * dilationY);
                    for (int left = count; left > 0; y += strideY, outputX = 0)
                    {
                        int run = Math.Min(left, outputWidth - outputX);
                        (int low, int high) = (first, past);
                        if (run != outputWidth)
                        {
                            low = Math.Clamp(first - outputX, 0, run);
                            high = Math.Clamp(past - outputX, low, run);
                        }
                        if ((uint)y >= (uint)height)
                        {
                            (low, high) = (run, run);
                        }
                        Zero(to, low);
                        T* from = x + ((nint)y * width) + (((nint)outputX + low) * strideX) + (kx * dilationX) - paddingX;
                        if (strideX == 1)
                        {
                            Packing.Copy(from, to + low, high - low);
                        }
                        else
                        {
                            Packing.CopyEvery(from, strideX, to + low, high - low);
                        }
                        Zero(to + high, run - high);
                        to += run;
                        left -= run;
                    }
                }
            }
        }
    }

    /// <summary>The way back of <see cref="Gather"/>: adds each column to the places its window saw. It may overwrite the columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scatter<T>(int channels, T* columns, nint rowLength, int begin, int count, T* x) where T : unmanaged
    {
        for (int channel = 0; channel < channels; channel++, x += (nint)height * width)
        {
            for (int ky = 0; ky < kernelHeight; ky++)
            {
                for (int kx = 0; kx < kernelWidth; kx++, columns += rowLength)
                {
                    (int first, int past) = Inside(kx);
                    if (IsShift)
                    {
                        (int low, int high) = Shifted(ky, kx, begin, count);
                        ZeroOutside(columns, first, past, begin % width, count);
                        Rows.Add(columns + low, x + begin + Shift(ky, kx) + low, high - low);
                        continue;
                    }
                    T* from = columns;
                    int outputX = begin % outputWidth, y = (begin / outputWidth * strideY) - paddingY + (ky * dilationY);
                    for (int left = count; left > 0; y += strideY, outputX = 0)
                    {
                        int run = Math.Min(left, outputWidth - outputX);
                        (int low, int high) = (first, past);
                        if (run != outputWidth)
                        {
                            low = Math.Clamp(first - outputX, 0, run);
                            high = Math.Clamp(past - outputX, low, run);
                        }
                        if ((uint)y < (uint)height)
                        {
                            T* to = x + ((nint)y * width) + (((nint)outputX + low) * strideX) + (kx * dilationX) - paddingX;
                            if (strideX == 1)
                            {
                                Rows.Add(from + low, to, high - low);
                            }
                            else
                            {
                                for (int i = low; i < high; i++, to += strideX)
                                {
                                    *to = Scalars.Add(*to, from[i]);
                                }
                            }
                        }
                        from += run;
                        left -= run;
                    }
                }
            }
        }
    }

    // With steps of one and an output as wide as the input, a tap sees the plane shifted by a constant: one long run instead of one for each
    // row, in which the columns that fell off one side and came in on the other are zeros.
    private bool IsShift => strideX == 1 && strideY == 1 && outputWidth == width;

    private nint Shift(int ky, int kx) => ((((nint)ky * dilationY) - paddingY) * width) + (kx * dilationX) - paddingX;

    private (int Low, int High) Shifted(int ky, int kx, int begin, int count)
    {
        long first = begin + (long)Shift(ky, kx), plane = (long)height * width;
        int low = (int)Math.Clamp(-first, 0, count);
        return (low, (int)Math.Clamp(plane - first, low, count));
    }

    private void ZeroOutside<T>(T* target, int first, int past, int offset, int count) where T : unmanaged
    {
        for (int column = 0; column < first; column++)
        {
            ZeroColumn(target, column - offset, count);
        }
        for (int column = past; column < width; column++)
        {
            ZeroColumn(target, column - offset, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ZeroColumn<T>(T* target, int at, int count) where T : unmanaged
    {
        for (at += at < 0 ? width : 0; at < count; at += width)
        {
            target[at] = default;
        }
    }

    // The output columns whose tap kx lies inside the image: first ≤ column < past.
    private (int First, int Past) Inside(int kx)
    {
        int shift = (kx * dilationX) - paddingX;
        int first = shift >= 0 ? 0 : (-shift + strideX - 1) / strideX;
        int past = width <= shift ? 0 : (width - shift + strideX - 1) / strideX;
        return (Math.Min(first, outputWidth), Math.Clamp(past, Math.Min(first, outputWidth), outputWidth));
    }

    private static void Zero<T>(T* target, int count) where T : unmanaged
    {
        for (int i = 0; i < count; i++)
        {
            target[i] = default;
        }
    }
}

/// <summary>Sums of neighbouring elements.</summary>
internal static unsafe class Rows
{
    /// <summary>target[i] += source[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T>(T* source, T* target, nint count) where T : unmanaged
    {
        nint i = 0;
        for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
        {
            (Vector256.Load(target + i) + Vector256.Load(source + i)).Store(target + i);
        }
        for (; i < count; i++)
        {
            target[i] = Scalars.Add(target[i], source[i]);
        }
    }
}
