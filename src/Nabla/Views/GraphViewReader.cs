using System.Text.Json;
using Names = Nabla.Views.GraphViewWriter.Names;

namespace Nabla.Views;

/// <summary>Reads the JSON form of a view back.</summary>
internal static class GraphViewReader
{
    public static GraphView Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            if (root.GetProperty("schema").GetString() != "nabla.graph")
                throw new FormatException("this is not a graph view: its schema is not nabla.graph");
            int version = root.GetProperty("version").GetInt32();
            if (version != GraphView.SchemaVersion)
                throw new FormatException($"this graph view has version {version}, this program reads version {GraphView.SchemaVersion}");
            return new(
                Text(root, "title"),
                Text(root, "resultName"),
                root.GetProperty("nodes").EnumerateArray().Select(Node).ToArray(),
                root.GetProperty("edges").EnumerateArray().Select(Edge).ToArray(),
                [.. root.GetProperty("groups").EnumerateArray().Select(Group)],
                [.. Numbers(root, "outputs")]);
        }
        catch (Exception wrong)
            when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or ShapeException)
        {
            throw new FormatException($"this is not a graph view: {wrong.Message}", wrong);
        }
    }

    private static ViewNode Node(JsonElement json) => new()
    {
        Id = json.GetProperty("id").GetInt32(),
        Kind = Names.Kind(Text(json, "kind")),
        Name = Text(json, "name"),
        IsNamed = json.GetProperty("isNamed").GetBoolean(),
        Operation = Text(json, "operation"),
        Glyph = Text(json, "glyph"),
        Formula = Text(json, "formula"),
        Pattern = Names.Pattern(Text(json, "pattern")),
        Shape = Shape.Create([.. Numbers(json, "shape")]),
        DType = Names.Type(Text(json, "dtype")),
        Uses = json.GetProperty("uses").GetInt32(),
        Group = json.TryGetProperty("group", out JsonElement group) ? group.GetInt32() : null,
        CanOpen = json.GetProperty("canOpen").GetBoolean(),
        Value = Summary(json, "value"),
        Gradient = Summary(json, "gradient"),
    };

    private static ViewEdge Edge(JsonElement json) => new()
    {
        From = json.GetProperty("from").GetInt32(),
        To = json.GetProperty("to").GetInt32(),
        Input = json.GetProperty("input").GetInt32(),
        Value = Summary(json, "value"),
        Local = json.TryGetProperty("local", out JsonElement local)
            ? new(
                Names.Local(Text(local, "kind")),
                Summary(local, "values") ?? throw new FormatException("the graph has a local gradient without values"),
                local.TryGetProperty("text", out JsonElement text) ? text.GetString() : null)
            : null,
        Upstream = Summary(json, "upstream"),
        Downstream = Summary(json, "downstream"),
        Rule = json.TryGetProperty("rule", out JsonElement rule) ? rule.GetString() : null,
    };

    private static ViewGroup Group(JsonElement json) => new(
        json.GetProperty("id").GetInt32(),
        Text(json, "name"),
        json.TryGetProperty("outer", out JsonElement outer) ? outer.GetInt32() : null,
        json.GetProperty("isOperation").GetBoolean());

    private static TensorSummary? Summary(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement summary)) return null;
        DType dtype = Names.Type(Text(summary, "dtype"));
        return new()
        {
            Shape = Shape.Create([.. Numbers(summary, "shape")]),
            DType = dtype,
            Min = Number(summary.GetProperty("min"), dtype),
            Max = Number(summary.GetProperty("max"), dtype),
            Mean = Number(summary.GetProperty("mean"), DType.Float64),
            Norm = Number(summary.GetProperty("norm"), DType.Float64),
            NonFinite = summary.GetProperty("nonFinite").GetInt32(),
            Histogram = [.. Numbers(summary, "histogram")],
            Elements = summary.TryGetProperty("elements", out JsonElement elements)
                ? [.. elements.EnumerateArray().Select(element => Number(element, dtype))]
                : [],
        };
    }

    private static double Number(JsonElement json, DType dtype)
    {
        if (json.ValueKind != JsonValueKind.String) return dtype == DType.Float32 ? json.GetSingle() : json.GetDouble();
        return json.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            string other => throw new FormatException($"the graph has the text '{other}' where a number belongs"),
            null => double.NaN,
        };
    }

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"the graph has null where the text '{name}' belongs");

    private static IEnumerable<int> Numbers(JsonElement json, string name) =>
        json.GetProperty(name).EnumerateArray().Select(number => number.GetInt32());
}
