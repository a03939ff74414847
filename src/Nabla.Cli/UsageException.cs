namespace Nabla.Cli;

/// <summary>The words of the command are wrong; the message says which and what would be right.</summary>
internal sealed class UsageException(string message) : Exception(message);
