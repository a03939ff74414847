using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Nabla.Views;

namespace Nabla;

/// <summary>Everything a page needs to show an evaluated formula: its graph, the steps of both passes in words, its inputs and its result.</summary>
/// <remarks>The JSON form is described in docs/studio.md under <c>POST /api/explore</c>.</remarks>
public sealed class ExploreAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly IReadOnlyDictionary<string, Tensor> inputs;

    private ExploreAnswer(IReadOnlyDictionary<string, Tensor> inputs, Explanation explanation)
    {
        this.inputs = inputs;
        Explanation = explanation;
    }

    /// <summary>The graph as it is shown: as evaluated, opened, folded, or with answers left out.</summary>
    public GraphView View => Explanation.View;

    /// <summary>The steps. Those of nodes whose value is left out are not written.</summary>
    public Explanation Explanation { get; }

    /// <summary>The answer for one way of looking at a result.</summary>
    /// <param name="result">What was evaluated.</param>
    /// <param name="view">A view of it: <see cref="ExpressionResult.View"/>, opened, folded, or <see cref="GraphView.AsQuestion"/>.</param>
    /// <param name="language">Of the steps.</param>
    public static ExploreAnswer Of(ExpressionResult result, GraphView view, Language language = Language.English)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new(result.Inputs, Explanation.Of(view, language));
    }

    /// <summary>The answer for a graph that no formula made: it lists no inputs.</summary>
    /// <param name="view">The graph.</param>
    /// <param name="language">Of the steps.</param>
    public static ExploreAnswer Of(GraphView view, Language language = Language.English) =>
        new(new Dictionary<string, Tensor>(), Explanation.Of(view, language));

    /// <summary>
    /// <c>{ graph, steps: { forward, backward }, inputs: [{ name, text, shape }], output: { node, name, text?, shape } }</c>; a step is
    /// <c>{ isForward, node, edges, title, lines }</c>. An input's text can be given back to <see cref="Expression.ParseValues"/>.
    /// </summary>
    public string ToJson()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options)) Write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WritePropertyName("graph");
        GraphViewWriter.Write(json, View);
        json.WriteStartObject("steps");
        Write(json, "forward", Explanation.Forward.Where(step => View.Node(step.Node).Value is not null));
        Write(json, "backward", Explanation.Backward);
        json.WriteEndObject();
        json.WriteStartArray("inputs");
        foreach ((string name, Tensor value) in inputs)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            TensorSummary whole = TensorSummary.Of(value) with { Elements = [.. value.ToDoubles()] };
            json.WriteString("text", Numbers.Nested(whole, element => element.ToString("R", CultureInfo.InvariantCulture)));
            Extents(json, value.Shape);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        ViewNode output = View.Node(View.Outputs[0]);
        json.WriteStartObject("output");
        json.WriteNumber("node", output.Id);
        json.WriteString("name", View.ResultName);
        if (output.Value is { } shown) json.WriteString("text", shown.ToString());
        Extents(json, output.Shape);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<ExplanationStep> steps)
    {
        json.WriteStartArray(name);
        foreach (ExplanationStep step in steps)
        {
            json.WriteStartObject();
            json.WriteBoolean("isForward", step.IsForward);
            json.WriteNumber("node", step.Node);
            json.WriteStartArray("edges");
            foreach (int edge in step.Edges) json.WriteNumberValue(edge);
            json.WriteEndArray();
            json.WriteString("title", step.Title);
            json.WriteStartArray("lines");
            foreach (string line in step.Lines) json.WriteStringValue(line);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Extents(Utf8JsonWriter json, Shape shape)
    {
        json.WriteStartArray("shape");
        foreach (int extent in shape) json.WriteNumberValue(extent);
        json.WriteEndArray();
    }
}
