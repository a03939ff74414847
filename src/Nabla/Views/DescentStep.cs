using System.Collections.Immutable;

namespace Nabla;

/// <summary>The state after some steps of gradient descent.</summary>
/// <param name="Number">How many steps were taken; 0 is the start.</param>
/// <param name="Values">The leaves that move and what they are now.</param>
/// <param name="Result">What the function gives there.</param>
public sealed record DescentStep(int Number, ImmutableArray<(string Name, TensorSummary Value)> Values, TensorSummary Result);
