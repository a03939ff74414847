using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>
/// Whether x · y + z is rounded once. Where the hardware lacks the instruction (browsers, old processors) the exact fused result would need
/// a hundred instructions, so there it is a product and a sum.
/// </summary>
internal static class Fused
{
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Fma.IsSupported || AdvSimd.IsSupported;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float x, float y, float z) => IsSupported ? MathF.FusedMultiplyAdd(x, y, z) : (x * y) + z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyAdd(double x, double y, double z) => IsSupported ? Math.FusedMultiplyAdd(x, y, z) : (x * y) + z;
}

/// <summary>Arithmetic on one float32 or float64, written once for both.</summary>
internal static class Scalars
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add<T>(T x, T y) where T : unmanaged => typeof(T) == typeof(float)
        ? (T)(object)((float)(object)x + (float)(object)y)
        : (T)(object)((double)(object)x + (double)(object)y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MultiplyAdd<T>(T x, T y, T z) where T : unmanaged => typeof(T) == typeof(float)
        ? (T)(object)Fused.MultiplyAdd((float)(object)x, (float)(object)y, (float)(object)z)
        : (T)(object)Fused.MultiplyAdd((double)(object)x, (double)(object)y, (double)(object)z);
}
