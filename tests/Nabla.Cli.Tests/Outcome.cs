using System.Text.Json;

namespace Nabla.Cli.Tests;

/// <summary>What a run of the program left behind.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Standard output, each line one JSON object.</summary>
    public JsonElement[] Events => [.. Lines.Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>It worked, and complained of nothing.</summary>
    public Outcome Succeeded()
    {
        Assert.Equal("", Errors);
        Assert.Equal(0, ExitCode);
        return this;
    }

    /// <summary>It refused in one or two plain lines on standard error, with nothing on standard output, and not by a stack trace.</summary>
    public Outcome Refused(int exitCode, params string[] parts)
    {
        foreach (string part in parts) Assert.Contains(part, Errors);
        Assert.Equal(exitCode, ExitCode);
        Assert.Equal("", Output);
        Assert.StartsWith("nabla: ", Errors);
        Assert.InRange(Errors.TrimEnd().Split('\n').Length, 1, 2);
        Assert.DoesNotContain("   at ", Errors);
        Assert.DoesNotContain("Exception", Errors);
        Assert.DoesNotContain("mistake of its own", Errors);
        return this;
    }
}
