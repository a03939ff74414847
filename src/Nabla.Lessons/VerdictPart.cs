namespace Nabla;

/// <summary>What there is to say to one blank.</summary>
/// <param name="Id">The blank's; <c>choice</c> for a quiz.</param>
/// <param name="Correct">Whether it is right.</param>
/// <param name="Message">Why, or which factor is wrong.</param>
public sealed record VerdictPart(string Id, bool Correct, string Message);
