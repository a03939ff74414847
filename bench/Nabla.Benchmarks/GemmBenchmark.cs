using System.Runtime.InteropServices;
using Nabla.Kernels;

namespace Nabla.Benchmarks;

/// <summary>Matrix products: squares, and the shapes that layers on 28 × 28 images have.</summary>
internal static unsafe class GemmBenchmark
{
    private static readonly (string Name, int M, int N, int K, bool TransposeA, bool TransposeB)[] shapes =
    [
        .. new[] { 64, 128, 256, 384, 512, 768, 1024, 2048 }.Select(size => ($"{size}^3", size, size, size, false, false)),
        ("1024^3 a'", 1024, 1024, 1024, true, false),
        ("1024^3 b'", 1024, 1024, 1024, false, true),
        ("128x784x512", 128, 512, 784, false, false),
        ("128x784x512 b'", 128, 512, 784, false, true),
        ("dW 784x128x512 a'", 784, 512, 128, true, false),
        ("100x784x50", 100, 50, 784, false, false),
        ("100x784x50 b'", 100, 50, 784, false, true),
        ("dW 784x100x50 a'", 784, 50, 100, true, false),
        ("100x50x10", 100, 10, 50, false, false),
        ("1x784x512", 1, 512, 784, false, false),
        ("1x784x512 b'", 1, 512, 784, false, true),
        ("4x784x512", 4, 512, 784, false, false),
    ];

    public static void Print()
    {
        int kept = Threads.Count;
        Console.WriteLine("float32, c = a · b, m x k x n; GFLOP/s and share of the FMA peak; a' and b' are stored transposed");
        double[] peaks = [Machine.PeakGigaflops(1), Machine.PeakGigaflops(2)];
        Console.WriteLine($"{"peak",-20}{peaks[0],10:F0}{"",8}{peaks[1],10:F0}");
        Console.WriteLine($"{"shape",-20}{"1 thread",10}{"",8}{"2 threads",10}");
        foreach ((string name, int m, int n, int k, bool transposeA, bool transposeB) in shapes)
        {
            float* a = Fill((nint)m * k), b = Fill((nint)k * n), c = Fill((nint)m * n);
            Console.Write($"{name,-20}");
            for (int threads = 1; threads <= 2; threads++)
            {
                Threads.Count = threads;
                double seconds = Machine.Shortest(() => Gemm.Run(
                    m, n, k, a, transposeA ? 1 : k, transposeA ? m : 1, b, transposeB ? 1 : n, transposeB ? k : 1, c, n, accumulate: false));
                double speed = 2.0 * m * n * k / seconds / 1e9;
                Console.Write($"{speed,10:F1}{speed / peaks[threads - 1],8:P0}");
            }
            Console.WriteLine();
            NativeMemory.AlignedFree(a);
            NativeMemory.AlignedFree(b);
            NativeMemory.AlignedFree(c);
        }
        Threads.Count = kept;
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
