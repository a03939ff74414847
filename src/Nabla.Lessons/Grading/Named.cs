using System.Collections.Immutable;

namespace Nabla.Lessons;

/// <summary>What the elements of a node's value are called: <c>W₁₂</c>.</summary>
internal static class Named
{
    /// <summary>A node, or one of its elements, counted from 1 as people do.</summary>
    public static string Of(GraphView view, string node, int? element) =>
        element is { } place && view.Node(node).Shape.Count > 1 ? Place(node, view.Node(node).Shape, place) : node;

    /// <summary>∂to/∂from; of an elementwise operation the element belongs to both, of a Jacobian it is a row and a column.</summary>
    public static string Local(GraphView view, string from, string to, int? element)
    {
        if (element is not { } place) return $"∂{to}/∂{from}";
        ViewNode source = view.Node(from), target = view.Node(to);
        if (view.Into(target.Id).First(edge => edge.From == source.Id).Local is { Kind: LocalKind.Jacobian })
            return $"∂{Of(view, to, place % target.Shape.Count)}/∂{Of(view, from, place / target.Shape.Count)}";
        return $"∂{Of(view, to, target.Shape.Count > 1 ? place : null)}/∂{Of(view, from, source.Shape.Count > 1 ? place : null)}";
    }

    private static string Place(string name, Shape shape, int place)
    {
        List<int> indices = [];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            indices.Insert(0, (place % shape[axis]) + 1);
            place /= shape[axis];
        }
        // A row vector of one row, or one that ends in a digit of its own: brackets keep the digits apart.
        ImmutableArray<int> shown = [.. indices];
        return char.IsDigit(name[^1]) || name[^1] is >= '₀' and <= '₉' || shown.Any(index => index > 9)
            ? $"{name}[{string.Join(", ", shown)}]"
            : name + string.Concat(shown.Select(index => (char)('₀' + index)));
    }
}
