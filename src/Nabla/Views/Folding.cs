using System.Collections.Immutable;

namespace Nabla.Views;

/// <summary>Draws a group of nodes as one.</summary>
internal static class Folding
{
    // A picture of modules is to be taken in at a glance; if folding the innermost groups leaves more, the next ones outward fold too.
    private const int MostNodes = 60;

    public static GraphView FoldModules(GraphView view)
    {
        HashSet<int> outers = [.. view.Groups.Where(group => !group.IsOperation && group.Outer is not null).Select(group => group.Outer!.Value)];
        List<ViewGroup> level = [.. view.Groups.Where(group => !group.IsOperation && !outers.Contains(group.Id))];
        GraphView folded = view;
        while (level.Count > 0)
        {
            foreach (ViewGroup group in level) folded = FoldOne(folded, group.Id);
            if (folded.Nodes.Length <= MostNodes) break;
            HashSet<int> next = [.. level.Where(group => group.Outer is not null).Select(group => group.Outer!.Value)];
            level = [.. view.Groups.Where(group => next.Contains(group.Id))];
        }
        return folded;
    }

    public static GraphView Fold(GraphView view, ReadOnlySpan<int> groups)
    {
        foreach (int group in groups)
        {
            if (!view.Groups.Any(known => known.Id == group))
                throw new KeyNotFoundException(
                    $"this view has no group {group}; it has {string.Join(", ", view.Groups.Select(known => $"{known.Id} {known.Name}"))}");
            view = FoldOne(view, group);
        }
        return view;
    }

    private static GraphView FoldOne(GraphView view, int group)
    {
        HashSet<int> groups = Within(view, group);
        HashSet<int> members = [.. view.Nodes.Where(node => node.Group is { } id && groups.Contains(id)).Select(node => node.Id)];
        if (members.Count == 0) return view;
        AddOwnLeaves(view, members);
        if (members.Count == 1 || LeavesAndComesBack(view, members)) return view;

        ViewGroup folded = view.Groups.First(known => known.Id == group);
        ViewNode last = view.Nodes.Last(node => members.Contains(node.Id) && (view.Outputs.Contains(node.Id)
            || view.OutOf(node.Id).Any(edge => !members.Contains(edge.To)) || node.Uses == 0));
        HashSet<string> taken = [.. view.Nodes.Where(node => !members.Contains(node.Id)).Select(node => node.Name)];
        string name = folded.Name;
        for (int copy = 2; !taken.Add(name); copy++) name = $"{folded.Name} #{copy}";
        // Drawn under the group's number and with the value of what comes out of it last.
        ViewNode box = new()
        {
            Id = group,
            Kind = ViewNodeKind.Group,
            Name = name,
            IsNamed = true,
            Glyph = folded.Name,
            Shape = last.Shape,
            DType = last.DType,
            Value = last.Value,
            Gradient = last.Gradient,
            Group = folded.Outer,
            CanOpen = true,
            ValueTensor = last.ValueTensor,
            GradientTensor = last.GradientTensor,
        };
        List<ViewEdge> edges = [.. Inward(view, members, box), .. Outward(view, members, group)];
        edges.AddRange(view.Edges.Where(edge => !members.Contains(edge.From) && !members.Contains(edge.To)));
        int place = view.Nodes.IndexOf(last);
        ImmutableArray<ViewNode> nodes = Sorted([.. view.Nodes.SelectMany((node, i) =>
            i == place ? [box] : members.Contains(node.Id) ? Array.Empty<ViewNode>() : [node])], edges);
        nodes = Gates.Recount(nodes, edges, out ImmutableArray<ViewEdge> ordered);
        ImmutableArray<int> outputs = [.. view.Outputs.Select(output => members.Contains(output) ? group : output).Distinct()];
        return new(view.Title, view.ResultName, nodes, ordered, [.. view.Groups.Where(known => !groups.Contains(known.Id))], outputs)
        {
            Unfolded = view.Unfolded ?? view,
            Folded = [.. view.Folded, group],
        };
    }

    /// <summary>One edge for each value that enters, with the sum of the shares that come back to it.</summary>
    private static IEnumerable<ViewEdge> Inward(GraphView view, HashSet<int> members, ViewNode box)
    {
        int input = 0;
        foreach (IGrouping<int, ViewEdge> entering in view.Edges.Where(edge => !members.Contains(edge.From) && members.Contains(edge.To))
            .GroupBy(edge => edge.From))
        {
            ViewEdge[] shares = [.. entering.Where(edge => edge.Downstream is not null)];
            yield return new()
            {
                From = entering.Key,
                To = box.Id,
                Input = input++,
                Value = entering.First().Value,
                Upstream = shares.Length == 0 ? null : box.Gradient,
                Downstream = shares.Length == 1 ? shares[0].Downstream
                    : shares.Length > 1 && shares.Length == view.OutOf(entering.Key).Count() ? view.Node(entering.Key).Gradient
                    : Sum(shares),
            };
        }
    }

    private static IEnumerable<ViewEdge> Outward(GraphView view, HashSet<int> members, int group) =>
        view.Edges.Where(edge => members.Contains(edge.From) && !members.Contains(edge.To)).Select(edge => edge with { From = group });

    private static TensorSummary? Sum(ViewEdge[] shares)
    {
        if (shares.Length == 0 || shares.Any(share => !share.Downstream!.IsWhole)) return null;
        double[] sum = new double[shares[0].Downstream!.Elements.Length];
        foreach (ViewEdge share in shares)
            for (int i = 0; i < sum.Length; i++) sum[i] += share.Downstream!.Elements[i];
        return TensorSummary.Of(sum, new(shares[0].Downstream!.Shape, shares[0].Downstream!.DType));
    }

    private static HashSet<int> Within(GraphView view, int group)
    {
        HashSet<int> within = [group];
        // Outer groups come before inner ones, so one pass finds them all.
        foreach (ViewGroup candidate in view.Groups)
            if (candidate.Outer is { } outer && within.Contains(outer)) within.Add(candidate.Id);
        return within;
    }

    /// <summary>Weights and constants that only the group reads are part of its box.</summary>
    private static void AddOwnLeaves(GraphView view, HashSet<int> members)
    {
        foreach (ViewNode node in view.Nodes)
        {
            if (node.Kind is not (ViewNodeKind.Parameter or ViewNodeKind.Constant) || node.Uses == 0 || view.Outputs.Contains(node.Id)) continue;
            if (view.OutOf(node.Id).All(edge => members.Contains(edge.To))) members.Add(node.Id);
        }
    }

    /// <summary>Whether some path runs from the group through a node outside back into it: as one box it would be its own input.</summary>
    private static bool LeavesAndComesBack(GraphView view, HashSet<int> members)
    {
        ILookup<int, int> following = view.Edges.ToLookup(edge => edge.From, edge => edge.To);
        Stack<int> open = new(members.SelectMany(member => following[member]).Where(node => !members.Contains(node)));
        HashSet<int> seen = [.. open];
        while (open.TryPop(out int node))
        {
            foreach (int next in following[node])
            {
                if (members.Contains(next)) return true;
                if (seen.Add(next)) open.Push(next);
            }
        }
        return false;
    }

    /// <summary>In an order in which they can be computed, as near as may be to the one given.</summary>
    private static ImmutableArray<ViewNode> Sorted(ImmutableArray<ViewNode> nodes, List<ViewEdge> edges)
    {
        ILookup<int, int> needed = edges.ToLookup(edge => edge.To, edge => edge.From);
        Dictionary<int, ViewNode> byId = nodes.ToDictionary(node => node.Id);
        HashSet<int> done = [];
        List<ViewNode> sorted = [];
        Stack<(ViewNode Node, bool Ready)> open = new();
        foreach (ViewNode start in nodes)
        {
            open.Push((start, false));
            while (open.TryPop(out (ViewNode Node, bool Ready) top))
            {
                if (top.Ready) sorted.Add(top.Node);
                if (top.Ready || !done.Add(top.Node.Id)) continue;
                open.Push((top.Node, true));
                foreach (int input in needed[top.Node.Id])
                    if (!done.Contains(input)) open.Push((byId[input], false));
            }
        }
        return [.. sorted];
    }
}
