using System.Text.RegularExpressions;

namespace Nabla.Cli.Tests;

/// <summary>What the texts show is what happens.</summary>
public partial class ReadmeTests
{
    private static readonly string[] Readmes = ["README.md", "README.ko.md"];

    [Theory]
    [InlineData(0, "TwentyLines")]
    [InlineData(1, "GradientValues")]
    [InlineData(2, "ShowGraph")]
    public async Task Each_snippet_is_an_example_and_what_it_prints_is_printed(int index, string example)
    {
        string source = Read(Path.Combine("examples", example, "Program.cs"));
        string output = (await Program.RunExampleAsync(example)).Succeeded().Output.ReplaceLineEndings("\n");
        foreach (string readme in Readmes)
        {
            Assert.Equal(source, Blocks(readme, "csharp")[index]);
            Assert.Equal(output, Blocks(readme, "text")[index]);
            Assert.Equal(3, Blocks(readme, "csharp").Length);
        }
    }

    [Fact]
    public async Task Each_command_is_one_that_the_program_takes()
    {
        using TemporaryFolder folder = new();
        foreach (string readme in Readmes)
        {
            IEnumerable<string> lines = Blocks(readme, "").SelectMany(block => block.Split('\n'));
            string[] commands = [.. lines.Where(line => line.StartsWith("dotnet run", StringComparison.Ordinal))];
            Assert.NotEmpty(commands);
            foreach (string command in commands)
            {
                string[] parts = command.Split(" -- ", 2);
                Assert.Equal("dotnet run -c Release --project src/Nabla.Cli", parts[0]);
                Assert.Contains("Usage:", (await Program.RunAsync(folder, [.. parts[1].Split(' '), "--help"])).Succeeded().Output);
            }
        }
    }

    [Fact]
    public async Task Each_option_and_command_of_the_table_is_in_the_help()
    {
        using TemporaryFolder folder = new();
        string help = (await Program.RunAsync(folder, "train", "--help")).Succeeded().Output;
        string all = (await Program.RunAsync(folder, "--help")).Succeeded().Output;
        string[] offered = [.. OptionName().Matches(help).Select(match => match.Value).Distinct().Except(["--help", "--label", "--language"])];
        foreach (string readme in Readmes)
        {
            string[] rows = [.. Read(readme).Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
            string train = Assert.Single(rows, row => row.StartsWith("| `train`", StringComparison.Ordinal));
            Assert.Equal(offered.Order(), OptionName().Matches(train).Select(match => match.Value).Order());
            foreach (string row in rows) Assert.Contains($"  {CommandName().Match(row).Groups[1].Value} ", all);
        }
    }

    [Fact]
    public void The_example_of_contributing_is_an_operation_whose_gradients_are_right()
    {
        string file = Read(Path.Combine("tests", "Nabla.Cli.Tests", "Contributing", "Mish.cs"));
        Assert.Equal(file, Blocks("CONTRIBUTING.md", "csharp")[0]);

        double[] points = [-3, -1, -0.5, 0, 0.25, 1, 4];
        double[] values = Tensor.From<double>(points, [points.Length]).Mish().ToDoubles();
        for (int i = 0; i < points.Length; i++) Assert.Equal(points[i] * Math.Tanh(Math.Log(1 + Math.Exp(points[i]))), values[i], 1e-14);
        Tensor[] inputs = [Tensor.From<double>(points, [points.Length])];
        Assert.InRange(GradientCheck.Of(x => x[0].Mish(), inputs), 0, 1e-7);
        Assert.InRange(GradientCheck.Of(x => x[0].Mish(), inputs, order: 2), 0, 1e-6);
    }

    [Fact]
    public void Both_languages_say_as_much()
    {
        foreach (string start in (string[])["#", "```", "| `", "- **"])
            Assert.Single(Readmes.Select(readme => Count(readme, start)).Distinct());

        static int Count(string readme, string start) => Read(readme).Split('\n').Count(line => line.StartsWith(start, StringComparison.Ordinal));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(RepositoryFolder.Root(), file)).ReplaceLineEndings("\n");

    /// <summary>The contents of the fenced blocks of one language.</summary>
    private static string[] Blocks(string file, string language) =>
        [.. Fence().Matches(Read(file)).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value)];

    [GeneratedRegex("^```(.*)\n((?:.*\n)*?)```$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("--[a-z]+(-[a-z]+)*")]
    private static partial Regex OptionName();

    [GeneratedRegex("`([a-z-]+)")]
    private static partial Regex CommandName();
}
