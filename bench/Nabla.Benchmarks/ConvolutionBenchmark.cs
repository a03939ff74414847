using System.Runtime.InteropServices;
using Nabla.Kernels;

namespace Nabla.Benchmarks;

/// <summary>Convolutions of small image networks: forward and both gradients, directly and, where it can, by Winograd's algorithm.</summary>
internal static unsafe class ConvolutionBenchmark
{
    private static readonly (string Name, ConvolutionSize Size)[] shapes =
    [
        ("1->16 3x3, 28x28", new(64, 1, 28, 28, 16, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
        ("3->32 3x3, 32x32", new(32, 3, 32, 32, 32, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
        ("8->8 3x3, 28x28", new(64, 8, 28, 28, 8, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
        ("16->16 3x3, 28x28", new(64, 16, 28, 28, 16, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
        ("16->32 3x3, 14x14", new(64, 16, 14, 14, 32, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
        ("32->32 3x3, 32x32", new(32, 32, 32, 32, 32, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
        ("64->64 3x3, 16x16", new(32, 64, 16, 16, 64, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
        ("64->64 3x3, 7x7", new(64, 64, 7, 7, 64, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
        ("128->128 3x3, 14x14", new(32, 128, 14, 14, 128, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
        ("256->256 3x3, 8x8", new(32, 256, 8, 8, 256, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
        ("64->64 3x3, 112x112", new(1, 64, 112, 112, 64, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
        ("32->64 3x3 /2, 32x32", new(32, 32, 32, 32, 64, 3, 3, 2, 2, 1, 1, 1, 1, 1)),
        ("64->64 1x1, 14x14", new(64, 64, 14, 14, 64, 1, 1, 1, 1, 0, 0, 1, 1, 1)),
    ];

    public static void Print(string? only)
    {
        int kept = Threads.Count;
        Console.WriteLine("float32; GFLOP/s of the direct algorithm's operations and their share of the FMA peak");
        double[] peaks = [Machine.PeakGigaflops(1), Machine.PeakGigaflops(2)];
        Console.WriteLine($"{"peak",-34}{peaks[0],8:F0}{"",42}{peaks[1],8:F0}");
        Console.WriteLine($"{"shape",-34}{"forward",14}{"to input",14}{"to weight",14}{"",8}2 threads: forward, to input, to weight");
        foreach ((string name, ConvolutionSize size) in shapes)
        {
            if (only is not null && !name.Contains(only, StringComparison.Ordinal)) continue;
            nint inputs = (nint)size.Batch * size.InputChannels * size.InputHeight * size.InputWidth;
            nint outputs = (nint)size.Batch * size.OutputChannels * size.OutputHeight * size.OutputWidth;
            nint weights = (nint)size.OutputChannels * size.Taps;
            float* x = GemmBenchmark.Fill(inputs), y = GemmBenchmark.Fill(outputs), w = GemmBenchmark.Fill(weights);
            float* toX = GemmBenchmark.Fill(inputs), toY = GemmBenchmark.Fill(outputs), toW = GemmBenchmark.Fill(weights);
            double operations = 2.0 * outputs * size.Taps;
            Measure(
                $"{size.Batch} × {name}", operations, peaks, () => Convolution.DirectForward(size, x, w, toY),
                () => Convolution.DirectInputGradient(size, y, w, toX), () => Convolution.DirectWeightGradient(size, x, y, toW));
            if (Winograd.Fits(size))
            {
                Measure(
                    Winograd.Takes<float>(size) ? "  Winograd" : "  Winograd (not chosen)", operations, peaks, () => Winograd.Forward(size, x, w, toY),
                    () => Winograd.InputGradient(size, y, w, toX), () => Winograd.WeightGradient(size, x, y, toW));
            }
            foreach (nint block in new[] { (nint)x, (nint)y, (nint)w, (nint)toX, (nint)toY, (nint)toW })
            {
                NativeMemory.AlignedFree((void*)block);
            }
        }
        Threads.Count = kept;
    }

    private static void Measure(string name, double operations, double[] peaks, params Action[] passes)
    {
        Console.Write($"{name,-34}");
        for (int threads = 1; threads <= 2; threads++)
        {
            Threads.Count = threads;
            foreach (Action pass in passes)
            {
                double speed = operations / Machine.Shortest(pass, 0.1) / 1e9;
                Console.Write($"{speed,8:F0}{speed / peaks[threads - 1],6:P0}");
            }
            Console.Write($"{"",8}");
        }
        Console.WriteLine();
    }
}
