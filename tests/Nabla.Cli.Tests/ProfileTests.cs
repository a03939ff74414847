using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Nabla.Cli.Tests;

public partial class ProfileTests
{
    [Fact]
    public async Task Every_line_of_a_step_is_told_with_its_time_and_speed()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = (await Program.RunAsync(folder, "profile", "--model", "linear", "--batch-size", "64", "--steps", "3")).Succeeded();
        Assert.StartsWith("a step of 64 samples: ", outcome.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("lines after each pass: traced ", outcome.Lines[1], StringComparison.Ordinal);
        Assert.Contains(outcome.Lines, line => line.Contains("GFLOP/s", StringComparison.Ordinal) && line.Contains("of peak", StringComparison.Ordinal));
        Assert.Contains(outcome.Lines, line => line.Contains("MatMul { TransposeRight, + bias }([64, ", StringComparison.Ordinal));
        double[] shares = [.. outcome.Lines.Select(line => Row().Match(line)).Where(match => match.Success)
            .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.True(shares.Length > 5);
        Assert.InRange(shares.Sum(), 100 - (0.06 * shares.Length), 100 + (0.06 * shares.Length));
        Assert.Equal(shares.OrderDescending(), shares);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task In_Korean()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = (await Program.RunAsync(folder, "profile", "--model", "linear", "--steps", "1", "--language", "ko")).Succeeded();
        Assert.Contains("한 스텝", outcome.Output);
        Assert.Contains("한계 대비", outcome.Output);
    }

    [Fact]
    public async Task As_json_a_product_counts_two_operations_a_multiplication()
    {
        using TemporaryFolder folder = new();
        string text = (await Program.RunAsync(folder, "profile", "--batch-size", "32", "--hidden", "24", "--steps", "2", "--format", "json")).Succeeded().Output;
        JsonElement step = JsonDocument.Parse(text).RootElement;
        Assert.Equal(32, step.GetProperty("samples").GetInt32());
        Assert.True(step.GetProperty("peak_gigaflops").GetDouble() > 0);
        int[] left = [.. step.GetProperty("passes").EnumerateArray().Select(pass => pass.GetProperty("lines").GetInt32())];
        Assert.Equal(left.OrderDescending(), left);
        JsonElement[] lines = [.. step.GetProperty("lines").EnumerateArray()];
        double whole = step.GetProperty("milliseconds").GetDouble();
        Assert.Equal(whole, lines.Sum(line => line.GetProperty("milliseconds").GetDouble()), whole / 1e6);
        // x Wᵀ of the first layer without what follows it: 2 · 32 · features · 24, and one for the bias and one for the activation of each result.
        JsonElement first = Assert.Single(lines, line => First().IsMatch(line.GetProperty("text").GetString()!));
        int features = int.Parse(First().Match(first.GetProperty("text").GetString()!).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.Equal((2.0 * 32 * features * 24) + (2 * 32 * 24), first.GetProperty("operations").GetDouble());
        Assert.Equal(4L * ((32 * features) + (24 * features) + 24 + (32 * 24)), first.GetProperty("bytes").GetInt64());
    }

    [GeneratedRegex(@"^\s*\d+\.\d{4}\s+(\d+\.\d) ")]
    private static partial Regex Row();

    [GeneratedRegex(@"^MatMul \{ TransposeRight, \+ bias, Relu \}\(\[32, (\d+)\], \[24, \d+\], \[24\]\)")]
    private static partial Regex First();
}
