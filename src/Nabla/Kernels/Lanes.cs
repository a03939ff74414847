using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>Registers at the end of a row, where fewer elements are left than a register holds.</summary>
internal static unsafe class Lanes
{
    /// <summary>A register from here on; where too few elements are left, their places are filled up with the first of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TRegister Load<TRegister, T>(T* source, int left)
        where TRegister : struct, IRegisterLane<TRegister, T>
        where T : unmanaged
        => left >= TRegister.Count ? TRegister.Load(source) : LoadEnd<TRegister, T>(source, left);

    /// <summary>Stores a register, or of it what is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TRegister, T>(TRegister value, T* destination, int left)
        where TRegister : struct, IRegisterLane<TRegister, T>
        where T : unmanaged
    {
        if (left >= TRegister.Count) value.Store(destination);
        else StoreEnd(value, destination, left);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TRegister LoadEnd<TRegister, T>(T* source, int left)
        where TRegister : struct, IRegisterLane<TRegister, T>
        where T : unmanaged
        => ElementwiseKernel.LoadPart<TRegister, T>(source, left);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreEnd<TRegister, T>(TRegister value, T* destination, int left)
        where TRegister : struct, IRegisterLane<TRegister, T>
        where T : unmanaged
        => ElementwiseKernel.StorePart<TRegister, T>(value, destination, left);
}
