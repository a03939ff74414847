using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Nabla.Benchmarks.Comparison;

namespace Nabla.Benchmarks;

/// <summary>The micro rows, by BenchmarkDotNet: products, elementwise operations, reductions, softmax, and what one operation costs beyond its arithmetic.</summary>
public static class MicroBenchmarks
{
    private static readonly Type[] rows = [typeof(Products), typeof(Elementwise), typeof(Reductions), typeof(Overhead)];

    /// <summary>Runs those whose name has the part in it, in this process; tables go to the console and under bench/results/micro.</summary>
    public static void Run(string? only)
    {
        ManualConfig config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance))
            .HideColumns(Column.Job, Column.Toolchain, Column.IterationCount, Column.LaunchCount, Column.WarmupCount, Column.Error)
            .WithArtifactsPath(Path.Combine(Repository.Root, "bench", "results", "micro"));
        string[] filter = ["--filter", only is null ? "*" : $"*{only}*"];
        BenchmarkSwitcher.FromTypes(rows).Run(filter, config);
    }

    // Compiled, into a cell: what a planned step does for such a line, without the memory of a result.
    private static Action Line(Func<Tensor, Tensor, Tensor> operation, Shape shape)
    {
        RandomKey key = RandomKey.FromSeed(1);
        Tensor x = key.At(0).Normal(shape).Detach(), y = key.At(1).Normal(shape).Detach();
        using NoGradient.Section none = NoGradient.Begin();
        Cell result = new(operation(x, y), isConstant: true);
        Compiled compiled = Compiled.Trace(inputs =>
        {
            result.Assign(operation(inputs[0], inputs[1]));
            return [];
        });
        compiled.Run(x, y);
        return () => compiled.Run(x, y);
    }

    /// <summary>c = a · b, all of one size.</summary>
    public class Products
    {
        private Action line = static () => { };

        [Params(16, 64, 128, 256, 512, 1024)]
        public int Size { get; set; }

        [GlobalSetup]
        public void Prepare() => line = Line((x, y) => x.MatMul(y), [Size, Size]);

        [Benchmark]
        public void MatMul() => line();
    }

    /// <summary>Operations on a small and on a large matrix, by name.</summary>
    public abstract class OnMatrices
    {
        private Action line = static () => { };

        [Params(64, 1024)]
        public int Size { get; set; }

        [ParamsSource(nameof(Names))]
        public string Operation { get; set; } = "";

        public IEnumerable<string> Names => Operations.Keys;

        protected abstract Dictionary<string, Func<Tensor, Tensor, Tensor>> Operations { get; }

        [GlobalSetup]
        public void Prepare() => line = Line(Operations[Operation], [Size, Size]);

        [Benchmark]
        public void Run() => line();
    }

    /// <summary>One operation, and a chain of seven.</summary>
    public class Elementwise : OnMatrices
    {
        protected override Dictionary<string, Func<Tensor, Tensor, Tensor>> Operations { get; } = new()
        {
            ["x + y"] = (x, y) => x + y,
            ["x / y"] = (x, y) => x / y,
            ["relu"] = (x, _) => x.Relu(),
            ["exp"] = (x, _) => x.Exp(),
            ["log"] = (x, _) => x.Square().Log(),
            ["tanh"] = (x, _) => x.Tanh(),
            ["gelu"] = (x, _) => x.Gelu(),
            ["seven in a chain"] = (x, y) => (((((x * y) + x).Tanh() - y) * x) + 1).Relu(),
        };
    }

    /// <summary>Sums over everything, down the columns and along the rows; softmax of the rows.</summary>
    public class Reductions : OnMatrices
    {
        protected override Dictionary<string, Func<Tensor, Tensor, Tensor>> Operations { get; } = new()
        {
            ["sum"] = (x, _) => x.Sum(),
            ["sum of columns"] = (x, _) => x.Sum(0),
            ["sum of rows"] = (x, _) => x.Sum(1),
            ["largest of rows"] = (x, _) => x.Max(1),
            ["softmax"] = (x, _) => x.Softmax(),
        };
    }

    /// <summary>y = y · 1.0001 + 0.1 on one number, 5,000 times, forward and backward: nanoseconds an operation, and bytes.</summary>
    [MemoryDiagnoser]
    public class Overhead
    {
        private readonly ScalarChainStep eager = new(isCompiled: false), compiled = new(isCompiled: true);

        [Benchmark(OperationsPerInvoke = ScalarChainStep.Length)]
        public void Eager() => eager.Run();

        [Benchmark(OperationsPerInvoke = ScalarChainStep.Length)]
        public void Compiled() => compiled.Run();
    }
}
