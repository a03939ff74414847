namespace Nabla;

/// <summary>How an operation's output answers to one of its inputs, at the values of this forward pass.</summary>
/// <param name="Kind">In which form.</param>
/// <param name="Values">The numbers.</param>
/// <param name="Text">As a formula of the node's own names, <c>f * (1 - f)</c>; null where there is no short one.</param>
public sealed record LocalGradient(LocalKind Kind, TensorSummary Values, string? Text);
