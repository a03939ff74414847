using System.Text;

namespace Nabla.Views;

/// <summary>A view in Mermaid's language, which Markdown pages draw: value and gradient on each edge.</summary>
internal static class MermaidWriter
{
    public static string Write(GraphView view)
    {
        StringBuilder text = new("flowchart LR\n");
        Subgraph(text, view, group: null, indent: "  ");
        foreach (ViewEdge edge in view.Edges)
        {
            string value = edge.Value is null ? "" : Numbers.Short(edge.Value, 28);
            string label = edge.Downstream is null ? value : $"{value}<br/>∇ {Numbers.Short(edge.Downstream, 28)}";
            text.Append($"  n{edge.From} -->{(label.Length == 0 ? "" : $"|\"{Escaped(label)}\"|")} n{edge.To}\n");
        }
        text.Append("  classDef parameter stroke-width:3px\n  classDef constant stroke-dasharray:4\n");
        foreach ((ViewNodeKind kind, string style) in new[] { (ViewNodeKind.Parameter, "parameter"), (ViewNodeKind.Constant, "constant") })
        {
            string ids = string.Join(",", view.Nodes.Where(node => node.Kind == kind).Select(node => $"n{node.Id}"));
            if (ids.Length > 0) text.Append($"  class {ids} {style}\n");
        }
        return text.ToString();
    }

    private static void Subgraph(StringBuilder text, GraphView view, int? group, string indent)
    {
        foreach (ViewNode node in view.Nodes)
        {
            if (node.Group != group) continue;
            string label = Escaped(node.Kind == ViewNodeKind.Operation ? $"{node.Glyph}<br/>{node.Name}" : node.Name);
            (string open, string close) = node.Kind switch
            {
                ViewNodeKind.Operation => ("[", "]"),
                ViewNodeKind.Group => ("[[", "]]"),
                _ => ("([", "])"),
            };
            text.Append($"{indent}n{node.Id}{open}\"{label}\"{close}\n");
        }
        foreach (ViewGroup inner in view.Groups)
        {
            if (inner.Outer != group) continue;
            text.Append($"{indent}subgraph g{inner.Id} [\"{Escaped(inner.Name)}\"]\n");
            Subgraph(text, view, inner.Id, indent + "  ");
            text.Append($"{indent}end\n");
        }
    }

    // Mermaid reads #name; as a character; a line break is the one tag that labels hold.
    private static string Escaped(string text) => text
        .Replace("#", "#35;").Replace("&", "#amp;").Replace("\"", "#quot;").Replace("<br/>", "\n")
        .Replace("<", "#lt;").Replace(">", "#gt;").Replace("\n", "<br/>").ReplaceLineEndings(" ").Replace("`", "#96;");
}
