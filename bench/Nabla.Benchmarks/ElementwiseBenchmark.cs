using Nabla.Kernels;

namespace Nabla.Benchmarks;

/// <summary>Elementwise operations, reductions and softmax on vectors of a million numbers and on small ones.</summary>
internal static class ElementwiseBenchmark
{
    private static readonly (string Name, Func<Tensor, Tensor, Tensor> Operation)[] rows =
    [
        ("x + y", (x, y) => x + y), ("x · y", (x, y) => x * y), ("x / y", (x, y) => x / y), ("relu", (x, _) => x.Relu()), ("exp", (x, _) => x.Exp()),
        ("log", (x, _) => x.Square().Log()), ("sigmoid", (x, _) => x.Sigmoid()), ("tanh", (x, _) => x.Tanh()), ("gelu", (x, _) => x.Gelu()),
        ("seven in a chain", (x, y) => ((((x * y) + x).Tanh() - y) * x + 1).Relu()),
        ("sum", (x, _) => x.Sum()), ("sum of columns", (x, _) => x.Sum(0)), ("sum of rows", (x, _) => x.Sum(1)), ("softmax", (x, _) => x.Softmax()),
    ];

    public static void Print()
    {
        Console.WriteLine("float32, compiled; nanoseconds an element");
        Console.WriteLine($"{"operation",-20}{"1,024 · 1,024, 1 thread",26}{$"{Environment.ProcessorCount} threads",12}{"64 · 64",12}");
        int kept = Threads.Count;
        foreach ((string name, Func<Tensor, Tensor, Tensor> operation) in rows)
        {
            Console.Write($"{name,-20}");
            Threads.Count = 1;
            Console.Write($"{Nanoseconds(operation, 1024),26:F3}");
            Threads.Count = kept;
            Console.WriteLine($"{Nanoseconds(operation, 1024),12:F3}{Nanoseconds(operation, 64),12:F3}");
        }
    }

    private static double Nanoseconds(Func<Tensor, Tensor, Tensor> operation, int size)
    {
        RandomKey key = RandomKey.FromSeed(1);
        Tensor x = key.At(0).Normal([size, size]).Detach(), y = key.At(1).Normal([size, size]).Detach();
        using (NoGradient.Begin())
        {
            Cell result = new(operation(x, y), isConstant: true);
            Compiled compiled = Compiled.Trace(inputs =>
            {
                result.Assign(operation(inputs[0], inputs[1]));
                return [];
            });
            return 1e9 * Machine.Shortest(() => compiled.Run(x, y)) / x.Count;
        }
    }
}
