namespace Nabla;

/// <summary>A file of tensors cannot be read or written. The message says which file and tensor, what was needed, what was found, and the way
/// out.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>A refusal with its whole message.</summary>
    public CheckpointException(string message) : base(message)
    {
    }

    /// <summary>A refusal with its whole message and what led to it.</summary>
    public CheckpointException(string message, Exception? cause) : base(message, cause)
    {
    }
}
