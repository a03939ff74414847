namespace Nabla;

/// <summary>A traced function did what a recording cannot repeat; the message says what, and what to do instead.</summary>
public sealed class TraceException(string message) : InvalidOperationException(message);
