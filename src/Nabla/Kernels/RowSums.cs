using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>Sums of one row by one rule: a register's lanes are chains of their own, then joined; the row's end is filled up with zeros.</summary>
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
        if (i < length) sum += LoadFirst(x + i, length - i);
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
        if (i < length) sum += LoadFirst(x + i, length - i) * LoadFirst(y + i, length - i);
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
            Vector512<T> distance = LoadFirst(x + i, length - i) - shifts;
            sum += FirstLanes(distance * distance, length - i);
        }
        return Lanes(sum);
    }

    /// <summary>The register with zeros in all lanes but the first ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> FirstLanes<T>(Vector512<T> value, int count)
        where T : unmanaged
        => value & Mask<T>(count);

    /// <summary>A register whose first elements come from memory, the others 0. Nothing beyond the elements is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadFirst<T>(T* source, int count)
        where T : unmanaged
    {
        if (!Avx512F.IsSupported) return FirstLanes(ElementwiseKernel.LoadPart(source, count), count);
        return sizeof(T) == 4
            ? Avx512F.MaskLoad((float*)source, Mask<float>(count), Vector512<float>.Zero).As<float, T>()
            : Avx512F.MaskLoad((double*)source, Mask<double>(count), Vector512<double>.Zero).As<double, T>();
    }

    /// <summary>Stores the first elements of a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst<T>(Vector512<T> value, T* destination, int count)
        where T : unmanaged
    {
        if (Avx512F.IsSupported && sizeof(T) == 4) Avx512F.MaskStore((float*)destination, Mask<float>(count), value.As<T, float>());
        else if (Avx512F.IsSupported && sizeof(T) == 8) Avx512F.MaskStore((double*)destination, Mask<double>(count), value.As<T, double>());
        else ElementwiseKernel.StorePart(value, destination, count);
    }

    /// <summary>The sum of a register's lanes: its upper half onto its lower, until one is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Lanes<T>(Vector512<T> value)
        where T : unmanaged, INumber<T>
    {
        Vector256<T> half = value.GetLower() + value.GetUpper();
        Vector128<T> quarter = half.GetLower() + half.GetUpper();
        return sizeof(T) == 8 ? quarter[0] + quarter[1] : (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]);
    }

    // All bits in the first lanes, none in the others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Mask<T>(int count)
        where T : unmanaged
        => sizeof(T) == 8
            ? Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).As<long, T>()
            : Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).As<int, T>();
}
