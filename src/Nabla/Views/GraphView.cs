using System.Collections.Immutable;
using Nabla.Views;

namespace Nabla;

/// <summary>
/// A computational graph with everything a person wants to see on it: values, local gradients, what flows back. Data alone, no drawing.
/// </summary>
/// <remarks>A value: folding and opening give another view. The JSON form is described in docs/graph-view.md.</remarks>
public sealed class GraphView
{
    /// <summary>The version of the JSON form. It rises when a reader of the last one would misunderstand the new one.</summary>
    public const int SchemaVersion = 1;

    private readonly Dictionary<int, int> places = [];

    internal GraphView(
        string title,
        string resultName,
        IReadOnlyList<ViewNode> nodes,
        IReadOnlyList<ViewEdge> edges,
        ImmutableArray<ViewGroup> groups,
        ImmutableArray<int> outputs)
    {
        Title = title;
        ResultName = resultName;
        (Nodes, Edges) = Wording.Of(nodes, edges, outputs, resultName);
        Groups = groups;
        Outputs = outputs;
        for (int i = 0; i < nodes.Count; i++) places.Add(nodes[i].Id, i);
    }

    /// <summary>The view of which this one folds groups; null where none is folded.</summary>
    internal GraphView? Unfolded { get; init; }

    /// <summary>The folded groups, in the order in which they were folded.</summary>
    internal ImmutableArray<int> Folded { get; init; } = [];

    /// <summary>What is shown: the result's name, or the source text of an expression.</summary>
    public string Title { get; }

    /// <summary>What the result is called, also where its node is folded into a group: the f of ∂f/∂x.</summary>
    public string ResultName { get; }

    /// <summary>The nodes, in an order in which they can be computed.</summary>
    public ImmutableArray<ViewNode> Nodes { get; }

    /// <summary>The edges, in the order of the nodes they lead to, then of those nodes' inputs.</summary>
    public ImmutableArray<ViewEdge> Edges { get; }

    /// <summary>The groups that nodes lie in.</summary>
    public ImmutableArray<ViewGroup> Groups { get; }

    /// <summary>The numbers of the result's nodes.</summary>
    public ImmutableArray<int> Outputs { get; }

    /// <summary>The numbers of the leaves that the caller put in.</summary>
    public ImmutableArray<int> Inputs => OfKind(ViewNodeKind.Input);

    /// <summary>The numbers of the leaves that are values of cells.</summary>
    public ImmutableArray<int> Parameters => OfKind(ViewNodeKind.Parameter);

    /// <summary>The graph behind a result, with its values and, from a backward pass of its own, its gradients.</summary>
    /// <param name="result">What was computed, of any shape.</param>
    /// <param name="upstream">The gradient that enters at the result; ones if null, which for more than one element differentiates their sum.</param>
    /// <exception cref="TraceException">The result stands for a value inside a traced function.</exception>
    /// <exception cref="InvalidOperationException">A cell was assigned since the forward pass.</exception>
    public static GraphView Of(Tensor result, Tensor? upstream = null)
    {
        GraphRecorder recorder = new();
        if (!result.IsConstant && !result.IsAbstract)
        {
            using (recorder.Watch()) result.Backward(upstream ?? Tensor.Ones(result.Shape, result.DType).Detach());
        }
        return GraphViewBuilder.FromTensor(result, recorder);
    }

    /// <summary>The graph of a recording: operations, shapes and types, without values.</summary>
    public static GraphView Of(Recording recording) => GraphViewBuilder.FromRecording(recording);

    /// <summary>The node of this number.</summary>
    /// <exception cref="KeyNotFoundException">There is none, or it is folded away.</exception>
    public ViewNode Node(int id) => places.TryGetValue(id, out int place)
        ? Nodes[place]
        : throw new KeyNotFoundException($"this view has no node {id}; it may be folded into a group, or opened from an operation");

    /// <summary>The node of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none, or it is folded away.</exception>
    public ViewNode Node(string name) => Nodes.FirstOrDefault(node => node.Name == name)
        ?? throw new KeyNotFoundException($"this view has no node {name}; it has {string.Join(", ", Nodes.Select(node => node.Name))}");

    /// <summary>The edges that lead to a node, by input.</summary>
    public IEnumerable<ViewEdge> Into(int node) => Edges.Where(edge => edge.To == node);

    /// <summary>The edges that leave a node.</summary>
    public IEnumerable<ViewEdge> OutOf(int node) => Edges.Where(edge => edge.From == node);

    /// <summary>All elements of a node's value, row-major, however many.</summary>
    /// <exception cref="InvalidOperationException">The view was read from JSON or made from a recording, and the summary has not all of
    /// them.</exception>
    /// <exception cref="ObjectDisposedException">The values were given back when their scope ended.</exception>
    public double[] ValueOf(int node) => Elements(Node(node), Node(node).ValueTensor, Node(node).Value, "value");

    /// <summary>All elements of a node's gradient, row-major, however many.</summary>
    /// <inheritdoc cref="ValueOf"/>
    public double[] GradientOf(int node) => Elements(Node(node), Node(node).GradientTensor, Node(node).Gradient, "gradient");

    /// <summary>This view with an operation's node replaced by the gates it is made of, or a folded group's by what lies in it.</summary>
    /// <returns>The new view; this one where the operation is a gate itself, or where its gates would not give the same gradients (at a
    /// kink).</returns>
    /// <remarks>The last gate keeps the node's number and name. Needs a view that was made from a graph that ran.</remarks>
    public GraphView Open(int node)
    {
        if (Unfolded is null) return Gates.Open(this, Node(node));
        return Node(node).Kind == ViewNodeKind.Group
            ? Unfolded.Fold([.. Folded.Where(group => group != node)])
            : Unfolded.Open(node).Fold([.. Folded]);
    }

    /// <summary>This view with these groups, and what lies inside them, each drawn as one node.</summary>
    /// <param name="groups">Numbers from <see cref="Groups"/>.</param>
    /// <remarks>A group stays open where folding it would tie a knot: where a path leaves it and comes back.</remarks>
    public GraphView Fold(params ReadOnlySpan<int> groups) => Folding.Fold(this, groups);

    /// <summary>This view with as much detail as asked for.</summary>
    public GraphView At(GraphDetail detail) => detail switch
    {
        GraphDetail.Modules => Folding.FoldModules(Unfolded ?? this),
        GraphDetail.Gates => Gates.OpenAll(Unfolded ?? this),
        _ => Unfolded ?? this,
    };

    /// <summary>This view under another title.</summary>
    public GraphView Titled(string title) =>
        new(title, ResultName, Nodes, Edges, Groups, Outputs) { Unfolded = Unfolded?.Titled(title), Folded = Folded };

    /// <summary>The JSON form: docs/graph-view.md.</summary>
    public string ToJson() => GraphViewWriter.Write(this);

    /// <summary>Reads the JSON form. Elements that the summaries leave out are gone.</summary>
    /// <exception cref="FormatException">The text is not the JSON form, or of another <see cref="SchemaVersion"/>.</exception>
    public static GraphView FromJson(string json) => GraphViewReader.Read(json);

    /// <summary>Graphviz's language: <c>dot -Tsvg</c> draws it.</summary>
    public string ToDot() => DotWriter.Write(this);

    /// <summary>Mermaid's language: Markdown pages draw it.</summary>
    public string ToMermaid() => MermaidWriter.Write(this);

    /// <summary>A picture: layered from left to right, values in green above the edges, gradients in red below.</summary>
    /// <param name="language">Of its titles.</param>
    public string ToSvg(Language language = Language.English) => SvgWriter.Write(this, language);

    /// <summary>A page of its own that needs no server and loads nothing: the picture, step by step, in both languages.</summary>
    /// <param name="language">The language it opens in.</param>
    public string ToHtml(Language language = Language.English) => HtmlPage.Write(this, language);

    /// <summary>Writes the view to a file; the ending of its name says how: .html, .json, .dot, .mmd or .svg.</summary>
    /// <param name="path">The file, replaced if it is there.</param>
    /// <param name="language">Of the texts in .html and .svg.</param>
    /// <exception cref="ArgumentException">The name ends in something else.</exception>
    public void Save(string path, Language language = Language.English)
    {
        string text = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".html" or ".htm" => ToHtml(language),
            ".json" => ToJson(),
            ".dot" or ".gv" => ToDot(),
            ".mmd" => ToMermaid(),
            ".svg" => ToSvg(language),
            string other => throw new ArgumentException(
                $"a graph is saved as .html, .json, .dot, .mmd or .svg, got '{other}' in {path}; choose one of these endings", nameof(path)),
        };
        File.WriteAllText(path, text);
    }

    /// <summary>A number that no node or group of this view has.</summary>
    internal int NextId => 1 + Math.Max(
        Nodes.Length == 0 ? -1 : Nodes.Max(node => node.Id), Groups.Length == 0 ? -1 : Groups.Max(group => group.Id));

    private ImmutableArray<int> OfKind(ViewNodeKind kind) => [.. Nodes.Where(node => node.Kind == kind).Select(node => node.Id)];

    private static double[] Elements(ViewNode node, Tensor? tensor, TensorSummary? summary, string what)
    {
        if (tensor is not null) return tensor.ToDoubles();
        if (summary is { IsWhole: true }) return [.. summary.Elements];
        throw new InvalidOperationException(
            $"this view holds no {what} of {node.Name} beyond its summary; make the view from the tensor itself, by GraphView.Of");
    }
}
