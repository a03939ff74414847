using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Nabla.Benchmarks.Comparison;

/// <summary>Runs every workload here and in PyTorch, turn by turn in one run, and writes the table.</summary>
internal static class Compare
{
    // Long enough for the clock and for the compiler's second look at hot code, short enough for all sides to meet the same weather.
    private const double SecondsOfRound = 0.4, SecondsOfWarmUp = 1.5;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static void Run(string? only, int rounds, int threads)
    {
        double peak = Machine.PeakGigaflops(threads);
        Console.WriteLine($"FMA peak {peak:F0} GFLOP/s on {threads} threads; {rounds} rounds, each side in turn");
        List<Row> rows = [];
        foreach (Workload workload in Workloads.All)
        {
            if (only is not null && !workload.Name.Contains(only, StringComparison.OrdinalIgnoreCase)) continue;
            peak = Math.Max(peak, Machine.PeakGigaflops(threads));
            Row row = Measure(workload, rounds, threads, peak);
            rows.Add(row);
            Console.WriteLine(Line(row));
        }
        // The machine has one limit: the highest that was seen.
        rows = [.. rows.Select(row => row with { PeakGigaflops = peak })];
        string machine = Describe(threads, peak);
        string table = Table(rows, machine, rounds);
        Console.WriteLine();
        Console.WriteLine(table);
        string folder = Path.Combine(Repository.Root, "bench", "results");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, only is null ? "compare" : $"compare-{only}");
        File.WriteAllText(file + ".md", table);
        string json = JsonSerializer.Serialize(new { Machine = machine, Rounds = rounds, Rows = rows }, Readable);
        File.WriteAllText(file + ".json", json + "\n");
    }

    private static Row Measure(Workload workload, int rounds, int threads, double peak)
    {
        List<Contestant> sides = [Contestant.Ours(workload.Name, threads), Contestant.PyTorch(workload.Name, threads)];
        if (Contestant.StrongPyTorch(workload.Name, threads) is { } strong) sides.Add(strong);
        int[] steps = [.. sides.Select(WarmUp)];
        for (int round = 0; round < rounds; round++)
            for (int side = 0; side < sides.Count; side++) sides[side].Run(steps[side]);
        foreach (Contestant side in sides) side.Dispose();
        return new(workload.Name, workload.Text, workload.Counts, workload.Operations, peak, [.. sides.Select(Side.Of)]);
    }

    /// <summary>Steps until the time is over.</summary>
    /// <returns>How many steps make a round.</returns>
    private static int WarmUp(Contestant side)
    {
        double each = side.Run(1, isWarmUp: true), spent = each;
        while (spent < 1000 * SecondsOfWarmUp)
        {
            int steps = (int)Math.Clamp(100 / each, 1, 100_000);
            each = side.Run(steps, isWarmUp: true);
            spent += Math.Max(1, steps * each);
        }
        return (int)Math.Clamp(1000 * SecondsOfRound / each, 1, 1_000_000);
    }

    private static string Line(Row row)
    {
        StringBuilder line = new($"{row.Name,-26}");
        foreach (Side side in row.Sides)
            line.Append(Invariant($"{side.Name}: {side.MedianMilliseconds:G4} ms (least {side.LeastMilliseconds:G4})   "));
        foreach (Side other in row.Sides.Skip(1)) line.Append($"× {Ratios(row, other)} ");
        if (row.ShareOfPeak is { } share) line.Append(Invariant($"  {share:P0} of peak"));
        Side ours = row.Sides[0];
        line.Append(Invariant($"  loss {ours.FirstLoss:G4} -> {ours.LastLoss:G4}"));
        if (row.Counts && !(ours.LastLoss < ours.FirstLoss)) line.Append("  THE LOSS DOES NOT FALL");
        return line.ToString();
    }

    private static string Table(List<Row> rows, string machine, int rounds)
    {
        StringBuilder text = new();
        text.Append(Invariant($"{machine}. "));
        text.Append(Invariant($"Medians of {rounds} rounds in turn; in brackets what the shortest step of each side gives.\n\n"));
        text.Append("| workload | nabla, ms/step | PyTorch | strong PyTorch | × PyTorch | × strong ");
        text.Append("| share of peak | peak memory, MB | first step, s |\n");
        text.Append("|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (Row row in rows)
        {
            text.Append($"| {row.Name} ");
            for (int i = 0; i < 3; i++) text.Append(row.Sides.Count > i ? Invariant($"| {Time(row.Sides[i])} ") : "| – ");
            for (int i = 1; i < 3; i++) text.Append(row.Sides.Count > i ? $"| {Ratios(row, row.Sides[i])} " : "| – ");
            text.Append(row.ShareOfPeak is { } share ? Invariant($"| {100 * share:F0} % ({100 * row.LeastShareOfPeak:F0} %) ") : "| – ");
            text.Append($"| {string.Join(" / ", row.Sides.Select(side => Invariant($"{side.PeakBytes / 1e6:F0}")))} ");
            text.Append($"| {string.Join(" / ", row.Sides.Select(side => Invariant($"{side.SecondsToFirstStep:F2}")))} |\n");
        }
        List<Row> counted = [.. rows.Where(row => row.Counts)];
        for (int i = 1; i < 3 && counted.Count > 0; i++)
        {
            if (counted.Any(row => row.Sides.Count <= i)) continue;
            double mean = Math.Exp(counted.Average(row => Math.Log(row.Ratio(row.Sides[i]))));
            double least = Math.Exp(counted.Average(row => Math.Log(row.LeastRatio(row.Sides[i]))));
            string against = counted[0].Sides[i].Name;
            text.Append(Invariant($"\nGeometric mean of the ratios against {against}, without xor and the chains: **{mean:F2} ×** ({least:F2} ×)\n"));
        }
        return text.ToString();
    }

    private static string Ratios(Row row, Side other) => Invariant($"{row.Ratio(other):F2} ({row.LeastRatio(other):F2})");

    private static string Time(Side side) => Invariant($"{side.MedianMilliseconds:G4} ({side.LeastMilliseconds:G4})");

    private static string Describe(int threads, double peak) => Invariant(
        $"{Processor()}, {threads} threads, {RuntimeInformation.FrameworkDescription}, FMA peak {peak:F0} GFLOP/s");

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        if (!File.Exists(file)) return $"{RuntimeInformation.ProcessArchitecture}";
        string? line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?.Split(':')[1].Trim() ?? $"{RuntimeInformation.ProcessArchitecture}";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>What one side did.</summary>
    private sealed record Side(
        string Name,
        double MedianMilliseconds,
        double LeastMilliseconds,
        long PeakBytes,
        double SecondsToFirstStep,
        double FirstLoss,
        double LastLoss)
    {
        public static Side Of(Contestant side) =>
            new(side.Name, side.Median, side.Least, side.PeakBytes, side.SecondsToFirstStep, side.FirstLoss, side.LastLoss);
    }

    /// <summary>A workload's numbers; ours stand first.</summary>
    private sealed record Row(string Name, string Text, bool Counts, double Operations, double PeakGigaflops, IReadOnlyList<Side> Sides)
    {
        public double? ShareOfPeak => Counts ? Operations / (Sides[0].MedianMilliseconds * 1e6) / PeakGigaflops : null;

        public double? LeastShareOfPeak => Counts ? Operations / (Sides[0].LeastMilliseconds * 1e6) / PeakGigaflops : null;

        public double Ratio(Side other) => other.MedianMilliseconds / Sides[0].MedianMilliseconds;

        public double LeastRatio(Side other) => other.LeastMilliseconds / Sides[0].LeastMilliseconds;
    }
}
