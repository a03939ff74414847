using System.Numerics;
using System.Runtime.InteropServices;
using Nabla.Kernels;

namespace Nabla.Tests.Kernels;

/// <summary>Native memory with a known value on both sides, so that a kernel that writes past its end is found.</summary>
internal sealed unsafe class Native<T> : IDisposable where T : unmanaged, INumber<T>
{
    private const int Guard = 64;
    private readonly T* block;
    private readonly int length;

    public Native(int length)
    {
        this.length = length;
        block = (T*)NativeMemory.Alloc((nuint)(length + (2 * Guard)), (nuint)sizeof(T));
        new Span<T>(block, length + (2 * Guard)).Fill(T.CreateChecked(77));
    }

    public Native(ReadOnlySpan<T> values) : this(values.Length) => values.CopyTo(Span);

    public T* Pointer => block + Guard;

    public Span<T> Span => new(Pointer, length);

    /// <summary>Uniform in [-1, 1) for real types.</summary>
    public static Native<T> Random(int length, Random random)
    {
        Native<T> native = new(length);
        foreach (ref T value in native.Span)
        {
            value = T.CreateChecked((random.NextDouble() * 2) - 1);
        }
        return native;
    }

    public void Dispose()
    {
        bool intact = !new Span<T>(block, Guard).ContainsAnyExcept(T.CreateChecked(77))
            && !new Span<T>(Pointer + length, Guard).ContainsAnyExcept(T.CreateChecked(77));
        NativeMemory.Free(block);
        Assert.True(intact, "a kernel wrote outside its destination");
    }
}

/// <summary>Tests that change the number of threads run one after the other.</summary>
[CollectionDefinition("threads", DisableParallelization = true)]
public sealed class ThreadsCollection
{
    /// <summary>Runs with a number of threads and restores the one before.</summary>
    internal static void With(int threads, Action action)
    {
        int kept = Threads.Count;
        Threads.Count = threads;
        try
        {
            action();
        }
        finally
        {
            Threads.Count = kept;
        }
    }
}
