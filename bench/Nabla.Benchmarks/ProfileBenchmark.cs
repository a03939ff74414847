using System.Diagnostics;
using Nabla.Benchmarks.Comparison;
using Nabla.Compilation;

namespace Nabla.Benchmarks;

/// <summary>Where a compiled step's time goes: each line of its plan by itself, the least of many runs in order.</summary>
internal static class ProfileBenchmark
{
    public static void Print(string name, int threads)
    {
        ITrainingStep step = Workloads.Named(name).Make();
        step.Run();
        if (step.Program?.Recording is not { } traced) throw new ArgumentException($"{name} is not compiled and has no lines");
        double whole = 1e6 * Machine.Shortest(step.Run, budgetSeconds: 1);
        Recording recording = Plan.Of(traced).Recording;
        double[] microseconds = Times(recording, budgetSeconds: 2);
        double sum = microseconds.Sum(), peak = Machine.PeakGigaflops(threads);
        Console.WriteLine($"{name}: {whole:F1} µs a step; {recording.Instructions.Length} lines, {sum:F1} µs when each is timed; peak {peak:F0} GFLOP/s");
        var groups = recording.Instructions.Select((line, i) => (Text: Text(recording, line), Time: microseconds[i], Operations: Work(recording, line)))
            .GroupBy(line => line.Text).Select(group => (group.Key, Count: group.Count(), Time: group.Sum(line => line.Time), Work: group.Sum(line => line.Operations)))
            .OrderByDescending(group => group.Time);
        foreach ((string text, int count, double time, double work) in groups)
        {
            if (time < 0.002 * sum) continue;
            string speed = work > 0 ? $"{work / time / 1e3:F0} GFLOP/s {work / time / 1e3 / peak:P0}" : "";
            Console.WriteLine($"{time,9:F1} µs {time / sum,6:P1} {count,4} × {speed,18}  {text}");
        }
    }

    // Each result in a place of its own: the least time of a line is then that of the line alone, and not of what the line before it left in the cache.
    private static double[] Times(Recording recording, double budgetSeconds)
    {
        Tensor[] places = new Tensor[recording.Slots.Length];
        for (int slot = 0; slot < places.Length; slot++) places[slot] = Tensor.Zeros(recording.Slots[slot].Spec.Shape, recording.Slots[slot].Spec.DType);
        foreach ((Cell cell, int slot) in recording.Cells) places[slot] = cell.Stored;
        foreach ((Tensor constant, int slot) in recording.Constants) places[slot] = constant;
        Tensor[][] operands = [.. recording.Instructions.Select(line => line.Inputs.Select(slot => places[slot]).ToArray())];
        double[] least = new double[recording.Instructions.Length];
        Array.Fill(least, double.MaxValue);
        long begin = Stopwatch.GetTimestamp();
        for (int round = 0; round < 20 || Stopwatch.GetElapsedTime(begin).TotalSeconds < budgetSeconds; round++)
        {
            for (int i = 0; i < least.Length; i++)
            {
                Instruction line = recording.Instructions[i];
                long start = Stopwatch.GetTimestamp();
                line.Operation.Forward(new Buffers(operands[i], places[line.Output]));
                double time = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                // A result of the same elements need not be computed.
                least[i] = line.Operation.KeepsElements ? 0 : Math.Min(least[i], time);
            }
        }
        return least;
    }

    private static string Text(Recording recording, Instruction line) =>
        $"{line.Operation}({string.Join(", ", line.Inputs.Select(slot => recording.Slots[slot].Spec.Shape))}) : {recording.Slots[line.Output].Spec.Shape}";

    private static double Work(Recording recording, Instruction line)
    {
        TensorSpec output = recording.Slots[line.Output].Spec;
        double work = line.Operation.Arithmetic([.. line.Inputs.Select(slot => recording.Slots[slot].Spec)], output);
        // Where a number is computed once or twice, memory is the limit and not arithmetic.
        return work > 8.0 * output.Shape.Count ? work : 0;
    }
}
