using System.Globalization;
using Nabla;
using Nabla.Benchmarks;
using Nabla.Benchmarks.Comparison;

int threads = int.Parse(Option("--threads") ?? $"{Environment.ProcessorCount}", CultureInfo.InvariantCulture);
switch (args.FirstOrDefault())
{
    case "compare":
        Compare.Run(Option("--only"), Math.Max(1, int.Parse(Option("--rounds") ?? "7", CultureInfo.InvariantCulture)), threads);
        return 0;
    case "step" when args.Length > 1:
        StepServer.Serve(args[1], threads);
        return 0;
    case "profile" when args.Length > 1:
        Threads.Count = threads;
        ProfileBenchmark.Print(args[1], threads);
        return 0;
    case "gemm":
        GemmBenchmark.Print(Option("--only"));
        return 0;
    case "conv":
        ConvolutionBenchmark.Print(Option("--only"));
        return 0;
    case "micro":
        MicroBenchmarks.Run(Option("--only"));
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: Nabla.Benchmarks compare [--only NAME] [--rounds N] [--threads N]   training steps, here and in PyTorch
                                    profile WORKLOAD [--threads N]                     where a step's time goes, line by line
                                    gemm [--only PART OF A NAME]                       products, here and by OpenBLAS, against the limit of the machine
                                    conv                                               convolutions against the limit of the machine
                                    micro [--only PART OF A NAME]                      products, elementwise operations, reductions, overhead, one by one
            """);
        return 2;
}

string? Option(string name)
{
    int place = Array.IndexOf(args, name);
    return place >= 0 && place + 1 < args.Length ? args[place + 1] : null;
}
