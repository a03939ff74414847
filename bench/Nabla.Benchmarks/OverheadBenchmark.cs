using Nabla.Benchmarks.Comparison;

namespace Nabla.Benchmarks;

/// <summary>What an operation costs beyond its arithmetic: long chains on one number, forward and backward.</summary>
internal static class OverheadBenchmark
{
    public static void Print()
    {
        Console.WriteLine("y = y · 1.0001 + 0.1 on one number, 5,000 times, with its gradient; nanoseconds an operation, forward and backward together");
        foreach (bool isCompiled in new[] { false, true })
        {
            ScalarChainStep chain = new(isCompiled);
            double seconds = Machine.Shortest(chain.Run, budgetSeconds: 2);
            Console.WriteLine($"{(isCompiled ? "compiled" : "eager"),-10}{1e9 * seconds / ScalarChainStep.Length,8:F1}");
        }
    }
}
