using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>Copies strips of a matrix into the order in which the innermost loop reads them.</summary>
internal static unsafe class Packing
{
    // Packing 768 x 768 between two products: 0.3 ns an element without asking ahead, 0.15 with; 8 or 16 rows alike.
    private const int RowsAhead = 16;

    /// <summary>
    /// target[p · width + lane] = source[lane · laneStride + p · stepStride] for lane &lt; lanes and p &lt; steps; zeros for lanes up to width.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Panel<T>(int lanes, int width, nint steps, T* source, nint laneStride, nint stepStride, T* target) where T : unmanaged
    {
        if (stepStride == 1 && laneStride != 1)
        {
            Transposed(lanes, width, steps, source, laneStride, target);
            return;
        }
        for (nint p = 0; p < steps; p++, source += stepStride, target += width)
        {
            if (laneStride == 1)
            {
                if (Sse.IsSupported)
                {
                    // Rows far apart look like no stream to the processor.
                    Sse.Prefetch0(source + (RowsAhead * stepStride));
                    Sse.Prefetch0(source + (RowsAhead * stepStride) + lanes - 1);
                }
                Copy(source, target, lanes);
            }
            else
            {
                for (int lane = 0; lane < lanes; lane++)
                {
                    target[lane] = source[lane * laneStride];
                }
            }
            for (int lane = lanes; lane < width; lane++)
            {
                target[lane] = default;
            }
        }
    }

    /// <summary>Copies a run that does not overlap its target: whole registers, then one that reaches back over what is already copied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<T>(T* source, T* target, nint count) where T : unmanaged
    {
        nint bytes = count * sizeof(T);
        byte* from = (byte*)source, to = (byte*)target;
        if (bytes >= 32)
        {
            nint at = 0;
            for (; at <= bytes - 32; at += 32)
            {
                Vector256.Load(from + at).Store(to + at);
            }
            if (at < bytes)
            {
                Vector256.Load(from + bytes - 32).Store(to + bytes - 32);
            }
        }
        else if (bytes >= 16)
        {
            Vector128<byte> first = Vector128.Load(from), last = Vector128.Load(from + bytes - 16);
            first.Store(to);
            last.Store(to + bytes - 16);
        }
        else
        {
            for (nint i = 0; i < count; i++)
            {
                target[i] = source[i];
            }
        }
    }

    /// <summary>target[i] = source[i · stride] for i &lt; count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyEvery<T>(T* source, nint stride, T* target, nint count) where T : unmanaged
    {
        nint i = 0;
        if (typeof(T) == typeof(float) && stride == 2 && (Sse.IsSupported || AdvSimd.Arm64.IsSupported))
        {
            // The even elements of eight. The eighth lies past the last one needed, so the final four are the odd elements of eight that end there.
            for (; i < count - 4; i += 4)
            {
                Even(Vector128.Load((float*)source + (2 * i)), Vector128.Load((float*)source + (2 * i) + 4)).Store((float*)target + i);
            }
            if (count > 4)
            {
                float* last = (float*)source + (2 * (count - 4)) - 1;
                Odd(Vector128.Load(last), Vector128.Load(last + 4)).Store((float*)target + count - 4);
                return;
            }
        }
        for (; i < count; i++)
        {
            target[i] = source[i * stride];
        }
    }

    // Each lane's steps are contiguous. Squares of four lanes and four steps are transposed in registers; lanes past the last one repeat it and
    // are overwritten with zeros, so that no square needs a narrower form.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transposed<T>(int lanes, int width, nint steps, T* source, nint laneStride, T* target) where T : unmanaged
    {
        nint squares = CanTranspose && width % 4 == 0 ? steps & ~3 : 0;
        for (int lane = 0; lane < width; lane += 4)
        {
            if (lane >= lanes)
            {
                for (nint p = 0; p < squares; p++)
                {
                    Unsafe.InitBlockUnaligned(target + (p * width) + lane, 0, (uint)(4 * sizeof(T)));
                }
                continue;
            }
            int left = lanes - lane;
            T* s0 = source + (lane * laneStride);
            T* s1 = left > 1 ? s0 + laneStride : s0, s2 = left > 2 ? s1 + laneStride : s1, s3 = left > 3 ? s2 + laneStride : s2;
            T* to = target + lane;
            nint step = 0;
            for (; CanTransposeWide<T>() && step <= squares - 16; step += 16, s0 += 16, s1 += 16, s2 += 16, s3 += 16, to += 16 * width)
            {
                // The next four lanes, which begin in a far cache and are too short for the processor to foresee.
                Sse.Prefetch0(s0 + (4 * laneStride));
                Sse.Prefetch0(s1 + (4 * laneStride));
                Sse.Prefetch0(s2 + (4 * laneStride));
                Sse.Prefetch0(s3 + (4 * laneStride));
                (Vector512<float> t0, Vector512<float> t1, Vector512<float> t2, Vector512<float> t3) =
                    FourSquares((float*)s0, (float*)s1, (float*)s2, (float*)s3);
                Quarters(t0, (float*)to, 4 * width);
                Quarters(t1, (float*)to + width, 4 * width);
                Quarters(t2, (float*)to + (2 * width), 4 * width);
                Quarters(t3, (float*)to + (3 * width), 4 * width);
            }
            for (; step < squares; step += 4, s0 += 4, s1 += 4, s2 += 4, s3 += 4, to += 4 * width)
            {
                Square(s0, s1, s2, s3, to, width);
            }
            for (int empty = left; empty < 4; empty++)
            {
                for (nint p = 0; p < squares; p++) target[(p * width) + lane + empty] = default;
            }
            if (squares == 0)
            {
                break;
            }
        }
        for (nint p = squares; p < steps; p++)
        {
            T* to = target + (p * width);
            for (int lane = 0; lane < lanes; lane++)
            {
                to[lane] = source[(lane * laneStride) + p];
            }
            for (int lane = lanes; lane < width; lane++)
            {
                to[lane] = default;
            }
        }
    }

    /// <summary>Elements 0 and 2 of x, then of y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Even(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.Shuffle(x, y, 0b10_00_10_00) : AdvSimd.Arm64.UnzipEven(x, y);

    /// <summary>Elements 1 and 3 of x, then of y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Odd(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.Shuffle(x, y, 0b11_01_11_01) : AdvSimd.Arm64.UnzipOdd(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool CanTransposeWide<T>() => typeof(T) == typeof(float) && Avx512F.IsSupported;

    /// <summary>Sixteen steps of four rows, turned: quarter q of result i holds the four elements of step 4 q + i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float>, Vector512<float>, Vector512<float>, Vector512<float>) FourSquares(float* s0, float* s1, float* s2, float* s3)
    {
        Vector512<float> r0 = Vector512.Load(s0), r1 = Vector512.Load(s1), r2 = Vector512.Load(s2), r3 = Vector512.Load(s3);
        Vector512<float> evenLow = Avx512F.UnpackLow(r0, r2), evenHigh = Avx512F.UnpackHigh(r0, r2);
        Vector512<float> oddLow = Avx512F.UnpackLow(r1, r3), oddHigh = Avx512F.UnpackHigh(r1, r3);
        return (
            Avx512F.UnpackLow(evenLow, oddLow), Avx512F.UnpackHigh(evenLow, oddLow),
            Avx512F.UnpackLow(evenHigh, oddHigh), Avx512F.UnpackHigh(evenHigh, oddHigh));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(Vector512<float> values, float* target, nint stride)
    {
        Avx512F.ExtractVector128(values, 0).Store(target);
        Avx512F.ExtractVector128(values, 1).Store(target + stride);
        Avx512F.ExtractVector128(values, 2).Store(target + (2 * stride));
        Avx512F.ExtractVector128(values, 3).Store(target + (3 * stride));
    }

    /// <summary>Whether squares can be turned in registers here.</summary>
    public static bool CanTranspose => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    // Rows s0 to s3 become columns: interleaving 0 with 2 and 1 with 3, and then the results, leaves step i of the four lanes side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square<T>(T* s0, T* s1, T* s2, T* s3, T* target, nint width) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            (Vector128<float> t0, Vector128<float> t1, Vector128<float> t2, Vector128<float> t3) =
                Square((float*)s0, (float*)s1, (float*)s2, (float*)s3);
            float* to = (float*)target;
            t0.Store(to);
            t1.Store(to + width);
            t2.Store(to + (2 * width));
            t3.Store(to + (3 * width));
        }
        else
        {
            Pair((double*)s0, (double*)s1, (double*)target, width);
            Pair((double*)s2, (double*)s3, (double*)target + 2, width);
            Pair((double*)s0 + 2, (double*)s1 + 2, (double*)target + (2 * width), width);
            Pair((double*)s2 + 2, (double*)s3 + 2, (double*)target + (2 * width) + 2, width);
        }
    }

    /// <summary>Four steps of four rows, turned: result i holds the four elements of step i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<float>, Vector128<float>, Vector128<float>, Vector128<float>) Square(float* s0, float* s1, float* s2, float* s3)
    {
        Vector128<float> r0 = Vector128.Load(s0), r1 = Vector128.Load(s1), r2 = Vector128.Load(s2), r3 = Vector128.Load(s3);
        Vector128<float> evenLow = Low(r0, r2), evenHigh = High(r0, r2), oddLow = Low(r1, r3), oddHigh = High(r1, r3);
        return (Low(evenLow, oddLow), High(evenLow, oddLow), Low(evenHigh, oddHigh), High(evenHigh, oddHigh));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(double* s0, double* s1, double* target, nint width)
    {
        Vector128<double> r0 = Vector128.Load(s0), r1 = Vector128.Load(s1);
        Low(r0, r1).Store(target);
        High(r0, r1).Store(target + width);
    }

    private static Vector128<float> Low(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    private static Vector128<float> High(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);

    private static Vector128<double> Low(Vector128<double> x, Vector128<double> y) =>
        Sse2.IsSupported ? Sse2.UnpackLow(x, y) : AdvSimd.Arm64.ZipLow(x, y);

    private static Vector128<double> High(Vector128<double> x, Vector128<double> y) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(x, y) : AdvSimd.Arm64.ZipHigh(x, y);
}
