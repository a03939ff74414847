using System.Diagnostics;

namespace Nabla.Benchmarks;

/// <summary>The limit that kernels are held against, and the clock.</summary>
internal static class Machine
{
    /// <summary>10⁹ float32 operations a second of fused multiply-adds that touch registers only, on this many threads at once.</summary>
    public static double PeakGigaflops(int threads) => MachinePeak.Gigaflops(threads);

    /// <summary>The shortest of many calls, in seconds: other programs on the machine only ever add time.</summary>
    public static double Shortest(Action action, double budgetSeconds = 0.25)
    {
        action();
        double best = double.MaxValue;
        long begin = Stopwatch.GetTimestamp();
        for (int call = 0; call < 5 || Stopwatch.GetElapsedTime(begin).TotalSeconds < budgetSeconds; call++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}
