using System.Globalization;
using System.Text;
using static Nabla.Views.LayeredLayout;

namespace Nabla.Views;

/// <summary>Draws a view: values in green above the edges, in red below them what comes back, local × upstream = downstream.</summary>
internal sealed class SvgWriter
{
    private const double Column = 6.7, LabelPadding = 8, LineHeight = 14, MinNodeWidth = 46, NodeHeight = 46, GlyphColumn = 9.6, CaptionColumn = 6.4;

    // With more edges than this the factors of each product no longer fit on the picture; they stay in the texts.
    private const int MostFactors = 60;

    // Up to this many edges a small matrix is written out on its edge.
    private const int MostWithMatrices = 12;

    // Up to this many nodes the inputs stand together at the left, as on a blackboard; beyond, each stands by what reads it.
    private const int MostOnBlackboard = 30;

    private readonly GraphView view;
    private readonly Language language;
    private readonly StringBuilder text = new();
    private readonly Dictionary<int, int> places = [];
    private readonly List<Box> boxes = [];
    private readonly List<Link> links = [];
    private readonly List<Label> labels = [];

    private SvgWriter(GraphView view, Language language)
    {
        this.view = view;
        this.language = language;
    }

    /// <summary>The stylesheet: colours are variables of the page around it, or else these.</summary>
    private const string Rules = """
        text{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,"Noto Sans Mono CJK KR","Noto Sans CJK KR",monospace}
        text{font-size:11px;fill:var(--ink,#1d2430)}
        .paper{fill:var(--paper,#fff)}
        .body{fill:var(--node,#fff);stroke:var(--rim,#4a5568);stroke-width:1.5}
        .constant .body{stroke-dasharray:3 3;stroke:var(--faint,#8792a3)}
        .input .body{fill:var(--input,#eef4ff)}
        .parameter .body{fill:var(--parameter,#fff6e3);stroke-width:2.5}
        .group .body{fill:var(--box,#f3f0ff)}
        .glyph{font-size:15px;font-weight:600;text-anchor:middle}
        .leaf .glyph{font-size:13px}
        .caption{font-size:10.5px;text-anchor:middle;fill:var(--faint,#5d6878)}
        .sum{font-size:10.5px;text-anchor:middle;fill:var(--down,#c0262d)}
        .line{fill:none;stroke:var(--wire,#9aa5b5);stroke-width:1.5}
        .tip{fill:var(--wire,#9aa5b5)}
        .label{text-anchor:middle}
        .value{fill:var(--value,#16703a);font-weight:600}
        .down{fill:var(--down,#c0262d);font-weight:600}
        .up{fill:var(--up,#9a5200)}
        .local{fill:var(--local,#6d3fc0)}
        .sign{fill:var(--faint,#5d6878)}
        .frame{fill:var(--frame,#6d3fc0);fill-opacity:.06;stroke:var(--frame,#6d3fc0);stroke-opacity:.5;stroke-dasharray:5 4}
        .framename{font-size:10.5px;fill:var(--local,#6d3fc0)}
        """;

    // Every rule is confined to the drawing, because a page may hold it beside other things.
    private static readonly string Style = string.Join('\n', Rules.Split('\n').Select(rule => $".nabla {rule.Trim()}"));

    public static string Write(GraphView view, Language language)
    {
        SvgWriter writer = new(view, language);
        Placement placement = writer.Layout();
        writer.Draw(placement);
        return writer.text.ToString();
    }

    /// <summary>The nodes' rectangles, as they are drawn: for tests.</summary>
    internal static Placement LayoutOf(GraphView view) => new SvgWriter(view, Language.English).Layout();

    private Placement Layout()
    {
        bool isSmall = view.Nodes.Length <= MostOnBlackboard;
        foreach (ViewNode node in view.Nodes)
        {
            places.Add(node.Id, boxes.Count);
            boxes.Add(new(WidthOf(node), HeightOf(node), isSmall && node.Kind == ViewNodeKind.Input));
        }
        for (int i = 0; i < view.Edges.Length; i++)
        {
            ViewEdge edge = view.Edges[i];
            Add(places[edge.From], places[edge.To], new(edge.Value, edge, edge.Downstream, view.Node(edge.From).Shape));
        }
        foreach (int output in view.Outputs)
        {
            ViewNode node = view.Node(output);
            boxes.Add(new(1, NodeHeight, false));
            Add(places[output], boxes.Count - 1, new(node.Value, null, node.Gradient, node.Shape));
        }
        return Place(boxes, links);

        void Add(int from, int to, Label label)
        {
            label.Choose(factors: view.Edges.Length <= MostFactors, longest: view.Edges.Length <= MostWithMatrices ? 34 : 22);
            labels.Add(label);
            links.Add(new(from, to, (label.Columns * Column) + LabelPadding, label.HasText ? 2 * LineHeight : 6));
        }
    }

    private static double WidthOf(ViewNode node)
    {
        double glyph = Columns.Of(Columns.Cut(node.Glyph, 18)) * GlyphColumn, caption = Columns.Of(Caption(node)) * CaptionColumn;
        double sum = node.IsCopy && node.Gradient is not null ? Columns.Of(SumText(node)) * CaptionColumn : 0;
        return Math.Max(MinNodeWidth, Math.Max(glyph, Math.Max(caption, sum)) + 20);
    }

    private static double HeightOf(ViewNode node) => NodeHeight + (node.IsCopy && node.Gradient is not null ? LineHeight : 0);

    private static string Caption(ViewNode node) => node.Kind switch
    {
        ViewNodeKind.Operation => Columns.Cut(node.Name, 18),
        ViewNodeKind.Constant when node.Shape.Count == 1 => "",
        _ => node.Shape.Rank == 0 ? "" : $"{node.Shape}",
    };

    private static string SumText(ViewNode node) => $"Σ∇ {Brief(node.Gradient!, 18)}";

    private void Draw(Placement placement)
    {
        string title = Words.GraphOf.In(language, view.Title, view.Nodes.Length, view.Edges.Length);
        text.Append(CultureInfo.InvariantCulture,
            $"<svg class=\"nabla\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {N(placement.Width)} {N(placement.Height)}\" ");
        text.Append(CultureInfo.InvariantCulture,
            $"width=\"{N(placement.Width)}\" height=\"{N(placement.Height)}\" role=\"img\" aria-label=\"{Escaped(title)}\">\n");
        text.Append($"<title>{Escaped(title)}</title><desc>{Escaped(Words.DrawingHelp.In(language))}</desc>\n<style>{Style}</style>\n");
        text.Append("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        Frames(placement);
        for (int i = 0; i < links.Count; i++) Edge(i, placement.Routes[i]);
        for (int i = 0; i < view.Nodes.Length; i++) Node(view.Nodes[i], placement.Corners[i], boxes[i]);
        text.Append("</svg>\n");
    }

    /// <summary>A dashed frame around an open group, where no stranger stands inside it.</summary>
    private void Frames(Placement placement)
    {
        foreach (ViewGroup group in view.Groups)
        {
            HashSet<int> within = [group.Id];
            foreach (ViewGroup inner in view.Groups)
                if (inner.Outer is { } outer && within.Contains(outer)) within.Add(inner.Id);
            double left = double.MaxValue, top = double.MaxValue, right = 0, bottom = 0;
            int members = 0;
            for (int i = 0; i < view.Nodes.Length; i++)
            {
                if (view.Nodes[i].Group is not { } id || !within.Contains(id)) continue;
                members++;
                left = Math.Min(left, placement.Corners[i].X - 12);
                top = Math.Min(top, placement.Corners[i].Y - 22);
                right = Math.Max(right, placement.Corners[i].X + boxes[i].Width + 12);
                bottom = Math.Max(bottom, placement.Corners[i].Y + boxes[i].Height + 8);
            }
            if (members == 0 || top < 2 || right - left < Columns.Of(group.Name) * CaptionColumn) continue;
            bool hasStranger = false;
            for (int i = 0; i < view.Nodes.Length && !hasStranger; i++)
            {
                bool isMember = view.Nodes[i].Group is { } id && within.Contains(id);
                Point corner = placement.Corners[i];
                hasStranger = !isMember && corner.X < right && corner.X + boxes[i].Width > left
                    && corner.Y < bottom && corner.Y + boxes[i].Height > top;
            }
            for (int i = 0; i < links.Count && !hasStranger; i++)
            {
                Point at = placement.Routes[i].Label;
                // A label over the frame's own name would hide it.
                hasStranger = labels[i].HasText && at.X + (links[i].LabelWidth / 2) > left && at.X - (links[i].LabelWidth / 2) < right
                    && at.Y - LineHeight < top + 14 && at.Y + LineHeight > top;
            }
            if (hasStranger) continue;
            text.Append(CultureInfo.InvariantCulture, $"<rect class=\"frame\" x=\"{N(left)}\" y=\"{N(top)}\" width=\"{N(right - left)}\" ");
            text.Append(CultureInfo.InvariantCulture, $"height=\"{N(bottom - top)}\" rx=\"10\"/>");
            text.Append(CultureInfo.InvariantCulture,
                $"<text class=\"framename\" x=\"{N(left + 8)}\" y=\"{N(top + 12)}\">{Escaped(group.Name)}</text>\n");
        }
    }

    private void Edge(int index, Route route)
    {
        bool isResult = index >= view.Edges.Length;
        string which = isResult ? $"data-result=\"{view.Outputs[index - view.Edges.Length]}\"" : $"data-edge=\"{index}\"";
        text.Append($"<g class=\"edge\" {which}><path class=\"line\" d=\"");
        Point[] stretches = route.Stretches;
        text.Append(CultureInfo.InvariantCulture, $"M{N(stretches[0].X)} {N(stretches[0].Y)}L{N(stretches[1].X)} {N(stretches[1].Y)}");
        Point before = stretches[1], end = stretches[^1];
        for (int i = 2; i < stretches.Length; i += 2)
        {
            Point next = stretches[i];
            double middle = (before.X + next.X) / 2;
            text.Append(CultureInfo.InvariantCulture, $"C{N(middle)} {N(before.Y)} {N(middle)} {N(next.Y)} {N(next.X)} {N(next.Y)}");
            text.Append(CultureInfo.InvariantCulture, $"L{N(stretches[i + 1].X)} {N(stretches[i + 1].Y)}");
            before = stretches[i + 1];
        }
        text.Append("\"/>");
        if (!isResult)
            text.Append(CultureInfo.InvariantCulture, $"<path class=\"tip\" d=\"M{N(end.X)} {N(end.Y)}l-7 -3.5v7z\"/>");
        labels[index].Draw(text, route.Label);
        text.Append("</g>\n");
    }

    private void Node(ViewNode node, Point corner, Box box)
    {
        bool isLeaf = node.Kind is ViewNodeKind.Input or ViewNodeKind.Parameter or ViewNodeKind.Constant;
        string kind = GraphViewWriter.Names.Of(node.Kind);
        double middle = corner.X + (box.Width / 2);
        string caption = Caption(node);
        text.Append($"<g class=\"node {kind}{(isLeaf ? " leaf" : "")}\" data-node=\"{node.Id}\"><title>{Escaped(Title(node))}</title>");
        // A group stands on a second sheet: there is more beneath.
        if (node.Kind == ViewNodeKind.Group) Body(new(corner.X + 4, corner.Y - 4), box, round: 8);
        Body(corner, box, isLeaf ? 20 : 8);
        double glyph = corner.Y + (caption.Length == 0 ? 28 : 21);
        text.Append(CultureInfo.InvariantCulture,
            $"<text class=\"glyph\" x=\"{N(middle)}\" y=\"{N(glyph)}\">{Escaped(Columns.Cut(node.Glyph, 18))}</text>");
        if (caption.Length > 0)
            text.Append(CultureInfo.InvariantCulture,
                $"<text class=\"caption\" x=\"{N(middle)}\" y=\"{N(corner.Y + 37)}\">{Escaped(caption)}</text>");
        if (node.IsCopy && node.Gradient is not null)
            text.Append(CultureInfo.InvariantCulture,
                $"<text class=\"sum gradient\" x=\"{N(middle)}\" y=\"{N(corner.Y + 37 + LineHeight)}\">{Escaped(SumText(node))}</text>");
        text.Append("</g>\n");
    }

    private void Body(Point corner, Box box, int round)
    {
        text.Append(CultureInfo.InvariantCulture, $"<rect class=\"body\" x=\"{N(corner.X)}\" y=\"{N(corner.Y)}\" ");
        text.Append(CultureInfo.InvariantCulture, $"width=\"{N(box.Width)}\" height=\"{N(box.Height)}\" rx=\"{round}\"/>");
    }

    private string Title(ViewNode node)
    {
        string formula = node.Formula.Length > 0 ? $"{node.Name} = {node.Formula}" : $"{node.Name} ({Words.Of(node.Kind).In(language)})";
        string value = node.Value is null ? $"{node.DType}{node.Shape}" : $"{Words.Value.In(language)} {Numbers.Short(node.Value, 60)}";
        string gradient = node.Gradient is null ? "" : $"\n{Words.Gradient.In(language)} {Numbers.Short(node.Gradient, 60)}";
        return $"{formula}\n{value}{gradient}";
    }

    private static string Brief(TensorSummary summary, int longest)
    {
        if (summary.IsWhole && Numbers.Nested(summary, value => Numbers.Drawn(value)) is { } all && all.Length <= longest) return all;
        return $"{string.Join('×', summary.Shape)} ‖{Numbers.Drawn(summary.Norm, digits: 3)}‖";
    }

    private static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    internal static string Escaped(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char letter in text)
        {
            _ = letter switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                // Other control characters may not stand in XML at all.
                < ' ' and not ('\n' or '\t') or '\uFFFE' or '\uFFFF' => escaped.Append(' '),
                _ => escaped.Append(letter),
            };
        }
        return escaped.ToString();
    }

    /// <summary>What stands on an edge: the value above it, and below it the gradient, with its factors where there is room.</summary>
    private sealed class Label(TensorSummary? value, ViewEdge? edge, TensorSummary? gradient, Shape shape)
    {
        private string above = "";
        private (string Text, string Class)[] below = [];

        public bool HasText => above.Length > 0 || below.Length > 0;

        public int Columns => Math.Max(Views.Columns.Of(above), below.Sum(part => Views.Columns.Of(part.Text)));

        public void Choose(bool factors, int longest)
        {
            const int LongestFactor = 14;
            above = value is null ? $"{shape}" : Brief(value, longest);
            if (gradient is null) return;
            below = [(Brief(gradient, longest), "down")];
            if (!factors || edge is not { Local: { Kind: not LocalKind.Jacobian } local, Upstream: { } upstream }) return;
            if (Fits(local.Values, LongestFactor) && Fits(upstream, LongestFactor) && Fits(gradient, longest))
            {
                string product = local.Values.Shape.Count > 1 && upstream.Shape.Count > 1 ? " ∘ " : " × ";
                string equals = local.Kind == LocalKind.Elementwise && gradient.Shape.Count < local.Values.Shape.Count ? " → Σ = " : " = ";
                below =
                [
                    (Brief(local.Values, LongestFactor), "local"), (product, "sign"), (Brief(upstream, LongestFactor), "up"),
                    (equals, "sign"), below[0],
                ];
            }
        }

        public void Draw(StringBuilder text, Point at)
        {
            if (above.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"<text class=\"label value\" x=\"{N(at.X)}\" y=\"{N(at.Y - 4)}\">{Escaped(above)}</text>");
            if (below.Length == 0) return;
            text.Append(CultureInfo.InvariantCulture, $"<text class=\"label gradient\" x=\"{N(at.X)}\" y=\"{N(at.Y + 12)}\" xml:space=\"preserve\">");
            foreach ((string part, string look) in below) text.Append($"<tspan class=\"{look}\">{Escaped(part)}</tspan>");
            text.Append("</text>");
        }

        private static bool Fits(TensorSummary summary, int longest) => summary.IsWhole
            && Numbers.Nested(summary, value => Numbers.Drawn(value)).Length <= longest;
    }
}
