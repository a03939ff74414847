using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Nabla.Views;

/// <summary>A page that shows a view step by step: one file, no server, nothing loaded from elsewhere.</summary>
internal static class HtmlPage
{
    // With more nodes than this only the modules are drawn, if there are any.
    private const int Most = 400;

    public static string Write(GraphView view, Language language)
    {
        List<(Saying Name, string Word, GraphView View)> levels = Levels(view);
        string pictures = string.Concat(levels.Select(level => SvgWriter.Write(level.View, language)));
        return Part("page.html")
            .Replace("{{language}}", Tag(language))
            .Replace("{{title}}", SvgWriter.Escaped(view.Title))
            .Replace("{{style}}", Part("page.css"))
            .Replace("{{script}}", Part("page.js"))
            // The caller's own texts come last, so that nothing in them is taken for a place to fill.
            .Replace("{{pictures}}", pictures)
            .Replace("{{data}}", Data(view, levels, language));
    }

    /// <summary>The first look is at modules, if there are any, then at operations, then at their gates.</summary>
    private static List<(Saying Name, string Word, GraphView View)> Levels(GraphView view)
    {
        List<(Saying, string, GraphView)> levels = [];
        GraphView modules = view.At(GraphDetail.Modules);
        bool hasModules = modules.Nodes.Length < view.Nodes.Length;
        if (hasModules) levels.Add((Words.Modules, "modules", modules));
        if (!hasModules || view.Nodes.Length <= Most) levels.Add((Words.Operations, "operations", view));
        if (view.Nodes.Length > Most) return levels;
        GraphView gates = view.At(GraphDetail.Gates);
        if (gates.Nodes.Length > view.Nodes.Length && gates.Nodes.Length <= Most) levels.Add((Words.GatesWord, "gates", gates));
        return levels;
    }

    private static string Data(GraphView view, List<(Saying Name, string Word, GraphView View)> levels, Language language)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }))
        {
            json.WriteStartObject();
            json.WriteString("title", view.Title);
            json.WriteString("language", Tag(language));
            json.WriteStartArray("levels");
            foreach ((_, string word, GraphView shown) in levels) Level(json, word, shown);
            json.WriteEndArray();
            json.WriteStartObject("words");
            foreach ((string key, Saying saying) in PageWords) Write(json, key, saying);
            json.WriteEndObject();
            json.WriteStartObject("patterns");
            foreach (GatePattern pattern in Enum.GetValues<GatePattern>())
            {
                if (Words.Of(pattern) is not { } words) continue;
                json.WriteStartObject(GraphViewWriter.Names.Of(pattern));
                Write(json, "name", words.Name);
                Write(json, "means", words.Means);
                json.WriteEndObject();
            }
            json.WriteEndObject();
            Write(json, "adder", Words.AdderMeans);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Level(Utf8JsonWriter json, string word, GraphView view)
    {
        Explanation english = Explanation.Of(view, Language.English), korean = Explanation.Of(view, Language.Korean);
        json.WriteStartObject();
        json.WriteString("name", word);
        json.WritePropertyName("graph");
        GraphViewWriter.Write(json, view);
        json.WriteStartArray("steps");
        IEnumerable<ExplanationStep> first = english.Forward.Concat(english.Backward), second = korean.Forward.Concat(korean.Backward);
        foreach ((ExplanationStep step, ExplanationStep inKorean) in first.Zip(second))
        {
            json.WriteStartObject();
            json.WriteBoolean("forward", step.IsForward);
            json.WriteNumber("node", step.Node);
            json.WriteStartArray("edges");
            foreach (int edge in step.Edges) json.WriteNumberValue(edge);
            json.WriteEndArray();
            json.WriteString("en", step.ToString());
            json.WriteString("ko", inKorean.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("story");
        json.WriteString("en", english.ToString());
        json.WriteString("ko", korean.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Saying saying)
    {
        json.WriteStartObject(name);
        json.WriteString("en", saying.English);
        json.WriteString("ko", saying.Korean);
        json.WriteEndObject();
    }

    // What the page's script asks for by name.
    private static readonly (string Key, Saying Saying)[] PageWords =
    [
        ("nodes", Words.Nodes), ("graphOf", Words.GraphOf), ("forwardPass", Words.ForwardPass), ("backwardPass", Words.BackwardPass),
        ("value", Words.Value), ("gradient", Words.Gradient), ("local", Words.Local), ("upstream", Words.Upstream), ("downstream", Words.Downstream),
        ("shape", Words.Shape), ("histogram", Words.Histogram), ("copy", Words.Copy), ("adder", Words.Adder), ("jacobian", Words.Jacobian),
        ("input", Words.Input), ("parameter", Words.Parameter), ("constant", Words.Constant), ("operation", Words.Operation), ("group", Words.Group),
        ("rewind", Words.Rewind), ("stepBack", Words.StepBack), ("stepOn", Words.StepOn), ("toTheEnd", Words.ToTheEnd),
        ("play", Words.Play), ("pause", Words.Pause),
        ("detail", Words.Detail), ("modules", Words.Modules), ("operations", Words.Operations), ("gates", Words.GatesWord),
        ("zoomIn", Words.ZoomIn), ("zoomOut", Words.ZoomOut), ("zoomFit", Words.ZoomFit), ("saveSvg", Words.SaveSvg), ("savePng", Words.SavePng),
        ("theme", Words.Theme), ("start", Words.Start), ("allSteps", Words.AllSteps), ("pickNode", Words.PickNode), ("keys", Words.Keys),
        ("moreElements", Words.MoreElements), ("notFinite", Words.NotFinite),
    ];

    private static string Tag(Language language) => language == Language.Korean ? "ko" : "en";

    private static string Part(string name)
    {
        using Stream stream = typeof(HtmlPage).Assembly.GetManifestResourceStream($"Nabla.Views.Page.{name}")
            ?? throw new InvalidOperationException($"the assembly lacks its page part {name}");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
