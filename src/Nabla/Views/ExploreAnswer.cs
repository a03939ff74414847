using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Nabla.Views;

/// <summary>A graph with its steps told and its inputs listed: what a page needs to show it; docs/studio.md, "Explore".</summary>
internal static class ExploreAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The answer as JSON.</summary>
    public static string Of(GraphView view, IReadOnlyDictionary<string, Tensor> inputs, Language language)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options)) Write(json, view, inputs, language);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the answer as one JSON object.</summary>
    public static void Write(Utf8JsonWriter json, GraphView view, IReadOnlyDictionary<string, Tensor> inputs, Language language)
    {
        Explanation told = Explanation.Of(view, language);
        json.WriteStartObject();
        json.WritePropertyName("graph");
        GraphViewWriter.Write(json, view);
        json.WriteStartObject("steps");
        Write(json, "forward", told.Forward);
        Write(json, "backward", told.Backward);
        json.WriteEndObject();
        json.WriteStartArray("inputs");
        foreach ((string name, Tensor value) in inputs)
        {
            TensorSummary summary = TensorSummary.Of(value);
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("text", summary.IsWhole ? Numbers.Nested(summary, number => Numbers.Text(number, digits: 15)) : summary.ToString());
            json.WriteStartArray("shape");
            foreach (int extent in summary.Shape) json.WriteNumberValue(extent);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("output");
        json.WriteString("name", view.ResultName);
        json.WriteString("text", view.Outputs.IsEmpty ? "" : view.Node(view.Outputs[0]).Value?.ToString() ?? "");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<ExplanationStep> steps)
    {
        json.WriteStartArray(name);
        foreach (ExplanationStep step in steps)
        {
            json.WriteStartObject();
            json.WriteNumber("node", step.Node);
            json.WriteStartArray("edges");
            foreach (int edge in step.Edges) json.WriteNumberValue(edge);
            json.WriteEndArray();
            json.WriteString("title", step.Title);
            json.WriteStartArray("lines");
            foreach (string line in step.Lines) json.WriteStringValue(line);
            json.WriteEndArray();
            json.WriteBoolean("isForward", step.IsForward);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
