using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Tests;

/// <summary>
/// The entry of this assembly as a program: writes the bits of every row's results and gradients to a file, so that a test can run it on narrower
/// registers than its own process has.
/// </summary>
internal static class WidthProbe
{
    public static int Main(string[] arguments)
    {
        if (arguments is not [var path])
        {
            Console.Error.WriteLine("this is a test assembly; run it with dotnet test, or give a file to write digests to");
            return 1;
        }
        using StreamWriter file = new(path);
        file.WriteLine($"{Vector512.IsHardwareAccelerated} {Avx2.IsSupported} {Fma.IsSupported}");
        foreach ((string label, Tensor result) in Results()) file.WriteLine($"{label}\t{result.DType}\t{Convert.ToHexString(result.Bytes)}");
        return 0;
    }

    /// <summary>Each row's result and gradients, in both precisions, with inputs longer than a register.</summary>
    public static IEnumerable<(string Label, Tensor Result)> Results()
    {
        foreach (OpCase row in OperationTable.Rows)
        {
            foreach (DType floating in new[] { DType.Float32, DType.Float64 })
            {
                Tensor[] inputs = row.Draw(row.IsElementwise ? OperationChecks.Stretched(row, 71) : row.Inputs, floating);
                Tensor[] results = OperationChecks.Everything(row, inputs);
                for (int i = 0; i < results.Length; i++) yield return ($"{row.Label}, {floating}, {(i == 0 ? "result" : $"gradient {i}")}",
                    results[i]);
            }
        }
    }
}
