using System.Text;

namespace Nabla.Views;

/// <summary>A view in Graphviz's language: left to right, values green, gradients red, open groups as clusters.</summary>
internal static class DotWriter
{
    public static string Write(GraphView view)
    {
        StringBuilder text = new();
        text.Append($"digraph {Quoted(view.Title)} {{\n");
        text.Append("  rankdir=LR;\n  node [fontname=\"sans-serif\", shape=box, style=rounded];\n  edge [fontname=\"sans-serif\", fontsize=10];\n");
        Cluster(text, view, group: null, indent: "  ");
        foreach (ViewEdge edge in view.Edges)
        {
            string value = edge.Value is null ? "" : $"<font color=\"#187a3c\">{Escaped(Numbers.Short(edge.Value, 28))}</font>";
            string share = edge.Downstream is null ? "" : $"<font color=\"#c0262d\">{Escaped(Numbers.Short(edge.Downstream, 28))}</font>";
            string label = value.Length > 0 && share.Length > 0 ? $"{value}<br/>{share}" : value + share;
            text.Append($"  n{edge.From} -> n{edge.To}{(label.Length == 0 ? "" : $" [label=<{label}>]")};\n");
        }
        return text.Append("}\n").ToString();
    }

    private static void Cluster(StringBuilder text, GraphView view, int? group, string indent)
    {
        foreach (ViewNode node in view.Nodes)
        {
            if (node.Group != group) continue;
            string label = node.Kind == ViewNodeKind.Operation ? $"{node.Glyph}\\n{Slashed(node.Name)}" : Slashed(node.Name);
            string shape = node.Kind switch
            {
                ViewNodeKind.Operation => "",
                ViewNodeKind.Group => ", shape=box3d",
                ViewNodeKind.Parameter => ", shape=ellipse, style=bold",
                ViewNodeKind.Constant => ", shape=plain",
                _ => ", shape=ellipse",
            };
            string tip = node.Formula.Length > 0 ? $"{node.Name} = {node.Formula}" : $"{node.DType}{node.Shape}";
            text.Append($"{indent}n{node.Id} [label=\"{label}\", tooltip={Quoted(tip)}{shape}];\n");
        }
        foreach (ViewGroup inner in view.Groups)
        {
            if (inner.Outer != group) continue;
            text.Append($"{indent}subgraph cluster_{inner.Id} {{\n{indent}  label={Quoted(inner.Name)};\n{indent}  style=\"rounded,dashed\";\n");
            Cluster(text, view, inner.Id, indent + "  ");
            text.Append($"{indent}}}\n");
        }
    }

    private static string Quoted(string text) => $"\"{Slashed(text)}\"";

    private static string Slashed(string text) => text.Replace("\\", "\\\\").Replace("\"", "\\\"").ReplaceLineEndings("\\n");

    private static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
