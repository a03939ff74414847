using System.Collections.Immutable;

namespace Nabla;

/// <summary>One step of a forward or backward pass, in words.</summary>
/// <param name="IsForward">Whether it belongs to the forward pass.</param>
/// <param name="Node">The node that computes, or whose gradient goes back.</param>
/// <param name="Edges">The edges concerned, as places in <see cref="GraphView.Edges"/>: those that bring values, or those that shares go back
/// over.</param>
/// <param name="Title">What happens: <c>f = q * z = 3 * (-4) = -12</c>.</param>
/// <param name="Lines">What belongs to it: a line for each share, with the chain rule written out.</param>
public sealed record ExplanationStep(bool IsForward, int Node, ImmutableArray<int> Edges, string Title, ImmutableArray<string> Lines)
{
    /// <summary>Title and lines, one below the other.</summary>
    public override string ToString() => Lines.Length == 0 ? Title : $"{Title}\n{string.Join('\n', Lines)}";
}
