using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Nabla.Views;

/// <summary>Writes the JSON form of a view. The form is a promise to other programs: docs/graph-view.md.</summary>
internal static class GraphViewWriter
{
    // Readable letters of all languages; < > & and quotes stay escaped, so that the text may stand inside a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(GraphView view)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options)) Write(json, view);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(Utf8JsonWriter json, GraphView view)
    {
        json.WriteStartObject();
        json.WriteString("schema", "nabla.graph");
        json.WriteNumber("version", GraphView.SchemaVersion);
        json.WriteString("title", view.Title);
        json.WriteString("resultName", view.ResultName);
        Numbers(json, "inputs", view.Inputs);
        Numbers(json, "parameters", view.Parameters);
        Numbers(json, "outputs", view.Outputs);
        json.WriteStartArray("nodes");
        foreach (ViewNode node in view.Nodes) Write(json, node);
        json.WriteEndArray();
        json.WriteStartArray("edges");
        foreach (ViewEdge edge in view.Edges) Write(json, edge);
        json.WriteEndArray();
        json.WriteStartArray("groups");
        foreach (ViewGroup group in view.Groups)
        {
            json.WriteStartObject();
            json.WriteNumber("id", group.Id);
            json.WriteString("name", group.Name);
            if (group.Outer is { } outer) json.WriteNumber("outer", outer);
            json.WriteBoolean("isOperation", group.IsOperation);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ViewNode node)
    {
        json.WriteStartObject();
        json.WriteNumber("id", node.Id);
        json.WriteString("kind", Names.Of(node.Kind));
        json.WriteString("name", node.Name);
        json.WriteBoolean("isNamed", node.IsNamed);
        json.WriteString("operation", node.Operation);
        json.WriteString("glyph", node.Glyph);
        json.WriteString("formula", node.Formula);
        json.WriteString("pattern", Names.Of(node.Pattern));
        Numbers(json, "shape", node.Shape);
        json.WriteString("dtype", Names.Of(node.DType));
        json.WriteNumber("uses", node.Uses);
        if (node.Group is { } group) json.WriteNumber("group", group);
        json.WriteBoolean("canOpen", node.CanOpen);
        Write(json, "value", node.Value);
        Write(json, "gradient", node.Gradient);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ViewEdge edge)
    {
        json.WriteStartObject();
        json.WriteNumber("from", edge.From);
        json.WriteNumber("to", edge.To);
        json.WriteNumber("input", edge.Input);
        Write(json, "value", edge.Value);
        if (edge.Local is { } local)
        {
            json.WriteStartObject("local");
            json.WriteString("kind", Names.Of(local.Kind));
            if (local.Text is not null) json.WriteString("text", local.Text);
            Write(json, "values", local.Values);
            json.WriteEndObject();
        }
        Write(json, "upstream", edge.Upstream);
        Write(json, "downstream", edge.Downstream);
        if (edge.Rule is not null) json.WriteString("rule", edge.Rule);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, TensorSummary? summary)
    {
        if (summary is null) return;
        json.WriteStartObject(name);
        Numbers(json, "shape", summary.Shape);
        json.WriteString("dtype", Names.Of(summary.DType));
        json.WritePropertyName("min");
        Write(json, summary.Min, summary.DType);
        json.WritePropertyName("max");
        Write(json, summary.Max, summary.DType);
        json.WritePropertyName("mean");
        Write(json, summary.Mean, DType.Float64);
        json.WritePropertyName("norm");
        Write(json, summary.Norm, DType.Float64);
        json.WriteNumber("nonFinite", summary.NonFinite);
        Numbers(json, "histogram", summary.Histogram);
        if (summary.IsWhole)
        {
            json.WriteStartArray("elements");
            foreach (double element in summary.Elements) Write(json, element, summary.DType);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>JSON has no number for infinity or not-a-number; they become texts. A float32 is written with its own few digits.</summary>
    private static void Write(Utf8JsonWriter json, double value, DType dtype)
    {
        if (!double.IsFinite(value)) json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        else if (dtype == DType.Float32) json.WriteNumberValue((float)value);
        else json.WriteNumberValue(value);
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    /// <summary>The words of the JSON form, one row each: fixed, whatever becomes of the C# names.</summary>
    internal static class Names
    {
        private static readonly ImmutableArray<string> Kinds = ["input", "parameter", "constant", "operation", "group"];
        private static readonly ImmutableArray<string> Patterns = ["none", "gradientDistributor", "swapMultiplier", "gradientRouter"];
        private static readonly ImmutableArray<string> Types = ["float32", "float64", "int32", "int64", "uint8", "bool"];
        private static readonly ImmutableArray<string> Locals = ["elementwise", "gradient", "jacobian"];

        public static string Of(ViewNodeKind kind) => Kinds[(int)kind];

        public static string Of(GatePattern pattern) => Patterns[(int)pattern];

        public static string Of(DType dtype) => Types[(int)dtype];

        public static string Of(LocalKind kind) => Locals[(int)kind];

        public static ViewNodeKind Kind(string name) => (ViewNodeKind)Place(Kinds, name);

        public static GatePattern Pattern(string name) => (GatePattern)Place(Patterns, name);

        public static DType Type(string name) => (DType)Place(Types, name);

        public static LocalKind Local(string name) => (LocalKind)Place(Locals, name);

        private static int Place(ImmutableArray<string> names, string name) => names.IndexOf(name) is >= 0 and int place
            ? place
            : throw new FormatException($"the graph has the word '{name}' where one of {string.Join(", ", names)} belongs");
    }
}
