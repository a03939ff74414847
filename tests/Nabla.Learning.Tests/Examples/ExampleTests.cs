using System.Diagnostics;
using System.Text;

namespace Nabla.Learning.Tests.Examples;

/// <summary>The examples run as a reader would run them, and say what they should.</summary>
public class ExampleTests
{
    [Fact]
    public async Task FirstGraph_PrintsEveryEdge()
    {
        string output = await RunAsync("FirstGraph");
        Assert.Contains("q = x + y = 3", output);
        Assert.Contains("f = q · z = -12", output);
        Assert.Contains("Multiply → z          3 ×        1 =          3", output);
        Assert.Contains("Add      → x          1 ×       -4 =         -4", output);
        Assert.EndsWith("∂f/∂x = -4   ∂f/∂y = -4   ∂f/∂z = 3", output.TrimEnd());
    }

    [Fact]
    public async Task LinearRegression_FindsTheLine()
    {
        string output = await RunAsync("LinearRegression");
        Assert.Contains("   0   2.000000   1.000000   5.000000  10.000000  -2.000000", output);
        Assert.Contains("   1   1.000000   1.200000   0.120000  -0.400000   1.200000", output);
        Assert.EndsWith("The line is y = 1.0000 x + 1.0000", output.TrimEnd());
    }

    [Fact]
    public async Task Xor_IsSolved()
    {
        string output = await RunAsync("Xor");
        Assert.Contains("\nsolved after ", output);
        foreach (string answer in (string[])["0 xor 0 = 0 ", "0 xor 1 = 1 ", "1 xor 0 = 1 ", "1 xor 1 = 0 "]) Assert.Contains(answer, output);
    }

    private static async Task<string> RunAsync(string example)
    {
        // The examples are built in the same configuration and for the same framework as these tests: …/bin/<configuration>/<framework>.
        DirectoryInfo framework = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = Path.Combine(RepositoryFolder.Root(), "examples", example, "bin", framework.Parent!.Name, framework.Name, example + ".dll");
        using Process process = Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("", await errors);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
