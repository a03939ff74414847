using Nabla.Kernels;

namespace Nabla;

/// <summary>How many threads compute. It never changes a result: work is cut by size, so every count gives the same bits.</summary>
public static class Threads
{
    private static int count = OperatingSystem.IsBrowser() ? 1 : Math.Clamp(Environment.ProcessorCount, 1, 256);

    /// <summary>
    /// The threads that share one operation's work, the calling one among them: 1 to 256, at first one for each processor.
    /// With 1 no thread but the caller's ever runs; lowering the count lets the threads above it end.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is outside 1 to 256.</exception>
    public static int Count
    {
        get => Volatile.Read(ref count);
        set
        {
            if (value is < 1 or > 256)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value,
                    $"Threads.Count needs 1 to 256 threads, got {value}; take Environment.ProcessorCount for one a processor");
            }
            Volatile.Write(ref count, value);
            ForkJoin.Shrink();
        }
    }
}
