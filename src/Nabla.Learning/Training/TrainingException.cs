namespace Nabla;

/// <summary>Training cannot go on: the loss is no longer a number. The message says at which step, where it shows first, and what to
/// change.</summary>
public sealed class TrainingException : Exception
{
    /// <summary>A refusal with its whole message.</summary>
    /// <param name="message">What happened, where, and the way out.</param>
    /// <param name="step">The step at which it was found, from 1.</param>
    public TrainingException(string message, long step) : base(message) => Step = step;

    /// <summary>The step at which it was found, from 1.</summary>
    public long Step { get; }
}
