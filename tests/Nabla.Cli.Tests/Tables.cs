using System.Globalization;

namespace Nabla.Cli.Tests;

/// <summary>A table of flowers that do not exist: three kinds, told apart by two lengths.</summary>
internal static class Tables
{
    public static readonly string[] Kinds = ["aster", "iris", "수국"];

    public static string Text(int rows = 120, int seed = 1)
    {
        Random random = new(seed);
        IEnumerable<string> lines = Enumerable.Range(0, rows).Select(i =>
        {
            int kind = i % Kinds.Length;
            double petal = (2 * kind) + random.NextDouble(), sepal = 5 - kind + random.NextDouble();
            return string.Create(CultureInfo.InvariantCulture, $"{petal:F3},{Kinds[kind]},{sepal:F3}");
        });
        return $"petal,kind,sepal\n{string.Join('\n', lines)}\n";
    }
}
