using System.Numerics;

namespace Nabla;

/// <summary>The free blocks of native memory, by size; what tensors rent their values from.</summary>
/// <remarks>
/// Four size classes to each doubling, so that at most a fifth of a block is unused. Blocks are kept until <see cref="Trim"/>; training needs the same
/// sizes again at every step.
/// </remarks>
public static class StoragePool
{
    private const int Classes = 4 * 40;
    private static readonly Stack[] Free = [.. Enumerable.Range(0, Classes).Select(_ => new Stack())];
    private static readonly List<Tally> Tallies = [];
    private static long bytesAllocated;

    // Small blocks go through the thread's own hands first, without a lock: an operation on a few numbers is over sooner than a lock is taken.
    [ThreadStatic]
    private static Hand? hand;

    /// <summary>Bytes of native memory held by tensors and by the pool together.</summary>
    public static long BytesAllocated => Interlocked.Read(ref bytesAllocated);

    /// <summary>Blocks out at the moment: rented and not yet returned.</summary>
    public static long BlocksInUse
    {
        get
        {
            lock (Tallies) return Tallies.Sum(tally => Volatile.Read(ref tally.Blocks));
        }
    }

    /// <summary>Gives the free blocks back to the operating system.</summary>
    /// <returns>How many bytes.</returns>
    public static long Trim()
    {
        long freed = 0;
        hand?.Empty();
        foreach (Stack stack in Free)
        {
            while (stack.TryPop(out Storage? storage))
            {
                freed += storage.Capacity;
                storage.Free();
                GC.SuppressFinalize(storage);
            }
        }
        Interlocked.Add(ref bytesAllocated, -freed);
        return freed;
    }

    /// <summary>A block of at least that many bytes, owned by the current scope if there is one. Its content is arbitrary.</summary>
    internal static Storage Rent(long bytes)
    {
        (int sizeClass, long capacity) = ClassOf(bytes);
        Hand own = hand ??= new();
        Storage? storage = sizeClass < Hand.Classes ? own.Take(sizeClass) : null;
        if (storage is null && !Free[sizeClass].TryPop(out storage))
        {
            storage = new Storage(sizeClass, capacity);
            Interlocked.Add(ref bytesAllocated, capacity);
        }
        storage.IsFree = false;
        own.Tally.Blocks++;
        Scope.Current?.Adopt(storage);
        return storage;
    }

    internal static void Return(Storage storage)
    {
        EndTurn(storage);
        if (storage.SizeClass < Hand.Classes && (hand ??= new()).Put(storage)) return;
        Free[storage.SizeClass].Push(storage);
    }

    /// <summary>Takes back a block that the collector found; false if it was freed already.</summary>
    internal static unsafe bool ReturnLost(Storage storage)
    {
        if (storage.Pointer is null) return false;
        storage.Owner = null;
        // A free one was in the hand of a thread that ended.
        if (!storage.IsFree) EndTurn(storage);
        Free[storage.SizeClass].Push(storage);
        return true;
    }

    private static void EndTurn(Storage storage)
    {
        storage.EndTurn();
        storage.IsFree = true;
        (hand ??= new()).Tally.Blocks--;
    }

    /// <summary>Class 4e + q holds 2^e · (4 + q) / 4 · 64 bytes, q in 0..3.</summary>
    internal static (int SizeClass, long Capacity) ClassOf(long bytes)
    {
        long lines = Math.Max(1, (bytes + Storage.Alignment - 1) / Storage.Alignment);
        int exponent = BitOperations.Log2((ulong)lines);
        long quarter = Math.Max(1, (1L << exponent) / 4), start = 1L << exponent;
        long steps = (lines - start + quarter - 1) / quarter;
        if (steps == 4)
        {
            exponent++;
            steps = 0;
            start = 1L << exponent;
            quarter = Math.Max(1, start / 4);
        }
        return ((4 * exponent) + (int)steps, (start + (steps * quarter)) * Storage.Alignment);
    }

    private sealed class Stack
    {
        private readonly Lock gate = new();
        private Storage[] items = new Storage[4];
        private int count;

        public bool TryPop([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Storage? storage)
        {
            lock (gate)
            {
                if (count == 0)
                {
                    storage = null;
                    return false;
                }
                storage = items[--count];
                items[count] = null!;
                return true;
            }
        }

        public void Push(Storage storage)
        {
            lock (gate)
            {
                if (count == items.Length) Array.Resize(ref items, 2 * count);
                items[count++] = storage;
            }
        }
    }

    /// <summary>What a thread rented less what it returned: counted without a lock, and kept when the thread ends.</summary>
    private sealed class Tally
    {
        public long Blocks;
    }

    /// <summary>Free blocks of each small size, for one thread. What a thread that ends still holds, the collector brings back to the pool.</summary>
    private sealed class Hand
    {
        // Blocks of up to 7 KiB; of each size a quarter of a megabyte at most, the rest goes to the pool for other threads.
        public const int Classes = 28;

        private const long MostBytes = 256 * 1024;

        private readonly Storage[][] blocks = [.. Enumerable.Range(0, Classes).Select(_ => Array.Empty<Storage>())];
        private readonly int[] counts = new int[Classes];

        public Hand()
        {
            lock (Tallies) Tallies.Add(Tally);
        }

        public Tally Tally { get; } = new();

        public Storage? Take(int sizeClass)
        {
            ref int count = ref counts[sizeClass];
            if (count == 0) return null;
            ref Storage place = ref blocks[sizeClass][--count];
            Storage block = place;
            place = null!;
            return block;
        }

        public bool Put(Storage block)
        {
            ref int count = ref counts[block.SizeClass];
            ref Storage[] row = ref blocks[block.SizeClass];
            if (count == row.Length)
            {
                if (count * block.Capacity >= MostBytes) return false;
                Array.Resize(ref row, Math.Max(4, 2 * count));
            }
            row[count++] = block;
            return true;
        }

        public void Empty()
        {
            for (int sizeClass = 0; sizeClass < Classes; sizeClass++)
                while (Take(sizeClass) is { } block) Free[sizeClass].Push(block);
        }
    }
}
