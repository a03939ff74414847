using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// A 64-byte-aligned native block that tensors take turns in. Each turn has a number: a tensor whose turn is over can tell, and says so.
/// </summary>
/// <remarks>
/// Storages are pooled together with their blocks, so that a step in a <see cref="Scope"/> allocates neither. One that is lost without a scope
/// comes back to the pool when the collector finds it.
/// </remarks>
internal sealed unsafe class Storage
{
    public const int Alignment = 64;

    // Of a block that belongs to no pool: it is freed when the collector finds it.
    private const int NoClass = -1;

    private readonly int sizeClass;

    // A slice keeps the block it lies in alive.
    private readonly Storage? whole;

    internal Storage(int sizeClass, long capacity)
    {
        this.sizeClass = sizeClass;
        Capacity = capacity;
        Pointer = (byte*)NativeMemory.AlignedAlloc((nuint)capacity, Alignment);
        // The collector does not see native memory; without this a loop that drops large tensors would outrun it.
        GC.AddMemoryPressure(capacity);
    }

    private Storage(Storage whole, long offset, long bytes)
    {
        this.whole = whole;
        sizeClass = NoClass;
        Capacity = bytes;
        Pointer = whole.Pointer + offset;
        GC.SuppressFinalize(this);
    }

    ~Storage()
    {
        if (Environment.HasShutdownStarted) return;
        if (sizeClass != NoClass && StoragePool.ReturnLost(this)) GC.ReRegisterForFinalize(this);
        else Free();
    }

    /// <summary>A block outside the pool.</summary>
    public static Storage Alone(long bytes) => new(NoClass, bytes);

    /// <summary>A part of this block, as a storage of its own.</summary>
    public Storage Slice(long offset, long bytes)
    {
        Debug.Assert(whole is null && offset + bytes <= Capacity);
        return new(this, offset, bytes);
    }

    public byte* Pointer { get; private set; }

    public long Capacity { get; }

    public int SizeClass => sizeClass;

    /// <summary>Counts the turns; raised at each return to the pool.</summary>
    public int Turn { get; private set; }

    /// <summary>Whether it waits in the pool for its next turn.</summary>
    public bool IsFree { get; set; }

    /// <summary>Raised whenever a cell that lives here is assigned, so that a graph recorded before can tell.</summary>
    public int Version { get; set; }

    /// <summary>The scope that gives this block back, if any, and the place in its list.</summary>
    public Scope? Owner { get; set; }

    /// <summary>The place in the owner's list.</summary>
    public int OwnerIndex { get; set; }

    public void EndTurn()
    {
        Debug.Assert(Owner is null);
        Turn++;
        Version = 0;
    }

    public void Free()
    {
        if (Pointer is null) return;
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
        GC.RemoveMemoryPressure(Capacity);
    }
}
