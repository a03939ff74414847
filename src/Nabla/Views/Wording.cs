using System.Collections.Immutable;

namespace Nabla.Views;

/// <summary>Writes the formulas on nodes and edges in the names that the nodes have now; folding and opening change who stands beside whom.</summary>
internal static class Wording
{
    public static (ImmutableArray<ViewNode> Nodes, ImmutableArray<ViewEdge> Edges) Of(
        IReadOnlyList<ViewNode> nodes, IReadOnlyList<ViewEdge> edges, IReadOnlyList<int> outputs, string resultName)
    {
        Dictionary<int, ViewNode> byId = nodes.ToDictionary(node => node.Id);
        Dictionary<int, string[]> inputsOf = edges.GroupBy(edge => edge.To)
            .ToDictionary(into => into.Key, into => into.OrderBy(edge => edge.Input).Select(edge => byId[edge.From].Name).ToArray());
        ImmutableArray<ViewNode> worded = [.. nodes
            .Select(node => node.Applied is { } operation && inputsOf.TryGetValue(node.Id, out string[]? inputs)
            ? node with { Formula = operation.ForwardText(inputs) }
            : node)];
        return (worded, [.. edges.Select(Worded)]);

        ViewEdge Worded(ViewEdge edge)
        {
            ViewNode to = byId[edge.To];
            if (to.Applied is not { } operation) return edge;
            string[] inputs = inputsOf[edge.To];
            string upstream = $"∂{resultName}/∂{(outputs.Contains(to.Id) && outputs.Count == 1 ? resultName : to.Name)}";
            bool hasRule = operation.HasGradient && byId[edge.From].Kind != ViewNodeKind.Constant;
            string? local = operation.IsElementwise ? operation.BackwardText(edge.Input, inputs, to.Name, "1") : null;
            return edge with
            {
                Rule = hasRule ? operation.BackwardText(edge.Input, inputs, to.Name, upstream) : null,
                Local = edge.Local is { } known ? known with { Text = local } : null,
            };
        }
    }
}
