using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>The conversions of training steps, many elements at once: bytes and masks to float32, and between the two floating types.</summary>
internal static unsafe class CastKernel
{
    private interface IConversion<TFrom, TTo>
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        /// <summary>Converts sixteen elements.</summary>
        static abstract void Sixteen(TFrom* x, TTo* y);

        static abstract TTo One(TFrom x);
    }

    /// <summary>Bytes 0 to 255 as numbers; a mask as 0 and 1.</summary>
    public static void Convert(byte* x, float* y, int count) => Run<byte, float, ByteToSingle>(x, y, count);

    /// <summary>Exact.</summary>
    public static void Convert(float* x, double* y, int count) => Run<float, double, SingleToDouble>(x, y, count);

    /// <summary>To the nearest; what is too large becomes an infinity.</summary>
    public static void Convert(double* x, float* y, int count) => Run<double, float, DoubleToSingle>(x, y, count);

    /// <summary>Sixteen bytes, each in a lane of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Widen(Vector128<byte> bytes)
    {
        if (Avx512F.IsSupported) return Avx512F.ConvertToVector512Int32(bytes);
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(bytes);
        (Vector256<uint> first, Vector256<uint> second) = Vector256.Widen(Vector256.Create(low, high));
        return Vector512.Create(first, second).AsInt32();
    }

    private static void Run<TFrom, TTo, TConversion>(TFrom* x, TTo* y, int count)
        where TFrom : unmanaged
        where TTo : unmanaged
        where TConversion : struct, IConversion<TFrom, TTo>
        => ElementwiseKernel.Split(count, new Work<TFrom, TTo, TConversion>(x, y, count));

    private readonly struct Work<TFrom, TTo, TConversion>(TFrom* x, TTo* y, int count) : IWork
        where TFrom : unmanaged
        where TTo : unmanaged
        where TConversion : struct, IConversion<TFrom, TTo>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int task)
        {
            (int start, int length) = ElementwiseKernel.Part(task, count);
            TFrom* from = x + start;
            TTo* to = y + start;
            int i = 0;
            for (; i <= length - 16; i += 16) TConversion.Sixteen(from + i, to + i);
            for (; i < length; i++) to[i] = TConversion.One(from[i]);
        }
    }

    private readonly struct ByteToSingle : IConversion<byte, float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Sixteen(byte* x, float* y) => Vector512.ConvertToSingle(Widen(Vector128.Load(x))).Store(y);

        public static float One(byte x) => x;
    }

    private readonly struct SingleToDouble : IConversion<float, double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Sixteen(float* x, double* y)
        {
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(Vector512.Load(x));
            low.Store(y);
            high.Store(y + 8);
        }

        public static double One(float x) => x;
    }

    private readonly struct DoubleToSingle : IConversion<double, float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Sixteen(double* x, float* y) => Vector512.Narrow(Vector512.Load(x), Vector512.Load(x + 8)).Store(y);

        public static float One(double x) => (float)x;
    }
}
