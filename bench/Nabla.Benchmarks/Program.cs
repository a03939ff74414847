using Nabla.Benchmarks;

switch (args.FirstOrDefault())
{
    case "gemm":
        GemmBenchmark.Print();
        return 0;
    case "conv":
        ConvolutionBenchmark.Print();
        return 0;
    default:
        Console.Error.WriteLine("usage: Nabla.Benchmarks gemm | conv");
        return 2;
}
