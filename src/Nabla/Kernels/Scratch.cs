using System.Runtime.InteropServices;

namespace Nabla.Kernels;

/// <summary>
/// Native memory that a thread keeps between kernels, aligned to cache lines. A slot's block is valid until the same thread asks for the same slot
/// again; kernels that call one another use different slots.
/// </summary>
internal static unsafe class Scratch
{
    internal enum Slot
    {
        /// <summary>Packed panels of a matrix product.</summary>
        Panels,

        /// <summary>The columns of an image under a convolution's windows.</summary>
        Columns,

        /// <summary>Weights packed for all tasks of a convolution, and sums that are still to be added up.</summary>
        Partial,

        /// <summary>The tiles between the steps of a fused chain.</summary>
        Tiles,

        /// <summary>The strip of a product that is packed just before it is used.</summary>
        Strip,
    }

    [ThreadStatic]
    private static Block?[]? blocks;

    public static T* Rent<T>(Slot slot, nint count) where T : unmanaged
    {
        Block?[] own = blocks ??= new Block?[5];
        Block? block = own[(int)slot];
        nint bytes = checked(count * sizeof(T));
        if (block is null || block.Length < bytes)
        {
            block?.Free();
            own[(int)slot] = block = new Block(Math.Max(bytes, 4096));
        }
        return (T*)block.Pointer;
    }

    // Freed by the collector when its thread has ended.
    private sealed class Block(nint length)
    {
        public readonly nint Length = length;
        public void* Pointer { get; private set; } = NativeMemory.AlignedAlloc((nuint)length, 64);

        ~Block() => Free();

        public void Free()
        {
            NativeMemory.AlignedFree(Pointer);
            Pointer = null;
        }
    }
}
