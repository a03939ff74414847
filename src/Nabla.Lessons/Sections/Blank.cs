using Nabla.Lessons;

namespace Nabla;

/// <summary>One number of a graph that the learner fills in.</summary>
public sealed record Blank
{
    private Blank(BlankKind kind, string node, string? from, string? to, int? element)
    {
        (Kind, Node, From, To, Element) = (kind, node, from, to, element);
        string edge = from is null ? node : $"{to}-{from}";
        Id = $"{KindName}-{edge}{(element is null ? "" : $"-{element}")}";
    }

    /// <summary>Its name within the exercise: <c>local-f-q</c>.</summary>
    public string Id { get; }

    /// <summary>What it asks for.</summary>
    public BlankKind Kind { get; }

    /// <summary>The name of the node it belongs to: for an edge the node at the end that is asked about.</summary>
    public string Node { get; }

    /// <summary>For an edge, the node whose value goes forward over it.</summary>
    public string? From { get; }

    /// <summary>For an edge, the node that reads it.</summary>
    public string? To { get; }

    /// <summary>Which element, row-major from 0, where there are several.</summary>
    public int? Element { get; }

    /// <summary>The word of the JSON form.</summary>
    internal string KindName => Kind switch
    {
        BlankKind.Value => "value",
        BlankKind.Local => "local",
        BlankKind.Upstream => "upstream",
        _ => "downstream",
    };

    internal static Blank Value(string node, int? element = null) => new(BlankKind.Value, node, null, null, element);

    /// <summary>∂to/∂from.</summary>
    internal static Blank Local(string to, string from, int? element = null) => new(BlankKind.Local, to, from, to, element);

    internal static Blank Upstream(string node, int? element = null) => new(BlankKind.Upstream, node, null, null, element);

    /// <summary>The share that one node hands to another.</summary>
    internal static Blank Downstream(string to, string from, int? element = null) => new(BlankKind.Downstream, from, from, to, element);

    /// <summary>All that comes back to a value.</summary>
    internal static Blank Downstream(string node, int? element = null) => new(BlankKind.Downstream, node, null, null, element);

    /// <summary>What stands before the blank.</summary>
    internal string Prompt(GraphView view, Language language)
    {
        BilingualText prompt = Kind switch
        {
            BlankKind.Value => Feedback.AskValue,
            BlankKind.Local => Feedback.AskLocal,
            BlankKind.Upstream => Feedback.AskUpstream,
            _ => From is null ? Feedback.AskDownstream : Feedback.AskShare,
        };
        return prompt.In(language, Subject(view), Node, To);
    }

    /// <summary>What is asked for, as a formula: <c>q</c>, <c>∂f/∂q</c>.</summary>
    internal string Subject(GraphView view) => Kind switch
    {
        BlankKind.Value => Named.Of(view, Node, Element),
        BlankKind.Local => Named.Local(view, From!, To!, Element),
        _ => $"∂{view.ResultName}/∂{Named.Of(view, Node, Element)}",
    };
}
