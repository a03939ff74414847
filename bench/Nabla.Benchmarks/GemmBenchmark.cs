using System.Runtime.InteropServices;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Benchmarks;

/// <summary>Matrix products, here and by OpenBLAS in turn: squares, and the shapes that the workloads' layers have.</summary>
internal static unsafe class GemmBenchmark
{
    private static readonly (string Name, int M, int N, int K, bool TransposeA, bool TransposeB)[] shapes =
    [
        .. new[] { 64, 128, 256, 384, 512, 768, 1024, 2048 }.Select(size => ($"{size}^3", size, size, size, false, false)),
        ("1024^3 a'", 1024, 1024, 1024, true, false),
        ("1024^3 b'", 1024, 1024, 1024, false, true),
        .. Layer("mlp", 256, 1024, 1024),
        .. Layer("mlp", 128, 784, 512),
        .. Layer("mlp", 128, 256, 10),
        .. Layer("book", 100, 784, 50),
        .. Layer("book", 100, 50, 10),
        .. Layer("gpt", 1024, 128, 128),
        .. Layer("gpt", 1024, 128, 384),
        .. Layer("gpt", 1024, 128, 512),
        .. Layer("gpt", 1024, 512, 128),
        .. Layer("gpt", 1024, 128, 65),
        ("1x784x512", 1, 512, 784, false, false),
        ("1x784x512 b'", 1, 512, 784, false, true),
        ("1x1024x1024 b'", 1, 1024, 1024, false, true),
        ("4x784x512", 4, 512, 784, false, false),
        ("4x784x512 b'", 4, 512, 784, false, true),
    ];

    // A layer's three products: x · w, with w stored transposed too, the gradient at x and the one at w.
    private static (string Name, int M, int N, int K, bool TransposeA, bool TransposeB)[] Layer(string name, int batch, int inputs, int outputs) =>
    [
        ($"{name} {batch}x{inputs}x{outputs}", batch, outputs, inputs, false, false),
        ($"{name} {batch}x{inputs}x{outputs} b'", batch, outputs, inputs, false, true),
        ($"  at x {batch}x{outputs}x{inputs} b'", batch, inputs, outputs, false, true),
        ($"  at w {inputs}x{batch}x{outputs} a'", inputs, outputs, batch, true, false),
    ];

    public static void Print(string? only)
    {
        int kept = Threads.Count;
        Console.WriteLine("float32, c = a · b, m x k x n; GFLOP/s, share of the FMA peak, OpenBLAS's GFLOP/s; a' and b' are stored transposed");
        Console.WriteLine(OpenBlas.Description);
        double[] peaks = [Machine.PeakGigaflops(1), Machine.PeakGigaflops(2)];
        Console.WriteLine($"{"peak",-24}{peaks[0],10:F0}{"",32}{peaks[1],10:F0}");
        Console.WriteLine($"{"shape",-24}{"1 thread",10}{"",8}{"OpenBLAS",10}{"",8}{"2 threads",16}{"",8}{"OpenBLAS",10}");
        foreach ((string name, int m, int n, int k, bool transposeA, bool transposeB) in shapes)
        {
            if (only is not null && !name.Contains(only, StringComparison.Ordinal)) continue;
            float* a = Fill((nint)m * k), b = Fill((nint)k * n), c = Fill((nint)m * n);
            Console.Write($"{name,-24}");
            for (int threads = 1; threads <= 2; threads++)
            {
                Threads.Count = threads;
                double operations = 2.0 * m * n * k / 1e9, own = double.MaxValue, other = double.MaxValue;
                for (int round = 0; round < 6; round++)
                {
                    own = Math.Min(own, Machine.Shortest(() => Gemm.Run(
                        m, n, k, a, transposeA ? 1 : k, transposeA ? m : 1, b, transposeB ? 1 : n, transposeB ? k : 1, c, n, accumulate: false), 0.03));
                    if (!OpenBlas.IsThere) continue;
                    OpenBlas.SetThreads(threads);
                    other = Math.Min(other, Machine.Shortest(() => OpenBlas.Multiply(m, n, k, a, transposeA, b, transposeB, c), 0.03));
                    // Its second thread keeps a core busy for a while.
                    if (threads > 1) Thread.Sleep(10);
                }
                Console.Write($"{operations / own,10:F1}{operations / own / peaks[threads - 1],8:P0}");
                Console.Write(OpenBlas.IsThere ? $"{operations / other,10:F1} × {other / own,5:F2}  " : $"{"missing",20}");
            }
            Console.WriteLine();
            NativeMemory.AlignedFree(a);
            NativeMemory.AlignedFree(b);
            NativeMemory.AlignedFree(c);
        }
        if (only is null or "epilogue") PrintEpilogues();
        Threads.Count = kept;
    }

    // What bias and activation cost when a tile takes them along, beside the product alone.
    private static void PrintEpilogues()
    {
        Console.WriteLine();
        Console.WriteLine($"{"µs",-24}{"product",14}{"bias, ReLU",14}{"bias, GELU",14}{"bias, residual",16}");
        (int M, int N, int K)[] layers = [(256, 1024, 1024), (128, 512, 784), (1024, 512, 128), (1024, 128, 512)];
        foreach ((int m, int n, int k) in layers)
        {
            float* a = Fill((nint)m * k), b = Fill((nint)k * n), c = Fill((nint)m * n), residual = Fill((nint)m * n);
            GemmEpilogue<float> bias = new() { Bias = b, BiasColumn = 1 };
            GemmEpilogue<float>[] epilogues =
            [
                default, bias with { Activation = new Unary<Relu>() }, bias with { Activation = new Unary<Gelu>() },
                bias with { Residual = residual, ResidualRow = n },
            ];
            for (int threads = 1; threads <= 2; threads++)
            {
                Threads.Count = threads;
                Console.Write($"{$"{m}x{k}x{n}, {threads} thread{(threads > 1 ? "s" : "")}",-24}");
                double[] shortest = [.. epilogues.Select(_ => double.MaxValue)];
                for (int turn = 0; turn < 5 * epilogues.Length; turn++)
                {
                    int which = turn % epilogues.Length;
                    GemmEpilogue<float> epilogue = epilogues[which];
                    double seconds = Machine.Shortest(() => Gemm.Run(m, n, k, a, k, 1, b, n, 1, c, n, accumulate: false, epilogue), 0.02);
                    shortest[which] = Math.Min(shortest[which], seconds);
                }
                foreach (double seconds in shortest) Console.Write($"{seconds * 1e6,14:F1}");
                Console.WriteLine();
            }
            NativeMemory.AlignedFree(a);
            NativeMemory.AlignedFree(b);
            NativeMemory.AlignedFree(c);
            NativeMemory.AlignedFree(residual);
        }
    }

    internal static float* Fill(nint count)
    {
        float* values = (float*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(float)), 64);
        for (nint i = 0; i < count; i++)
        {
            values[i] = (i % 17 / 8f) - 1;
        }
        return values;
    }
}
