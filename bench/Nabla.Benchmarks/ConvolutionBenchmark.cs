namespace Nabla.Benchmarks;
internal static class ConvolutionBenchmark { public static void Print() {} }
