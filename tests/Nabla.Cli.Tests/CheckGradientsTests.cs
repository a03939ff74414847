using System.Globalization;

namespace Nabla.Cli.Tests;

public class CheckGradientsTests
{
    [Fact]
    public async Task Every_gradient_of_every_model_is_right()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = (await Program.RunAsync(folder, "check-gradients")).Succeeded();
        foreach (string model in (string[])["linear  (x [4, 1, 8, 8], loss ", "mlp  (", "cnn  (", "rnn  ("]) Assert.Contains(model, outcome.Output);
        string[] rows = [.. outcome.Lines.Where(line => line.EndsWith("right", StringComparison.Ordinal))];
        Assert.Equal(2 + 6 + 8 + 6, rows.Length);
        Assert.DoesNotContain("WRONG", outcome.Output);
        foreach (string row in rows)
        {
            string[] fields = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Matches(@"(Weight|Bias)", fields[0]);
            Assert.Matches(@"^\d\.\de[-+]\d\d$", fields[2]);
            Assert.InRange(double.Parse(fields[2], CultureInfo.InvariantCulture), 0, 1e-6);
        }
    }

    [Fact]
    public async Task One_model_is_checked_with_the_activation_and_the_language_one_names()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = await Program.RunAsync(folder, "check-gradients", "--model", "mlp", "--activation", "gelu", "--language", "ko");
        Assert.Equal(1 + 1 + 6, outcome.Succeeded().Lines.Length);
        Assert.Contains("최대 상대 오차", outcome.Output);
        Assert.DoesNotContain("틀림", outcome.Output);
    }
}
