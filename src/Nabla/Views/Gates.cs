using System.Collections.Immutable;
using Nabla.Compilation;

namespace Nabla.Views;

/// <summary>Opens an operation's node into the gates it is made of, with their own values and gradients.</summary>
internal static class Gates
{
    // Beyond so many nodes a graph of gates is no picture any more.
    private const int MostNodes = 600;

    /// <summary>Asks by a trace, which infers shapes and computes nothing.</summary>
    public static bool CanOpen(Operation operation, TensorSpec[] inputs)
    {
        if (TraceContext.Current is not null || inputs.Length == 0 || !operation.HasGradient) return false;
        Recording recording;
        try
        {
            recording = TraceContext.Trace(stand => operation.Open([.. stand]) is { } opened ? [opened] : [], inputs);
        }
        catch (TraceException)
        {
            // Its gates depend on values, so they can be known only when it runs.
            return false;
        }
        return recording.Instructions.Length > 0 && recording.Instructions.All(line => line.Operation.HasGradient);
    }

    public static GraphView OpenAll(GraphView view)
    {
        foreach (ViewNode node in view.Nodes)
        {
            if (view.Nodes.Length > MostNodes) break;
            if (node.CanOpen) view = Open(view, node);
        }
        return view;
    }

    public static GraphView Open(GraphView view, ViewNode node)
    {
        if (!node.CanOpen || node.Application is not { } application || node.GradientTensor is not { } upstream) return view;
        // Leaves of its own that share the inputs' memory: the gates' graph ends where the operation's inputs begin.
        ImmutableArray<Tensor> leaves = [.. application.Inputs.Select(input => new Tensor(input.Spec, input.Storage, input.IsConstant))];
        if (application.Operation.Open(leaves) is not { Producer: not null } opened) return view;
        // The node may be shown under the shape that a Reshape after it gave.
        if (upstream.Shape != opened.Shape) upstream = upstream.Reshape(opened.Shape);
        GraphView inside = GraphView.Of(opened, upstream.Detach());
        if (!AgreesWith(application, upstream, inside, leaves)) return view;

        ViewEdge[] into = [.. view.Into(node.Id)];
        Dictionary<int, int> ids = [];
        int next = view.NextId;
        ViewGroup group = new(next++, $"{node.Glyph} {node.Name}".Trim(), node.Group, IsOperation: true);
        foreach (ViewNode gate in inside.Nodes)
        {
            int leaf = leaves.IndexOf(gate.ValueTensor!);
            ids.Add(gate.Id, leaf >= 0 ? into.First(edge => edge.Input == leaf).From : gate.Id == inside.Outputs[0] ? node.Id : next++);
        }
        return Splice(view, node, inside, ids, group);
    }

    /// <summary>
    /// Whether the gates hand back what the operation does. At a kink they may not: ReLU's slope at 0 is 0, but a maximum shares a tie.
    /// </summary>
    private static bool AgreesWith(Node application, Tensor upstream, GraphView inside, ImmutableArray<Tensor> leaves)
    {
        using Scope scope = Scope.Begin();
        using NoGradient.Section section = NoGradient.Begin();
        ImmutableArray<Tensor?> folded = application.Operation.Backward(new(application.Inputs, application.Output, ulong.MaxValue), upstream);
        for (int k = 0; k < leaves.Length; k++)
        {
            if (leaves[k].IsConstant || folded[k] is not { } downstream) continue;
            double[] expected = downstream.ToDoubles();
            double[] got = inside.Nodes.FirstOrDefault(node => node.ValueTensor == leaves[k])?.GradientTensor?.ToDoubles()
                ?? new double[expected.Length];
            double tolerance = leaves[k].DType == DType.Float64 ? 1e-9 : 1e-4;
            for (int i = 0; i < expected.Length; i++)
            {
                bool bothBroken = double.IsNaN(expected[i]) && double.IsNaN(got[i]);
                if (!bothBroken && !(Math.Abs(expected[i] - got[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])))) return false;
            }
        }
        return true;
    }

    private static GraphView Splice(GraphView view, ViewNode node, GraphView inside, Dictionary<int, int> ids, ViewGroup group)
    {
        HashSet<int> known = [.. view.Nodes.Select(other => other.Id)];
        HashSet<string> taken = [.. view.Nodes.Select(other => other.Name)];
        List<ViewNode> gates = [];
        foreach (ViewNode gate in inside.Nodes)
        {
            int id = ids[gate.Id];
            if (id == node.Id)
            {
                // The last gate is the node itself, seen from outside: its name, its value, its gradient.
                gates.Add(node with
                {
                    Operation = gate.Operation,
                    Glyph = gate.Glyph,
                    Pattern = gate.Pattern,
                    Group = group.Id,
                    Application = gate.Application,
                    Applied = gate.Applied,
                    CanOpen = gate.CanOpen && gate.Applied != node.Applied,
                });
            }
            else if (!known.Contains(id))
            {
                string name = gate.Kind == ViewNodeKind.Constant ? gate.Name : Free(taken);
                gates.Add(gate with { Id = id, Name = name, IsNamed = false, Glyph = gate.Applied?.Glyph ?? name, Group = group.Id });
            }
        }
        List<ViewEdge> edges = [.. view.Edges.Where(edge => edge.To != node.Id)];
        edges.AddRange(inside.Edges.Select(edge => edge with { From = ids[edge.From], To = ids[edge.To] }));
        ImmutableArray<ViewNode> nodes = Recount(
            [.. view.Nodes.SelectMany(other => other.Id == node.Id ? gates : [other])], edges, out ImmutableArray<ViewEdge> ordered);
        return new(view.Title, view.ResultName, nodes, ordered, [.. view.Groups, group], view.Outputs);
    }

    /// <summary>Sorts the edges by the nodes they lead to, and counts anew how many leave each node.</summary>
    public static ImmutableArray<ViewNode> Recount(ImmutableArray<ViewNode> nodes, List<ViewEdge> edges, out ImmutableArray<ViewEdge> ordered)
    {
        Dictionary<int, int> place = [];
        for (int i = 0; i < nodes.Length; i++) place.Add(nodes[i].Id, i);
        ordered = [.. edges.OrderBy(edge => place[edge.To]).ThenBy(edge => edge.Input)];
        Dictionary<int, int> uses = [];
        foreach (ViewEdge edge in edges) uses[edge.From] = uses.GetValueOrDefault(edge.From) + 1;
        return [.. nodes.Select(node => node with { Uses = uses.GetValueOrDefault(node.Id) })];
    }

    private static string Free(HashSet<string> taken)
    {
        for (int number = 1; ; number++)
            if (taken.Add($"v{number}")) return $"v{number}";
    }
}
