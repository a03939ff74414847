using System.Diagnostics;
using System.Text;

namespace Nabla.Cli.Tests;

/// <summary>Runs the built program as a person would, in a folder of its own, away from the machine's own data and language.</summary>
internal static class Program
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs it to its end.</summary>
    public static Task<Outcome> RunAsync(TemporaryFolder folder, params string[] words) => RunAsync(folder, [], words);

    /// <summary>Runs it to its end with more environment variables.</summary>
    public static async Task<Outcome> RunAsync(TemporaryFolder folder, Dictionary<string, string> environment, params string[] words)
    {
        using Process process = Start(folder, environment, words);
        return await EndAsync(process, process.StandardOutput.ReadToEndAsync());
    }

    /// <summary>Starts it and gives back control.</summary>
    public static Process Start(TemporaryFolder folder, Dictionary<string, string> environment, params string[] words) => Start(
        Dll("src", "Nabla.Cli"), folder.Root,
        new()
        {
            ["XDG_CACHE_HOME"] = folder["cache"],
            ["HTTPS_PROXY"] = "http://127.0.0.1:9",   // The discard port: where nothing answers, nothing is fetched.
            ["LANG"] = "C.UTF-8",
            ["LC_ALL"] = "",
            ["LC_MESSAGES"] = "",
        }, environment, words);

    /// <summary>Waits for the end.</summary>
    /// <param name="process">What was started.</param>
    /// <param name="output">The rest of standard output.</param>
    public static async Task<Outcome> EndAsync(Process process, Task<string> output)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource patience = new(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"the program did not end within {Patience.TotalMinutes} minutes");
        }
        return new(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs an example to its end.</summary>
    public static async Task<Outcome> RunExampleAsync(string name)
    {
        using Process process = Start(Dll("examples", name), Path.GetTempPath(), [], []);
        return await EndAsync(process, process.StandardOutput.ReadToEndAsync());
    }

    private static Process Start(
        string dll, string folder, Dictionary<string, string> environment, Dictionary<string, string> more, params string[] words)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [dll, .. words])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string value) in environment.Concat(more)) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Built in the same configuration and for the same framework as these tests: …/bin/CONFIGURATION/FRAMEWORK.</summary>
    private static string Dll(string folder, string project)
    {
        DirectoryInfo framework = new(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(RepositoryFolder.Root(), folder, project, "bin", framework.Parent!.Name, framework.Name, project + ".dll");
    }
}
