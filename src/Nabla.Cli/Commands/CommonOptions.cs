using System.CommandLine;

namespace Nabla.Cli.Commands;

/// <summary>Options that several commands take.</summary>
internal static class CommonOptions
{
    public static Option<string?> Language()
    {
        Option<string?> option = new("--language") { Description = "en or ko; the system's if not given" };
        option.AcceptOnlyFromAmong("en", "ko");
        return option;
    }

    public static Option<int?> ThreadCount() => new("--threads")
    {
        Description = "threads that compute, at least 1; all cores if not given. Never changes a result",
    };

    /// <summary>Sets how many threads compute.</summary>
    public static void UseThreads(int? count)
    {
        if (count is < 1 or > 256) throw new UsageException($"--threads needs a number from 1 to 256, got {count}");
        if (count is { } threads) Threads.Count = threads;
    }
}
