using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabla.Views;

/// <summary>Puts the steps of a view's two passes into words.</summary>
internal sealed partial class Narrator
{
    // A product of vectors is written out while each factor is short; the rest is told by its formula and result.
    private const int LongestFactor = 28;

    private readonly GraphView view;
    private readonly Language language;
    private readonly string result;
    private readonly Dictionary<int, List<ViewEdge>> shares = [];

    public Narrator(GraphView view, Language language)
    {
        this.view = view;
        this.language = language;
        result = view.ResultName;
    }

    public (ImmutableArray<ExplanationStep> Forward, ImmutableArray<ExplanationStep> Backward) Tell()
    {
        ILookup<int, int> into = Enumerable.Range(0, view.Edges.Length).ToLookup(i => view.Edges[i].To);
        List<ExplanationStep> forward = [], backward = [];
        foreach (ViewNode node in view.Nodes)
            if (node.Kind != ViewNodeKind.Constant || node.Name != Value(node)) forward.Add(Forward(node, [.. into[node.Id]]));
        if (view.Edges.All(edge => edge.Downstream is null)) return ([.. forward], []);
        foreach (int output in view.Outputs)
            if (view.Node(output) is { Gradient: not null, Uses: 0 } end) backward.Add(Start(end));
        for (int i = view.Nodes.Length - 1; i >= 0; i--)
        {
            ImmutableArray<int> edges = [.. into[view.Nodes[i].Id].Where(edge => view.Edges[edge].Downstream is not null)];
            if (edges.Length > 0) backward.Add(Backward(view.Nodes[i], edges));
        }
        return ([.. forward], [.. backward]);
    }

    private static string Value(ViewNode node) => node.Value is { Shape.Count: 1, IsWhole: true } value ? Numbers.Text(value.Elements[0]) : "";

    private ExplanationStep Forward(ViewNode node, ImmutableArray<int> edges)
    {
        string title = node.Name;
        if (node.Formula.Length > 0)
        {
            string[] names = [.. edges.Select(edge => view.Node(view.Edges[edge].From).Name)];
            // A box is called by its name; a glyph such as x² is no name that can be called.
            bool isCalled = node.CanOpen && (node.Applied is null || node.Glyph.All(char.IsLetter));
            title += isCalled ? $" = {node.Glyph}({string.Join(", ", names)})" : $" = {node.Formula}";
            // With the numbers put in, where they are single numbers.
            if (node.Applied is { } operation && node.Value is not null
                && edges.All(edge => view.Edges[edge].Value is { Shape.Count: 1, IsWhole: true }))
            {
                string filled = operation.ForwardText([.. edges.Select(edge => Numbers.Factor(view.Edges[edge].Value!.Elements[0]))]);
                filled = DoubleBrackets().Replace(filled, "$1");
                if (filled != node.Formula && filled != Value(node)) title += $" = {filled}";
            }
        }
        if (node.Value is null) return new(true, node.Id, edges, $"{title} : {node.DType}{node.Shape} ({Words.NotRun.In(language)})", []);
        string kind = node.Kind == ViewNodeKind.Operation ? "" : $"   ({Words.Of(node.Kind).In(language)})";
        return new(true, node.Id, edges, Blocks.Join($"{title} = ", node.Value, kind), []);
    }

    /// <summary>A negative number that stands alone between the brackets of a call: exp((-1)).</summary>
    [GeneratedRegex(@"\((\(-[^()]*\))\)")]
    private static partial Regex DoubleBrackets();

    private ExplanationStep Start(ViewNode end)
    {
        string name = Of(end);
        string why = end.Shape.Count == 1
            ? Words.StartOne.In(language, Called(end))
            : Words.StartOnes.In(language, Called(end), end.Shape.Count, "1");
        bool isOne = end.Gradient!.IsWhole && end.Gradient.Elements.All(element => element == 1);
        return new(false, end.Id, [], Blocks.Join($"{name} = ", end.Gradient!, isOne ? $"   ({why})" : ""), []);
    }

    private ExplanationStep Backward(ViewNode node, ImmutableArray<int> edges)
    {
        string pattern = Words.Of(node.Pattern) is { } known && edges.Length + (node.Pattern == GatePattern.SwapMultiplier ? 0 : 1) > 1
            ? $"   [{node.Glyph}: {known.Name.In(language)}]"
            : "";
        string formula = node.Formula.Length > 0 ? $"{node.Name} = {node.Formula}" : node.Name;
        string title = node.Gradient is null
            ? $"{formula}{pattern}"
            : Blocks.Join($"{formula}{pattern}   {Words.Upstream.In(language)} {Of(node)} = ", node.Gradient);
        List<string> lines = [];
        foreach (int edge in edges) Share(node, view.Edges[edge], lines);
        return new(false, node.Id, edges, title, [.. lines.SelectMany(line => line.Split('\n')).Select(line => "  " + line)]);
    }

    private void Share(ViewNode node, ViewEdge edge, List<string> lines)
    {
        ViewNode from = view.Node(edge.From);
        TensorSummary downstream = edge.Downstream!;
        bool isOne = downstream.Shape.Count == 1 && downstream.IsWhole;
        string whole = Of(from), upstream = Of(node), local = $"∂{node.Name}/∂{from.Name}";
        string after = "";
        if (edge.Local is { } known)
        {
            bool isNumber = double.TryParse(known.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
            string told = $"{Words.Local.In(language)} {local} = {(known.Text is null || isNumber ? "" : $"{known.Text} = ")}";
            // Beside the product if it is one number, above it if it is a vector or a matrix.
            if (known.Values.Shape.Count == 1) after = $"   ({Blocks.Join(told, known.Values)})";
            else lines.Add(Blocks.Join(told, known.Values));
        }
        // A value that is used once receives its whole gradient here; of one that is used more often this is a share.
        string subject = from.Uses > 1 ? Words.Share.In(language, whole) : whole;
        lines.Add(Blocks.Join($"{subject} = {Chain(edge, upstream, local, node.Id == view.Outputs[0])}", downstream, after));
        if (from.Uses <= 1) return;
        List<ViewEdge> sofar = shares.TryGetValue(edge.From, out List<ViewEdge>? before) ? before : shares[edge.From] = [];
        sofar.Add(edge);
        int expected = view.OutOf(edge.From).Count(other => other.Downstream is not null);
        if (sofar.Count < expected || from.Gradient is null) return;
        string sum = isOne && expected > 1 ? Sum([.. sofar.Select(share => share.Downstream!.Elements[0])]) : "";
        lines.Add(Blocks.Join($"{whole} = {sum}", from.Gradient, expected > 1 ? $"   ({Words.SumsUp.In(language, expected)})" : ""));
    }

    private static string Sum(double[] shares) =>
        string.Join(" + ", shares.Select((share, i) => i == 0 ? Numbers.Text(share) : Numbers.Factor(share))) + " = ";

    private string Chain(ViewEdge edge, string upstream, string local, bool isFirst)
    {
        // At the result itself the upstream gradient is ∂f/∂f, and the product is the local gradient.
        string product = isFirst && edge.Upstream is { Shape.Count: 1 } ? "" : $"{upstream} · {local} = ";
        if (edge is { Local.Kind: not LocalKind.Jacobian, Upstream: { } above } && edge.Local is { } known)
        {
            bool areNumbers = above.Shape.Count == 1 && known.Values.Shape.Count == 1;
            string sign = above.Shape.Count > 1 && known.Values.Shape.Count > 1 ? "∘" : "×";
            if (sign == "∘") product = $"{upstream} ∘ {local} = ";
            string left = Shown(above), right = Shown(known.Values);
            string summed = known.Kind == LocalKind.Elementwise && edge.Downstream!.Shape.Count < known.Values.Shape.Count
                ? $" → {Words.SumOverCopies.In(language)}"
                : "";
            // A negative second factor needs brackets: 1 × (-4).
            if (known.Values.Shape.Count == 1 && right.StartsWith('-')) right = $"({right})";
            if (areNumbers || (left.Length <= LongestFactor && right.Length <= LongestFactor && left.Length > 0 && right.Length > 0))
                return $"{product}{left} {sign} {right}{summed} = ";
            return edge.Rule is { } elementwise ? $"{elementwise} = " : product;
        }
        return edge.Rule is { } rule ? $"{rule} = " : edge.Local is null ? "" : product;
    }

    /// <summary>The gradient of the result with respect to a node, as it is written: ∂f/∂q.</summary>
    private string Of(ViewNode node) => $"∂{result}/∂{Called(node)}";

    // A result that is folded into a group keeps its own name.
    private string Called(ViewNode node) => view.Outputs.Length == 1 && view.Outputs[0] == node.Id ? result : node.Name;

    private static string Shown(TensorSummary summary)
    {
        if (!summary.IsWhole) return "";
        return summary.Shape.Count == 1 ? Numbers.Text(summary.Elements[0]) : Numbers.Nested(summary, value => Numbers.Text(value));
    }
}
