using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Compares two broadcast inputs; a register of answers becomes a byte a lane.</summary>
internal static unsafe class ComparisonKernel
{
    public static void Map<TComparison>(Buffers buffers)
        where TComparison : struct, IComparison
    {
        BroadcastPlan plan = BroadcastPlan.Of(buffers.OutputSpec.Shape, [buffers.InputSpec(0).Shape, buffers.InputSpec(1).Shape]);
        switch (buffers.InputSpec(0).DType)
        {
            case DType.Float32: MapFloating<TComparison, float>(buffers, plan); break;
            case DType.Float64: MapFloating<TComparison, double>(buffers, plan); break;
            case DType.Int32: MapIntegers<TComparison, int>(buffers, plan); break;
            case DType.Int64: MapIntegers<TComparison, long>(buffers, plan); break;
            default: MapIntegers<TComparison, byte>(buffers, plan); break;
        }
    }

    private static void MapFloating<TComparison, T>(Buffers buffers, in BroadcastPlan plan)
        where TComparison : struct, IComparison
        where T : unmanaged
        => ElementwiseKernel.SplitRuns(
            plan, new Work<TComparison, T>(plan, buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.OutputPointer<byte>()));

    private static void Loop<TComparison, T>(T* x, int xStride, T* y, int yStride, byte* z, int count)
        where TComparison : struct, IComparison
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated) Loop<TComparison, Register512<T>, T>(x, xStride, y, yStride, z, count);
        else Loop<TComparison, Register256<T>, T>(x, xStride, y, yStride, z, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Loop<TComparison, TRegister, T>(T* x, int xStride, T* y, int yStride, byte* z, int count)
        where TComparison : struct, IComparison
        where TRegister : struct, IRegisterLane<TRegister, T>
        where T : unmanaged
    {
        TComparison comparison = default;
        TRegister xs = TRegister.Fill(*x), ys = TRegister.Fill(*y);
        for (int i = 0; i < count; i += TRegister.Count)
        {
            int lanes = Math.Min(TRegister.Count, count - i);
            bool whole = lanes == TRegister.Count;
            if (xStride != 0) xs = whole ? TRegister.Load(x + i) : ElementwiseKernel.LoadPart<TRegister, T>(x + i, lanes);
            if (yStride != 0) ys = whole ? TRegister.Load(y + i) : ElementwiseKernel.LoadPart<TRegister, T>(y + i, lanes);
            ulong holds = comparison.Value(xs, ys).Positive();
            if (whole && lanes % 8 == 0)
                for (int lane = 0; lane < lanes; lane += 8) *(ulong*)(z + i + lane) = Spread((byte)(holds >> lane));
            else
                for (int lane = 0; lane < lanes; lane++) z[i + lane] = (byte)(holds >> lane & 1);
        }
    }

    // Eight bits become eight bytes, the lowest first: each byte keeps its own bit of a copy, and a carry into the top bit tells
    // whether one was left.
    private static ulong Spread(byte bits)
    {
        ulong own = (bits * 0x0101_0101_0101_0101UL) & 0x8040_2010_0804_0201UL;
        return ((own + 0x7F7F_7F7F_7F7F_7F7FUL) >> 7) & 0x0101_0101_0101_0101UL;
    }

    private static void MapIntegers<TComparison, T>(Buffers buffers, in BroadcastPlan plan)
        where TComparison : struct, IComparison
        where T : unmanaged, IBinaryInteger<T>
    {
        TComparison comparison = default;
        T* x = buffers.InputPointer<T>(0), y = buffers.InputPointer<T>(1);
        byte* z = buffers.OutputPointer<byte>();
        for (int run = 0; run < plan.RunCount; run++)
        {
            nint left = plan.Offset(run, 0), right = plan.Offset(run, 1);
            for (int i = 0; i < plan.RunLength; i++)
            {
                Integer<T> a = new(x[left + (i * plan.RunStride(0))]), b = new(y[right + (i * plan.RunStride(1))]);
                *z++ = (byte)(comparison.Value(a, b).Value > T.Zero ? 1 : 0);
            }
        }
    }

    private readonly struct Work<TComparison, T>(BroadcastPlan plan, T* x, T* y, byte* z) : IWork
        where TComparison : struct, IComparison
        where T : unmanaged
    {
        public void Run(int task)
        {
            (int first, int end, int start, int length) = ElementwiseKernel.RunPart(task, plan);
            int xStride = plan.RunStride(0), yStride = plan.RunStride(1);
            for (int run = first; run < end; run++)
            {
                T* left = x + plan.Offset(run, 0) + (start * xStride), right = y + plan.Offset(run, 1) + (start * yStride);
                Loop<TComparison, T>(left, xStride, right, yStride, z + ((nint)run * plan.RunLength) + start, length);
            }
        }
    }
}
