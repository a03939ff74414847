using System.Runtime.InteropServices;
using Nabla.Kernels;

namespace Nabla.Benchmarks;

/// <summary>Convolutions of small image networks: forward and both gradients, 64 images at a time.</summary>
internal static unsafe class ConvolutionBenchmark
{
    private static readonly (string Name, ConvolutionSize Size)[] shapes =
    [
        ("1->16 3x3, 28x28", new(64, 1, 28, 28, 16, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
        ("16->32 3x3, 28x28", new(64, 16, 28, 28, 32, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
        ("16->32 3x3, 14x14", new(64, 16, 14, 14, 32, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
        ("32->64 3x3 /2, 28x28", new(64, 32, 28, 28, 64, 3, 3, 2, 2, 1, 1, 1, 1, 1)),
        ("64->64 1x1, 14x14", new(64, 64, 14, 14, 64, 1, 1, 1, 1, 0, 0, 1, 1, 1)),
        ("128->128 3x3, 14x14", new(64, 128, 14, 14, 128, 3, 3, 1, 1, 1, 1, 1, 1, 1)),
    ];

    public static void Print()
    {
        int kept = Threads.Count;
        Console.WriteLine("float32, 64 images; GFLOP/s and share of the FMA peak");
        double[] peaks = [Machine.PeakGigaflops(1), Machine.PeakGigaflops(2)];
        Console.WriteLine($"{"peak",-24}{peaks[0],8:F0}{"",48}{peaks[1],8:F0}");
        Console.WriteLine($"{"shape",-24}{"forward",14}{"to input",14}{"to weight",14}{"",8}2 threads: forward, to input, to weight");
        foreach ((string name, ConvolutionSize size) in shapes)
        {
            nint inputs = (nint)size.Batch * size.InputChannels * size.InputHeight * size.InputWidth;
            nint outputs = (nint)size.Batch * size.OutputChannels * size.OutputHeight * size.OutputWidth;
            nint weights = (nint)size.OutputChannels * size.Taps;
            float* x = GemmBenchmark.Fill(inputs), y = GemmBenchmark.Fill(outputs), w = GemmBenchmark.Fill(weights);
            float* toX = GemmBenchmark.Fill(inputs), toY = GemmBenchmark.Fill(outputs), toW = GemmBenchmark.Fill(weights);
            double operations = 2.0 * outputs * size.Taps;
            Console.Write($"{name,-24}");
            for (int threads = 1; threads <= 2; threads++)
            {
                Threads.Count = threads;
                Action[] passes =
                [
                    () => Convolution.Forward(size, x, w, toY),
                    () => Convolution.InputGradient(size, y, w, toX),
                    () => Convolution.WeightGradient(size, x, y, toW),
                ];
                foreach (Action pass in passes)
                {
                    double speed = operations / Machine.Shortest(pass) / 1e9;
                    Console.Write($"{speed,8:F0}{speed / peaks[threads - 1],6:P0}");
                }
                Console.Write($"{"",8}");
            }
            Console.WriteLine();
            foreach (nint block in new[] { (nint)x, (nint)y, (nint)w, (nint)toX, (nint)toY, (nint)toW })
            {
                NativeMemory.AlignedFree((void*)block);
            }
        }
        Threads.Count = kept;
    }
}
