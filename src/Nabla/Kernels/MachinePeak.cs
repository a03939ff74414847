using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>The limit that products and convolutions are held against.</summary>
public static class MachinePeak
{
    private static float last;

    /// <summary>Measures 10⁹ float32 operations a second of fused multiply-adds that touch registers only; takes about a tenth of a second.</summary>
    /// <param name="threads">How many run at once, at least 1.</param>
    public static double Gigaflops(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        const int steps = 4_000_000, rounds = 8;
        int lanes = Vector512.IsHardwareAccelerated ? 16 : 8;
        // The same threads through all rounds: a scheduler that puts new ones on one core has time to spread them.
        using Barrier begin = new(threads);
        double[] seconds = new double[threads * rounds];
        Thread[] runners = [.. Enumerable.Range(0, threads).Select(index => new Thread(() =>
        {
            for (int round = 0; round < rounds; round++)
            {
                begin.SignalAndWait();
                long start = Stopwatch.GetTimestamp();
                float sum = Vector512.IsHardwareAccelerated ? Chains512(steps) : Chains256(steps);
                seconds[(round * threads) + index] = Stopwatch.GetElapsedTime(start).TotalSeconds;
                // Read, so that the chains are not left out.
                Volatile.Write(ref last, sum);
            }
        }))];
        Array.ForEach(runners, runner => runner.Start());
        Array.ForEach(runners, runner => runner.Join());
        double shortest = Enumerable.Range(0, rounds).Min(round => seconds.AsSpan(round * threads, threads).ToArray().Max());
        return 2.0 * 10 * lanes * steps * threads / shortest / 1e9;
    }

    // Ten chains: two units with a latency of four cycles need eight, and ten still fit the sixteen registers of AVX2.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Chains512(int steps)
    {
        Vector512<float> f = Vector512.Create(0.999f), g = Vector512.Create(0.001f);
        Vector512<float> a = g, b = g, c = g, d = g, e = g, h = g, i = g, j = g, k = g, l = g;
        for (; steps > 0; steps--)
        {
            a = Vector512.FusedMultiplyAdd(a, f, g);
            b = Vector512.FusedMultiplyAdd(b, f, g);
            c = Vector512.FusedMultiplyAdd(c, f, g);
            d = Vector512.FusedMultiplyAdd(d, f, g);
            e = Vector512.FusedMultiplyAdd(e, f, g);
            h = Vector512.FusedMultiplyAdd(h, f, g);
            i = Vector512.FusedMultiplyAdd(i, f, g);
            j = Vector512.FusedMultiplyAdd(j, f, g);
            k = Vector512.FusedMultiplyAdd(k, f, g);
            l = Vector512.FusedMultiplyAdd(l, f, g);
        }
        return Vector512.Sum(a + b + c + d + e + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Chains256(int steps)
    {
        Vector256<float> f = Vector256.Create(0.999f), g = Vector256.Create(0.001f);
        Vector256<float> a = g, b = g, c = g, d = g, e = g, h = g, i = g, j = g, k = g, l = g;
        for (; steps > 0; steps--)
        {
            a = Vector256.FusedMultiplyAdd(a, f, g);
            b = Vector256.FusedMultiplyAdd(b, f, g);
            c = Vector256.FusedMultiplyAdd(c, f, g);
            d = Vector256.FusedMultiplyAdd(d, f, g);
            e = Vector256.FusedMultiplyAdd(e, f, g);
            h = Vector256.FusedMultiplyAdd(h, f, g);
            i = Vector256.FusedMultiplyAdd(i, f, g);
            j = Vector256.FusedMultiplyAdd(j, f, g);
            k = Vector256.FusedMultiplyAdd(k, f, g);
            l = Vector256.FusedMultiplyAdd(l, f, g);
        }
        return Vector256.Sum(a + b + c + d + e + h + i + j + k + l);
    }
}
