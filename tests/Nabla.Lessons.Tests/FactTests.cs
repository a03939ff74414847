using System.Globalization;
using System.Text.Json;

namespace Nabla.Lessons.Tests;

/// <summary>The numbers that the lessons are about, written down by hand, on their graphs and in their tables, and in the JSON of both.</summary>
public class FactTests
{
    // What the facts round, they round to six digits.
    private const double Tolerance = 2e-6;

    // The lesson, which of its graphs, then for each node its value and its gradient, elements between commas, - where nothing is said.
    public static TheoryData<string, int, string> Graphs => new()
    {
        { "A1", 0, "p -3,1,3 -; r 2,0,-1 -; s 4,0,1 -; L 5 1; a 2 10; b 1 -2" },
        { "A2", 0, "y 2 0.5; z 0.693147 1; x 4 0.166667" },
        { "A3", 0, "z -6 -12; L 36 1; x 3 24; y -2 -36" },
        { "A4", 0, "u 5 10; f 25 1; x 3 10; y 2 10" },
        { "A4", 1, "u 5 10; f 25 1; x 3 10; y 2 10" },
        { "B1", 0, "x -2 -4; y 5 -4; z -4 3; q 3 -4; f -12 1" },
        { "B2", 0, "x -1.6 -; y 5.4 -; z -4.3 -; f -16.34 1" },
        { "B3", 0, "price 100 2.2; count 2 110; tax 1.1 200; apples 200 1.1; total 220 1" },
        { "B4", 0, "apple - 2.2; apples - 110; orange - 3.3; oranges - 165; tax - 650; a 200 1.1; o 450 1.1; fruit 650 1.1; total 715 1" },
        { "C1", 0, "q -4 5; x 3 5; y -7 5" },
        { "C2", 0, "q -21 2; x 3 -14; y -7 6" },
        { "C3", 0, "q 5 9; x 4 0; y 5 9" },
        { "C4", 0, "x 3 7; L 21 1" },
        { "C4", 1, "f 4 7.389056; g 7.389056 4; x 2 59.112449" },
        { "C5", 0, "y 0.25 8; x 4 -0.5" },
        { "C6", 0, "f 2.718282 1; x 1 2.718282" },
        { "C6", 1, "f 1.386294 1; x 4 0.25" },
        { "C6", 2, "f -4 1; x 4 -1" },
        { "D1", 0, "y 3 -2; x 3 -2" },
        { "D2", 0, "m -1 -0.196612; e 0.367879 -0.534447; d 1.367879 -0.534447; y 0.731059 1; x 1 0.196612" },
        { "D2", 1, "y 0.731059 1; x 1 0.196612" },
        { "D3", 0, "s 1 0.196612; f 0.731059 1; w0 2 -0.196612; x0 -1 0.393224; w1 -3 -0.393224; x1 -2 -0.589836; w2 -3 0.196612" },
        { "D3", 1, "s 1 0.196612; f 0.731059 1; w0 2 -0.196612; x0 -1 0.393224; w1 -3 -0.393224; x1 -2 -0.589836; w2 -3 0.196612" },
        { "D4", 0, "Y 1,2,3,11,12,13 1,2,3,4,5,6; B 1,2,3 5,7,9; P - 1,2,3,4,5,6" },
        { "D4", 1, "Y 6,1,12,-1 1,0,2,-1; X - 1,2,3,4; W - 7,-3,10,-4; B - 3,-1" },
        { "D6", 0, "q 0.22,0.26 0.44,0.52; f 0.116 1; W - 0.088,0.176,0.104,0.208; x - -0.112,0.636" },
        { "D7", 0, "h1 1,0.5 -; z1 0.731059,0.622459 -; z2 -0.01386 -2.02772; W2 - -1.482382,-1.262173" },
        { "E2", 0, "o - 1.5,0.5; h - 3.5,6.5; x - 17,52.5" },
        { "E3", 0, "s 2.8 -; o 0.942676 -; e 1.5 3; w11 2 -0.064846; w21 4 -0.081057" },
        { "F4", 0, "y 5 -4; f -12 1" },
    };

    [Theory]
    [MemberData(nameof(Graphs))]
    public void TheNumbersStandOnTheGraph(string id, int which, string facts)
    {
        Lesson lesson = LessonCatalog.Find(id);
        Check(lesson.Sections.OfType<GraphSection>().ElementAt(which).View(), facts);

        JsonElement section = Sections(lesson, "graph")[which];
        Check(GraphView.FromJson(section.GetProperty("explore").GetProperty("graph").GetRawText()), facts);
        Assert.NotEqual(0, section.GetProperty("explore").GetProperty("steps").GetProperty("backward").GetArrayLength());
    }

    // The lesson, which of its tables, and rows that it has; what does not matter is left out as …
    public static TheoryData<string, int, string> Tables => new()
    {
        { "A1", 0, "-2 | -1 | -3 | 2 | 4 | 8 | -4" },
        { "A1", 0, "0 | 1 | 1 | 0 | 0 | 0 | 0" },
        { "A1", 0, "1 | 2 | 3 | -1 | 1 | 2 | 2" },
        { "A1", 0, " | … | … | sum | 5 | 10 | -2" },
        { "A1", 1, "0 | 2 | 1 | [-3, 1, 3] | 5" },
        { "A1", 1, "1 | 1 | 1.2 | [-0.8, 1.2, 2.2] | 0.12" },
        { "A1", 1, "60 | 1 | 1 | [-1, 1, 2] | 0" },
        { "A2", 0, "4 | 2 | 0.333333 | 0.5 | 0.166667 | 0.166667" },
        { "A3", 0, "x | -2 | -12 | 24" },
        { "A5", 0, "… | 3 | 1 | gradient | [1, -2, 3] | [2, -4, 6]" },
        { "A5", 1, "an output a row: Jacobian.Of | [2, 3] | [[3, 2, 0], [0, 1, 1]]" },
        { "A5", 1, "an input a row: as taught | [3, 2] | [[3, 0], [2, 1], [0, 1]]" },
        { "B2", 0, "0 | -2 | 5 | -4 | -12" },
        { "B2", 0, "1 | -1.6 | 5.4 | -4.3 | -16.34" },
        { "B3", 0, "price | 100 | 2.2 | 222.2" },
        { "B3", 0, "count | 2 | 110 | 330" },
        { "B3", 0, "tax | 1.1 | 200 | 420" },
        { "B5", 0, "f = x + y | 1 | nothing" },
        { "B5", 0, "f = x · y | y, x | its inputs" },
        { "B5", 0, "f = exp(x) | f | its output" },
        { "C2", 0, "1000 | 0.5 | 1000 | 0.5" },
        { "C3", 0, "4 | 5 | 5 | 0 | 9" },
        { "C3", 0, "5 | 5 | 5 | 4.5 | 4.5" },
        { "C4", 0, "x → f → L | 7.38906 | 4 | 29.5562" },
        { "C4", 0, "x → g → L | 4 | 7.38906 | 29.5562" },
        { "C5", 0, "4 | 0.25 | -0.0625 | -0.0625" },
        { "C6", 0, "log | 0.1 | -2.30259 | 10" },
        { "D1", 0, "0 | 0 | 0" },
        { "D1", 0, "0.5 | 0.5 | 1" },
        { "D2", 0, "1 | 0.731059 | 0.196612 | 0.196612 | 0.196612" },
        { "D3", 0, "1 | ∂f/∂s | 0.196612 | 0.196612" },
        { "D3", 0, "-1 | ∂f/∂x0 | 0.393224 | 0.393224" },
        { "D4", 0, "∂B | column sums of dY | [3, -1] | [3, -1]" },
        { "D5", 0, "sigmoid | 0.00665 | 0.25 | 0.00665 | 0.25 | …" },
        { "D5", 0, "ReLU | 0 | 0 | 1 | 1 | …" },
        { "D5", 0, "leaky ReLU | 0.1 | 0.1 | 1 | 1 | 0 %" },
        { "D6", 0, "∇q | 2q | [0.44, 0.52] | [0.44, 0.52]" },
        { "D6", 0, "∇W | 2q·xᵀ | [[0.088, 0.176], [0.104, 0.208]] | [[0.088, 0.176], [0.104, 0.208]]" },
        { "D6", 0, "∇x | 2Wᵀ·q | [-0.112, 0.636] | [-0.112, 0.636]" },
        { "E1", 0, "hidden 1 | 0.6 | 0.1 | 0.7" },
        { "E1", 0, "hidden 2 | 0.9 | 0.4 | 1.3" },
        { "E1", 0, "input 1 | 0.42 | 0.1625 | 0.5825" },
        { "E1", 0, "input 2 | 0.28 | 1.1375 | 1.4175" },
        { "E2", 0, "true gradient | [3.5, 6.5] | [17, 52.5] | 0.3238" },
        { "E2", 0, "Wᵀ · e | [3.5, 6.5] | [17, 52.5] | 0.3238" },
        { "E3", 0, "2.8 | 0.942676 | 0.054038 | 1.5" },
        { "E3", 1, "w11 | -0.032423 | -0.064846 | 2.00324 | 2.00324" },
        { "F2", 0, "16 | 7 | 6 × 16 + 1 × 4" },
        { "F2", 0, "100 | 1 | 1 × 100" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void TheNumbersStandInTheTable(string id, int which, string row)
    {
        Lesson lesson = LessonCatalog.Find(id);
        string[] expected = row.Split(" | ").Select(cell => cell.Trim()).ToArray();
        TableSection table = lesson.Sections.OfType<TableSection>().ElementAt(which);
        Assert.Contains(table.Rows, cells => Fits([.. cells.Select(cell => cell.English)]));
        Assert.Contains(
            Sections(lesson, "table")[which].GetProperty("rows").EnumerateArray(),
            cells => Fits([.. cells.EnumerateArray().Select(cell => cell.GetString()!)]));

        bool Fits(string[] cells) => cells.Length == expected.Length && cells.Zip(expected).All(pair => pair.Second == "…" || pair.First == pair.Second);
    }

    [Fact]
    public void TheLocalGradientsOfB1()
    {
        GraphView view = LessonCatalog.Find("B1").Sections.OfType<GraphSection>().First().View();
        foreach ((string from, string to, double local) in new[] { ("q", "f", -4.0), ("z", "f", 3), ("x", "q", 1), ("y", "q", 1) })
        {
            ViewEdge edge = view.Edges.Single(edge => edge.From == view.Node(from).Id && edge.To == view.Node(to).Id);
            Assert.Equal(local, Assert.Single(edge.Local!.Values.Elements));
        }
    }

    [Fact]
    public void D2AndD3AreShownAsGatesAndAsOneNode()
    {
        GraphView[] sigmoid = [.. LessonCatalog.Find("D2").Sections.OfType<GraphSection>().Select(section => section.View())];
        Assert.Equal(["Negate", "Exp", "Shift", "Reciprocal"], Operations(sigmoid[0]));
        Assert.Equal(["Sigmoid"], Operations(sigmoid[1]));
        GraphView[] neuron = [.. LessonCatalog.Find("D3").Sections.OfType<GraphSection>().Select(section => section.View())];
        Assert.Contains("Sigmoid", Operations(neuron[0]));
        Assert.Equal(["Negate", "Exp", "Shift", "Reciprocal"], Operations(neuron[1])[^4..]);

        static string[] Operations(GraphView view) =>
            [.. view.Nodes.Where(node => node.Kind == ViewNodeKind.Operation).Select(node => node.Operation)];
    }

    [Fact]
    public void D5HoldsEveryActivationWithItsDerivative()
    {
        Lesson lesson = LessonCatalog.Find("D5");
        JsonElement plot = Assert.Single(Sections(lesson, "plot"));
        double[] x = Doubles(plot.GetProperty("x"));
        Dictionary<string, (Func<double, double> Value, Func<double, double> Slope)> known = new()
        {
            ["sigmoid"] = (a => 1 / (1 + Math.Exp(-a)), a => Math.Exp(-a) / Math.Pow(1 + Math.Exp(-a), 2)),
            ["tanh"] = (Math.Tanh, a => 1 - Math.Pow(Math.Tanh(a), 2)),
            ["ReLU"] = (a => Math.Max(a, 0), a => a > 0 ? 1 : 0),
            ["leaky ReLU"] = (a => Math.Max(a, 0.1 * a), a => a > 0 ? 1 : 0.1),
            ["ELU"] = (a => a > 0 ? a : Math.Exp(a) - 1, a => a > 0 ? 1 : Math.Exp(a)),
            ["softplus"] = (a => Math.Log(1 + Math.Exp(a)), a => 1 / (1 + Math.Exp(-a))),
            ["SiLU"] = (a => a / (1 + Math.Exp(-a)), a => (1 + Math.Exp(-a) + (a * Math.Exp(-a))) / Math.Pow(1 + Math.Exp(-a), 2)),
            ["maxout"] = (a => Math.Max(-a - 1, a / 2), a => -a - 1 > a / 2 ? -1 : 0.5),
        };
        List<string> names = [];
        foreach (JsonElement curve in plot.GetProperty("curves").EnumerateArray())
        {
            string name = curve.GetProperty("name").GetString()!;
            names.Add(name);
            double[] values = Doubles(curve.GetProperty("values")), slopes = Doubles(curve.GetProperty("derivative"));
            Assert.Equal(x.Length, values.Length);
            Assert.Equal(x.Length, slopes.Length);
            for (int i = 1; i < x.Length - 1; i++)
            {
                if (known.TryGetValue(name, out (Func<double, double> Value, Func<double, double> Slope) formula))
                {
                    Assert.Equal(formula.Value(x[i]), values[i], 1e-9);
                    Assert.Equal(formula.Slope(x[i]), slopes[i], 1e-9);
                }
                else
                {
                    // GELU is smooth: its slope is that of the chord between its neighbours, nearly.
                    Assert.Equal((values[i + 1] - values[i - 1]) / (x[i + 1] - x[i - 1]), slopes[i], 5e-3);
                }
            }
        }
        Assert.Equal([.. known.Keys, "GELU"], names.OrderBy(name => name == "GELU" ? known.Count : known.Keys.ToList().IndexOf(name)));
    }

    [Fact]
    public void F1TrainsAndTheLossFalls()
    {
        TableSection table = LessonCatalog.Find("F1").Sections.OfType<TableSection>().Single();
        double[] losses = [.. table.Rows.Select(row => double.Parse(row[1].English, CultureInfo.InvariantCulture))];
        Assert.Equal(5, losses.Length);
        Assert.Equal(losses.OrderDescending(), losses);
        // A guess costs ln 10.
        Assert.True(losses[^1] < Math.Log(10));
    }

    [Fact]
    public void F3FindsEveryGradientRight()
    {
        TableSection[] tables = [.. LessonCatalog.Find("F3").Sections.OfType<TableSection>()];
        Assert.Equal(5, tables[0].Rows.Count);
        Assert.Equal(8, tables[1].Rows.Count);
        foreach (IReadOnlyList<BilingualText> row in tables.SelectMany(table => table.Rows))
            Assert.InRange(double.Parse(row[^1].English, CultureInfo.InvariantCulture), 0, 1e-7);
        Assert.All(tables[1].Rows, row => Assert.True(int.Parse(row[1].English, CultureInfo.InvariantCulture) > 20));
    }

    [Fact]
    public void F4AsksItsFourQuestions() => Assert.Equal(
        ["-4", "Learning", "Local gradient × upstream (global) gradient", "`loss.backward()`"],
        LessonCatalog.Find("F4").Quizzes.Select(quiz => quiz.Choices[quiz.Right].English));

    private static void Check(GraphView view, string facts)
    {
        foreach (string fact in facts.Split("; "))
        {
            string[] parts = fact.Split(' ');
            ViewNode node = view.Node(parts[0]);
            Near(parts[1], node.Value!);
            Near(parts[2], node.Gradient!);
        }

        static void Near(string expected, TensorSummary actual)
        {
            if (expected == "-") return;
            double[] numbers = [.. expected.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            Assert.Equal(numbers, actual.Elements, (one, other) => Math.Abs(one - other) < Tolerance * Math.Max(1, Math.Abs(one)));
        }
    }

    private static JsonElement[] Sections(Lesson lesson, string kind) =>
    [
        .. JsonDocument.Parse(lesson.ToJson(Language.English)).RootElement.GetProperty("sections").EnumerateArray()
            .Where(section => section.GetProperty("kind").GetString() == kind),
    ];

    private static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];
}
