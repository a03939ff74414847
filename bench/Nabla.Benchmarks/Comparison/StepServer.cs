using System.Diagnostics;
using System.Globalization;

namespace Nabla.Benchmarks.Comparison;

/// <summary>Our side of a comparison: one workload, one step at once, and then steps as the lines on the input tell.</summary>
internal static class StepServer
{
    public static void Serve(string name, int threads)
    {
        Threads.Count = threads;
        ITrainingStep step = Workloads.Named(name).Make();
        step.Run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first {step.Loss}"));
        while (Console.ReadLine()?.Split(' ') is ["run", string count])
        {
            int steps = int.Parse(count, CultureInfo.InvariantCulture);
            double least = double.MaxValue;
            long start = Stopwatch.GetTimestamp(), before = start;
            for (int i = 0; i < steps; i++)
            {
                step.Run();
                long now = Stopwatch.GetTimestamp();
                least = Math.Min(least, Stopwatch.GetElapsedTime(before, now).TotalSeconds);
                before = now;
            }
            double seconds = Stopwatch.GetElapsedTime(start, before).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ran {seconds} {least} {step.Loss}"));
        }
    }
}
