namespace Nabla.Cli;

/// <summary>What the process answers.</summary>
internal static class ExitCode
{
    public const int Done = 0, Failed = 1, Usage = 2, Interrupted = 130;
}
