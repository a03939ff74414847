using System.Diagnostics;
using System.Globalization;

namespace Nabla.Benchmarks.Comparison;

/// <summary>One side of a comparison: a process that holds one workload and runs steps when told to.</summary>
internal sealed class Contestant : IDisposable
{
    private readonly Process process;
    private readonly List<double> milliseconds = [];

    private Contestant(string name, ProcessStartInfo start)
    {
        Name = name;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        Stopwatch clock = Stopwatch.StartNew();
        process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start");
        FirstLoss = Answer("first")[0];
        SecondsToFirstStep = clock.Elapsed.TotalSeconds;
    }

    public string Name { get; }

    /// <summary>From the start of the process to the end of its first step.</summary>
    public double SecondsToFirstStep { get; }

    public double FirstLoss { get; }

    public double LastLoss { get; private set; }

    /// <summary>Milliseconds a step, the median of the rounds.</summary>
    public double Median => milliseconds.Order().ElementAt(milliseconds.Count / 2);

    /// <summary>The shortest single step of all rounds: other programs on the machine only ever add time.</summary>
    public double Least { get; private set; } = double.MaxValue;

    public long PeakBytes { get; private set; }

    /// <summary>This program, in a process of its own.</summary>
    public static Contestant Ours(string workload, int threads)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["step", workload, "--threads", Text(threads)]);
        // Under `dotnet program.dll` the process is dotnet, and the program its first argument.
        if (!Path.GetFileNameWithoutExtension(start.FileName).StartsWith("Nabla", StringComparison.Ordinal))
            start.ArgumentList.Insert(0, Environment.GetCommandLineArgs()[0]);
        return new("nabla", start);
    }

    /// <summary>PyTorch as the system installs it.</summary>
    public static Contestant PyTorch(string workload, int threads) => new("pytorch", Python(workload, threads));

    /// <summary>PyTorch on an OpenMP build of OpenBLAS with its AVX-512 kernels; null where that library is not installed.</summary>
    public static Contestant? StrongPyTorch(string workload, int threads)
    {
        if (StrongLibrary() is not { } folder) return null;
        ProcessStartInfo start = Python(workload, threads);
        start.Environment["LD_LIBRARY_PATH"] = folder;
        start.Environment["OPENBLAS_CORETYPE"] = "SkylakeX";
        start.Environment["OMP_NUM_THREADS"] = Text(threads);
        return new("strong pytorch", start);
    }

    /// <summary>Runs steps and takes their time as one round; as a warm-up it is not counted.</summary>
    /// <returns>Milliseconds a step.</returns>
    public double Run(int steps, bool isWarmUp = false)
    {
        process.StandardInput.WriteLine($"run {Text(steps)}");
        process.StandardInput.Flush();
        double[] answer = Answer("ran");
        LastLoss = answer[2];
        double each = 1000 * answer[0] / steps;
        if (isWarmUp) return each;
        milliseconds.Add(each);
        Least = Math.Min(Least, 1000 * answer[1]);
        return each;
    }

    /// <summary>Notes the memory and lets the process end.</summary>
    public void Dispose()
    {
        process.Refresh();
        PeakBytes = process.PeakWorkingSet64;
        process.StandardInput.WriteLine("quit");
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static ProcessStartInfo Python(string workload, int threads) =>
        new("/usr/bin/python3", [Path.Combine(Repository.Root, "bench", "pytorch", "workloads.py"), workload, Text(threads)]);

    // Debian keeps each build of OpenBLAS in a folder of its own; the package manager knows which.
    private static string? StrongLibrary()
    {
        const string package = "libopenblas0-openmp";
        if (!File.Exists("/usr/bin/dpkg")) return null;
        using Process listing = Process.Start(new ProcessStartInfo("/usr/bin/dpkg", ["-L", package])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string[] files = listing.StandardOutput.ReadToEnd().Split('\n');
        string? library = files.FirstOrDefault(line => line.EndsWith("/libblas.so.3", StringComparison.Ordinal));
        listing.WaitForExit();
        return Path.GetDirectoryName(library);
    }

    private double[] Answer(string word)
    {
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Name} ended; its own words stand above");
        string[] parts = line.Split(' ');
        return parts[0] == word
            ? [.. parts.Skip(1).Select(part => double.Parse(part, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"{Name} should have said '{word} …', got '{line}'");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
