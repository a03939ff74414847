using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Nabla.Tests.Views;

public class ExportTests
{
    // Names that would break out of every one of the languages written here, if they could.
    private const string Awkward = "</script><b>\"'&`#{}|]\\\n한글 {{data}}";

    [Fact]
    public void ThePictureIsWellFormedAndHasEveryNodeAndEdge()
    {
        foreach (GraphView view in Views())
        {
            XElement svg = XDocument.Parse(view.ToSvg()).Root!;
            Assert.Equal("svg", svg.Name.LocalName);
            XElement[] marked = [.. svg.Descendants()];
            IEnumerable<string> drawn = marked.Attributes("data-node").Select(attribute => attribute.Value);
            Assert.Equal(view.Nodes.Select(node => $"{node.Id}").Order(), drawn.Order());
            Assert.Equal(view.Edges.Length, marked.Attributes("data-edge").Count());
        }
    }

    [Fact]
    public void ThePageNeedsNothingElse()
    {
        foreach (GraphView view in Views())
        {
            string page = view.ToHtml(Language.Korean);
            Assert.StartsWith("<!doctype html>", page);
            Assert.DoesNotMatch(new Regex("(src|href)\\s*=\\s*[\"']", RegexOptions.IgnoreCase), page);
            Assert.DoesNotContain("url(", page);
            Assert.DoesNotContain("@import", page);
            Assert.Contains("default-src 'none'", page);
            Assert.Equal(2, Regex.Count(page, "</script>"));
            string data = Regex.Match(page, "<script id=\"data\" type=\"application/json\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
            using JsonDocument json = JsonDocument.Parse(data);
            foreach (JsonElement level in json.RootElement.GetProperty("levels").EnumerateArray())
            {
                int nodes = level.GetProperty("graph").GetProperty("nodes").GetArrayLength();
                Assert.InRange(level.GetProperty("steps").GetArrayLength(), 1, (3 * nodes) + 1);
            }
            Assert.Equal(json.RootElement.GetProperty("levels").GetArrayLength(), Regex.Count(page, "<svg class=\"nabla\""));
        }
    }

    [Fact]
    public void EveryWordThatThePageAsksForIsThere()
    {
        string page = GraphView.Of(((Tensor)2).Square()).ToHtml();
        using JsonDocument json = JsonDocument.Parse(
            Regex.Match(page, "type=\"application/json\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value);
        JsonElement words = json.RootElement.GetProperty("words");
        string script = page[page.LastIndexOf("<script>", StringComparison.Ordinal)..];
        string[] asked = [.. Regex.Matches(script, "say\\(\"(\\w+)\"").Select(match => match.Groups[1].Value).Distinct()];
        Assert.True(asked.Length > 10);
        foreach (string word in asked)
        {
            Assert.NotEqual("", words.GetProperty(word).GetProperty("en").GetString());
            Assert.NotEqual("", words.GetProperty(word).GetProperty("ko").GetString());
        }
    }

    [Fact]
    public void GraphvizTextNamesEveryNodeAndEdgeAndBalances()
    {
        foreach (GraphView view in Views())
        {
            string dot = view.ToDot();
            Assert.StartsWith("digraph \"", dot);
            Assert.All(view.Nodes, node => Assert.Contains($"n{node.Id} [label=", dot));
            Assert.All(view.Edges, edge => Assert.Contains($"n{edge.From} -> n{edge.To}", dot));
            string bare = Regex.Replace(dot, "\"(\\\\.|[^\"\\\\])*\"", "");
            Assert.DoesNotContain("\"", bare);
            Assert.Equal(bare.Count(letter => letter == '{'), bare.Count(letter => letter == '}'));
        }
    }

    [Fact]
    public void MermaidTextNamesEveryNodeAndEdgeAndQuotesEveryLabel()
    {
        foreach (GraphView view in Views())
        {
            string[] lines = view.ToMermaid().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal("flowchart LR", lines[0]);
            foreach (ViewNode node in view.Nodes)
                Assert.Contains(lines, line => Regex.IsMatch(line, $"^\\s*n{node.Id}[\\[\\(]+\"[^\"]*\"[\\]\\)]+$"));
            foreach (ViewEdge edge in view.Edges)
                Assert.Contains(lines, line => Regex.IsMatch(line, $"^\\s*n{edge.From} -->(\\|\"[^\"]*\"\\|)? n{edge.To}$"));
            Assert.Equal(lines.Count(line => line.TrimStart().StartsWith("subgraph ")), lines.Count(line => line.Trim() == "end"));
        }
    }

    [Fact]
    public void AFileIsWrittenAsItsNameEnds()
    {
        string folder = Directory.CreateTempSubdirectory("nabla-views").FullName;
        try
        {
            Tensor x = 3;
            Tensor f = x.Square().Named("f");
            foreach ((string ending, string begins) in new[]
            {
                (".html", "<!doctype html>"), (".json", "{\"schema\":\"nabla.graph\",\"version\":1,"), (".dot", "digraph"), (".mmd", "flowchart"),
                (".svg", "<svg"),
            })
            {
                string path = Path.Combine(folder, "graph" + ending);
                f.SaveGraph(path);
                Assert.StartsWith(begins, File.ReadAllText(path));
            }
            ArgumentException refused = Assert.Throws<ArgumentException>(() => f.SaveGraph(Path.Combine(folder, "graph.bmp")));
            Assert.Contains(".html, .json, .dot, .mmd or .svg", refused.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<GraphView> Views()
    {
        (GraphView network, _, _) = GraphViewTests.Network();
        yield return network;
        yield return network.At(GraphDetail.Modules);
        yield return network.At(GraphDetail.Gates);
        yield return AwkwardlyNamed();
    }

    private static GraphView AwkwardlyNamed()
    {
        Tensor x = Tensor.From(1.0, 2).Named(Awkward);
        using (Graph.Group(Awkward)) return GraphView.Of((x * x).Sigmoid().Sum().Named(Awkward + "2")).Titled(Awkward);
    }
}
