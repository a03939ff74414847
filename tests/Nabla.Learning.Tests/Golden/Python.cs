using System.Diagnostics;

namespace Nabla.Learning.Tests;

/// <summary>The system's Python, where PyTorch may be installed.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";

    private static readonly Lazy<string?> Fault = new(() =>
    {
        if (!File.Exists(Program)) return $"{Program} is not there";
        (int code, string output) = Start("-c", "import torch");
        return code == 0 ? null : $"{Program} cannot import torch ({output.Trim().Split('\n')[^1]})";
    });

    /// <summary>Why PyTorch cannot be used here; null where it can.</summary>
    public static string? WhyNot => Fault.Value;

    /// <summary>Runs a script to its end and gives what it printed.</summary>
    public static string Run(params string[] arguments)
    {
        (int code, string output) = Start(arguments);
        Assert.True(code == 0, output);
        return output;
    }

    private static (int Code, string Output) Start(params string[] arguments)
    {
        ProcessStartInfo start = new(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
