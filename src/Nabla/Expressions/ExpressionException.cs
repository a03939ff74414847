namespace Nabla;

/// <summary>An expression could not be read or evaluated; the message shows the place.</summary>
/// <param name="error">What is wrong and where.</param>
public sealed class ExpressionException(ExpressionError error) : FormatException(error.ToString())
{
    /// <summary>What is wrong and where.</summary>
    public ExpressionError Error { get; } = error;
}
