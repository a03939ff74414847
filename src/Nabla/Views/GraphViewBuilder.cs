using System.Collections.Immutable;

namespace Nabla.Views;

/// <summary>Makes a <see cref="GraphView"/> from tensors that were computed, or from a recording.</summary>
internal sealed class GraphViewBuilder
{
    private readonly List<Draft> drafts = [];
    private readonly GraphRecorder? recorder;

    // For each draft the one it is drawn as: itself, or what it merely gives another shape to.
    private int[] drawnAs = [];
    private readonly Dictionary<GraphGroup, int> groupIds = [];
    private readonly List<ViewGroup> groups = [];

    private GraphViewBuilder(GraphRecorder? recorder) => this.recorder = recorder;

    public static GraphView FromTensor(Tensor result, GraphRecorder recorder)
    {
        if (result.IsAbstract)
            throw new TraceException($"{result.Describe()} has no values: it belongs to a function that is being traced; view its recording instead");
        GraphViewBuilder builder = new(recorder);
        int root = builder.Collect(result);
        return builder.Build([root]);
    }

    public static GraphView FromRecording(Recording recording)
    {
        GraphViewBuilder builder = new(recorder: null);
        int[] place = new int[recording.Slots.Length];
        for (int slot = 0; slot < place.Length; slot++)
        {
            (SlotKind kind, TensorSpec spec, string? name) = recording.Slots[slot];
            if (kind == SlotKind.Result) continue;
            place[slot] = builder.drafts.Count;
            builder.drafts.Add(new()
            {
                Kind = kind switch { SlotKind.Input => ViewNodeKind.Input, SlotKind.Cell => ViewNodeKind.Parameter, _ => ViewNodeKind.Constant },
                Spec = spec,
                Name = name,
                Value = recording.Constants.FirstOrDefault(constant => constant.Slot == slot).Value,
            });
        }
        foreach (Instruction line in recording.Instructions)
        {
            place[line.Output] = builder.drafts.Count;
            builder.drafts.Add(new()
            {
                Kind = ViewNodeKind.Operation,
                Spec = recording.Slots[line.Output].Spec,
                Name = recording.Slots[line.Output].Name,
                Operation = line.Operation,
                Inputs = [.. line.Inputs.Select(slot => place[slot])],
                Group = line.Group,
            });
        }
        IEnumerable<int> results = recording.Outputs.Concat(recording.Assignments.Select(assignment => assignment.Slot));
        return builder.Build([.. results.Select(slot => place[slot]).Distinct()]);
    }

    private int Collect(Tensor result)
    {
        HashSet<Tensor> seen = [result];
        Stack<Tensor> open = new([result]);
        while (open.TryPop(out Tensor? tensor))
        {
            if (recorder!.MakerOf(tensor) is not { } maker) continue;
            foreach (Tensor input in maker.Inputs)
                if (seen.Add(input)) open.Push(input);
        }
        // A tensor's number is larger than those of what it was made from, so this order can be computed.
        List<Tensor> ordered = [.. seen.OrderBy(tensor => tensor.Id)];
        Dictionary<Tensor, int> placeOf = [];
        foreach (Tensor tensor in ordered)
        {
            Node? maker = recorder!.MakerOf(tensor);
            maker?.EnsureUnchanged();
            placeOf.Add(tensor, drafts.Count);
            drafts.Add(new()
            {
                Kind = maker is not null ? ViewNodeKind.Operation
                    : tensor.Cell is not null ? ViewNodeKind.Parameter
                    : tensor.IsConstant ? ViewNodeKind.Constant : ViewNodeKind.Input,
                Spec = tensor.Spec,
                Name = tensor.Name,
                Operation = maker?.Operation,
                Inputs = maker is null ? [] : [.. maker.Inputs.Select(input => placeOf[input])],
                Group = maker?.Group,
                Node = maker,
                Value = tensor,
                Gradient = recorder.UpstreamOf(tensor),
            });
        }
        SumLeafGradients();
        return placeOf[result];
    }

    /// <summary>A leaf's gradient is the sum of what came back, in the order it came: that of the backward pass, to the bit.</summary>
    private void SumLeafGradients()
    {
        using NoGradient.Section section = NoGradient.Begin();
        for (int i = drafts.Count - 1; i >= 0; i--)
        {
            for (int k = 0; k < drafts[i].Inputs.Length; k++)
            {
                Draft leaf = drafts[drafts[i].Inputs[k]];
                if (leaf.Node is not null || !recorder!.TryDownstream(drafts[i].Node!, k, out Tensor? downstream)) continue;
                leaf.Gradient = leaf.Gradient is null ? downstream : leaf.Gradient + downstream;
            }
        }
    }

    private GraphView Build(ImmutableArray<int> outputs)
    {
        int[] shownBy = PassOverReshapes(outputs);
        GiveLeavesGroups();
        string[] names = Names(outputs);
        string result = names[drawnAs[outputs[0]]];
        TensorSummary?[] values = new TensorSummary?[drafts.Count], gradients = new TensorSummary?[drafts.Count];
        int[] uses = new int[drafts.Count];
        List<ViewEdge> edges = [];
        for (int i = 0; i < drafts.Count; i++)
        {
            if (drawnAs[i] != i) continue;
            Draft shown = drafts[shownBy[i]];
            values[i] = shown.Value is { } value ? TensorSummary.Of(value) : null;
            gradients[i] = shown.Gradient is { } gradient ? TensorSummary.Of(gradient) : null;
        }
        for (int i = 0; i < drafts.Count; i++)
        {
            if (drawnAs[i] != i) continue;
            Draft draft = drafts[i];
            for (int k = 0; k < draft.Inputs.Length; k++)
            {
                int from = drawnAs[draft.Inputs[k]];
                uses[from]++;
                edges.Add(Edge(i, k, from, values[from], gradients[i]));
            }
        }
        List<ViewNode> nodes = [];
        for (int i = 0; i < drafts.Count; i++)
        {
            if (drawnAs[i] != i) continue;
            (Draft draft, Draft shown) = (drafts[i], drafts[shownBy[i]]);
            nodes.Add(new()
            {
                Id = i,
                Kind = draft.Kind,
                Name = names[i],
                IsNamed = draft.Name is not null,
                Operation = draft.Operation?.Name ?? "",
                Glyph = draft.Operation?.Glyph ?? names[i],
                Pattern = draft.Operation?.Pattern ?? GatePattern.None,
                Shape = shown.Spec.Shape,
                DType = shown.Spec.DType,
                Value = values[i],
                Gradient = gradients[i],
                Uses = uses[i],
                Group = GroupOf(draft.Group),
                CanOpen = draft.Operation is { } operation && Gates.CanOpen(operation, [.. draft.Inputs.Select(input => drafts[input].Spec)]),
                Application = draft.Node,
                Applied = draft.Operation,
                ValueTensor = shown.Value,
                GradientTensor = shown.Gradient,
            });
        }
        return new(result, result, nodes, edges, [.. groups], [.. outputs.Select(output => drawnAs[output]).Distinct()]);
    }

    private ViewEdge Edge(int to, int input, int from, TensorSummary? value, TensorSummary? upstream)
    {
        Draft draft = drafts[to];
        TensorSummary? share = null;
        LocalGradient? local = null;
        if (draft.Node is { } node && recorder!.TryDownstream(node, input, out Tensor? downstream))
        {
            // Where the input is drawn under another shape, so is its share.
            share = TensorSummary.Of(downstream) with { Shape = value!.Shape };
            local = LocalGradients.Of(node, input);
        }
        return new()
        {
            From = from,
            To = to,
            Input = input,
            Value = value,
            Local = local,
            Upstream = share is null ? null : upstream,
            Downstream = share,
        };
    }

    /// <summary>
    /// Draws a mere change of shape as the node before it; where nothing else reads that node, it is shown under the new shape and name.
    /// </summary>
    /// <returns>For each draft that is drawn, the one whose name, shape and values it shows.</returns>
    private int[] PassOverReshapes(ImmutableArray<int> outputs)
    {
        int[] uses = new int[drafts.Count], shownBy = new int[drafts.Count];
        drawnAs = new int[drafts.Count];
        foreach (Draft draft in drafts)
            foreach (int input in draft.Inputs) uses[input]++;
        for (int i = 0; i < drafts.Count; i++)
        {
            drawnAs[i] = shownBy[i] = i;
            if (drafts[i].Operation is not { KeepsElements: true }) continue;
            int before = drafts[i].Inputs[0], drawn = drawnAs[before];
            bool alone = shownBy[drawn] == before && uses[before] == 1 && drafts[drawn].Operation is not null && !outputs.Contains(before)
                && (drafts[i].Name is null || drafts[drawn].Name is null);
            if (alone)
            {
                shownBy[drawn] = i;
                drafts[drawn].Name ??= drafts[i].Name;
            }
            else if (drafts[i].Name is not null || outputs.Contains(i))
            {
                continue;
            }
            drawnAs[i] = drawn;
        }
        return shownBy;
    }

    private string[] Names(ImmutableArray<int> outputs)
    {
        string[] names = new string[drafts.Count];
        HashSet<string> taken = [];
        for (int i = 0; i < drafts.Count; i++)
            if (drawnAs[i] == i && drafts[i].Name is { } name) names[i] = Unique(name);
        Dictionary<string, int> counts = [];
        for (int i = 0; i < drafts.Count; i++)
        {
            if (drawnAs[i] != i || names[i] is not null) continue;
            Draft draft = drafts[i];
            // A constant number is called by its value: x / 3.
            if (draft is { Kind: ViewNodeKind.Constant, Value: { Count: 1 } value }) names[i] = Numbers.Text(value.Item());
            else if (drawnAs[outputs[0]] == i && taken.Add("f")) names[i] = "f";
            else names[i] = Next(draft.Kind switch
            {
                ViewNodeKind.Input => "x",
                ViewNodeKind.Parameter => "w",
                ViewNodeKind.Constant => "c",
                _ => "v",
            });
        }
        return names;

        string Unique(string name)
        {
            string candidate = name;
            for (int copy = 2; !taken.Add(candidate); copy++) candidate = $"{name} #{copy}";
            return candidate;
        }

        string Next(string letter)
        {
            string candidate;
            do candidate = $"{letter}{counts[letter] = counts.GetValueOrDefault(letter) + 1}";
            while (!taken.Add(candidate));
            return candidate;
        }
    }

    /// <summary>A weight or constant that only one group reads lies in it: the innermost group that holds all its readers.</summary>
    private void GiveLeavesGroups()
    {
        Dictionary<int, List<GraphGroup?>> readers = [];
        for (int i = 0; i < drafts.Count; i++)
        {
            foreach (int input in drafts[i].Inputs)
            {
                if (drafts[drawnAs[input]].Kind is not (ViewNodeKind.Parameter or ViewNodeKind.Constant) || drawnAs[i] != i) continue;
                if (!readers.TryGetValue(drawnAs[input], out List<GraphGroup?>? list)) readers[drawnAs[input]] = list = [];
                list.Add(drafts[i].Group);
            }
        }
        foreach ((int leaf, List<GraphGroup?> groupsOfReaders) in readers)
        {
            GraphGroup? common = groupsOfReaders[0];
            while (common is not null && !groupsOfReaders.All(group => LiesIn(group, common))) common = common.Outer;
            drafts[leaf].Group = common;
        }

        static bool LiesIn(GraphGroup? inner, GraphGroup outer)
        {
            for (; inner is not null; inner = inner.Outer)
                if (inner == outer) return true;
            return false;
        }
    }

    private int? GroupOf(GraphGroup? group)
    {
        if (group is null) return null;
        if (groupIds.TryGetValue(group, out int known)) return known;
        int? outer = GroupOf(group.Outer);
        int id = drafts.Count + groups.Count;
        groups.Add(new(id, group.Name, outer, IsOperation: false));
        return groupIds[group] = id;
    }

    private sealed class Draft
    {
        public required ViewNodeKind Kind { get; init; }

        public required TensorSpec Spec { get; init; }

        public string? Name { get; set; }

        public Operation? Operation { get; init; }

        public ImmutableArray<int> Inputs { get; init; } = [];

        public GraphGroup? Group { get; set; }

        public Node? Node { get; init; }

        public Tensor? Value { get; init; }

        public Tensor? Gradient { get; set; }
    }
}
