using System.Text.Json;

namespace Nabla.Cli.Tests;

public class ExplainTests
{
    private static readonly string[] Product = ["explain", "(x + y) * z", "--at", "x=-2,y=5,z=-4"];

    [Fact]
    public async Task The_first_lesson_comes_out_forward_and_backward()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = (await Program.RunAsync(folder, [.. Product, "--check", "--step", "0.1"])).Succeeded();
        int last = -1;
        foreach (string line in (string[])["= (-2) + 5 = 3", "= 3 * (-4) = -12", "swap multiplier", "gradient distributor", "∂f/∂x = -4", "∂f/∂z = 3"])
        {
            int place = outcome.Output.IndexOf(line, last + 1, StringComparison.Ordinal);
            Assert.True(place > last, $"'{line}' does not follow in\n{outcome.Output}");
            last = place;
        }
        Assert.Contains("-16.34", outcome.Output);   // the value after one step of gradient descent
    }

    [Fact]
    public async Task Korean_is_spoken()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = (await Program.RunAsync(folder, [.. Product, "--language", "ko"])).Succeeded();
        Assert.Contains("순전파", outcome.Output);
        Assert.Contains("교환 곱셈기", outcome.Output);
    }

    [Fact]
    public async Task A_file_of_several_lines_is_read()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["apples.txt"], "price = 100\ncount = 2\ntax = 1.1\ntotal = price * count * tax\n");
        Outcome outcome = (await Program.RunAsync(folder, "explain", folder["apples.txt"])).Succeeded();
        Assert.Contains("∂total/∂price = 2.2", outcome.Output);
        Assert.Contains("∂total/∂count = 110", outcome.Output);
        Assert.Contains("∂total/∂tax = 200", outcome.Output);
    }

    [Theory]
    [InlineData("dot", "digraph")]
    [InlineData("mermaid", "flowchart LR")]
    [InlineData("svg", "<svg")]
    [InlineData("html", "<!doctype html>")]
    public async Task Other_forms_go_to_a_file(string format, string begin)
    {
        using TemporaryFolder folder = new();
        Outcome outcome = (await Program.RunAsync(folder, [.. Product, "--format", format, "--output", folder["graph"]])).Succeeded();
        Assert.Equal("", outcome.Output);
        Assert.Contains(begin, File.ReadAllText(folder["graph"]), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Json_is_json()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = (await Program.RunAsync(folder, [.. Product, "--format", "json"])).Succeeded();
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
    }

    [Theory]
    [InlineData("(x + ", "x=1", "column")]
    [InlineData("x + y", "x=1", "y")]
    [InlineData("sigmiod(x)", "x=1", "sigmoid")]
    public async Task What_cannot_be_read_is_shown_where_it_stands(string formula, string at, string part)
    {
        using TemporaryFolder folder = new();
        Outcome outcome = await Program.RunAsync(folder, "explain", formula, "--at", at);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal("", outcome.Output);
        Assert.Contains(part, outcome.Errors);
        Assert.DoesNotContain("   at ", outcome.Errors);
    }
}
