using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Sums of one row by one rule: a register's lanes are chains of their own, joined pairwise; the row's end is filled up with zeros.</summary>
internal static unsafe class RowSums
{
    /// <summary>Σ x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Sum<T>(T* x, int length)
        where T : unmanaged, INumber<T>
    {
        Vector512<T> sum = Vector512<T>.Zero;
        int i = 0;
        for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count) sum += Vector512.Load(x + i);
        if (i < length) sum += FirstLanes(ElementwiseKernel.LoadPart(x + i, length - i), length - i);
        return Lanes(sum);
    }

    /// <summary>Σ x y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot<T>(T* x, T* y, int length)
        where T : unmanaged, INumber<T>
    {
        Vector512<T> sum = Vector512<T>.Zero;
        int i = 0;
        for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count) sum += Vector512.Load(x + i) * Vector512.Load(y + i);
        if (i < length) sum += FirstLanes(ElementwiseKernel.LoadPart(x + i, length - i) * ElementwiseKernel.LoadPart(y + i, length - i), length - i);
        return Lanes(sum);
    }

    /// <summary>Σ (x − shift)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Squares<T>(T* x, T shift, int length)
        where T : unmanaged, INumber<T>
    {
        Vector512<T> sum = Vector512<T>.Zero, shifts = Vector512.Create(shift);
        int i = 0;
        for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            Vector512<T> distance = Vector512.Load(x + i) - shifts;
            sum += distance * distance;
        }
        if (i < length)
        {
            Vector512<T> distance = ElementwiseKernel.LoadPart(x + i, length - i) - shifts;
            sum += FirstLanes(distance * distance, length - i);
        }
        return Lanes(sum);
    }

    /// <summary>The register with zeros in all lanes but the first ones.</summary>
    public static Vector512<T> FirstLanes<T>(Vector512<T> value, int count)
        where T : unmanaged, INumber<T>
    {
        T* lanes = stackalloc T[64];
        value.Store(lanes);
        for (int lane = count; lane < Vector512<T>.Count; lane++) lanes[lane] = T.Zero;
        return Vector512.Load(lanes);
    }

    /// <summary>The sum of a register's lanes, neighbours first.</summary>
    public static T Lanes<T>(Vector512<T> value)
        where T : unmanaged, INumber<T>
    {
        T* lanes = stackalloc T[64];
        value.Store(lanes);
        for (int count = Vector512<T>.Count / 2; count > 0; count /= 2)
            for (int i = 0; i < count; i++) lanes[i] = lanes[2 * i] + lanes[(2 * i) + 1];
        return lanes[0];
    }
}
