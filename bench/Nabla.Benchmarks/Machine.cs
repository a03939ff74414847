using System.Diagnostics;

namespace Nabla.Benchmarks;

/// <summary>The limit that kernels are held against, and the clock.</summary>
internal static class Machine
{
    /// <summary>10⁹ float32 operations a second of fused multiply-adds that touch registers only, on this many threads at once.</summary>
    public static double PeakGigaflops(int threads) => MachinePeak.Gigaflops(threads);

    /// <summary>
    /// The shortest of many calls, in seconds: other programs on the machine only ever add time. Calls too short for the clock are timed
    /// several at once.
    /// </summary>
    public static double Shortest(Action action, double budgetSeconds = 0.25)
    {
        const double clear = 20e-6;
        action();
        double best = double.MaxValue;
        int repeats = 1;
        long begin = Stopwatch.GetTimestamp();
        for (int call = 0; call < 5 || Stopwatch.GetElapsedTime(begin).TotalSeconds < budgetSeconds; call++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < repeats; i++) action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds / repeats);
            repeats = Math.Max(repeats, Math.Min(1000, (int)(clear / best)));
        }
        return best;
    }
}
