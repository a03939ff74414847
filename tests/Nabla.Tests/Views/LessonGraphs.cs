namespace Nabla.Tests.Views;

/// <summary>The lessons' formulas, from the text that a learner types to the numbers on nodes and edges.</summary>
public class LessonGraphs
{
    private const double Tolerance = 1e-6;

    // Id, program, the result, and the gradient of each value named.
    public static TheoryData<string, string, double, string> Lessons => new()
    {
        { "A1", "a = 2; b = 1; x = [-2, 0, 1]; y = [-1, 1, 2]; L = sum((y - (a*x + b))^2)", 5, "a 10, b -2" },
        { "A2", "x = 1; y = x/3 + 2/3; z = log(y)", 0, "x 0.3333333333, y 1" },
        { "A4", "x = 3; y = -1; u = x + y; f = u^2", 4, "x 4, y 4, u 4" },
        { "B1", "x = -2; y = 5; z = -4; q = x + y; f = q * z", -12, "x -4, y -4, z 3, q -4" },
        { "B2", "x = -1.6; y = 5.4; z = -4.3; f = (x + y) * z", -16.34, "x -4.3, y -4.3, z 3.8" },
        { "B3", "price = 100; count = 2; tax = 1.1; apples = price * count; f = apples * tax", 220, "apples 1.1, price 2.2, count 110, tax 200" },
        {
            "B4",
            "apple = 100; apples = 2; orange = 150; oranges = 3; tax = 1.1; a = apple * apples; o = orange * oranges; s = a + o; f = s * tax",
            715,
            "apple 2.2, apples 110, orange 3.3, oranges 165, tax 650, s 1.1, a 1.1, o 1.1"
        },
        { "C1", "x = 3; y = -7; f = x + y", -4, "x 1, y 1" },
        { "C2", "x = 3; y = -7; f = x * y", -21, "x -7, y 3" },
        { "C3", "x = 3; y = -7; f = max(x, y)", 3, "x 1, y 0" },
        { "C4", "x = 3; f = x * 2 + x * 5", 21, "x 7" },
        { "C4 in general", "x = 2; f = x^2 * exp(x)", 4 * 7.38905609893065, "x 59.1124487914452" },
        { "C5", "x = 4; f = 1 / x", 0.25, "x -0.0625" },
        { "C6 exp", "x = 1; f = exp(x)", Math.E, "x 2.718281828459045" },
        { "C6 log", "x = 4; f = log(x)", 1.3862943611198906, "x 0.25" },
        { "C6 minus", "x = 4; f = -x", -4, "x -1" },
        { "D1", "x = 3; f = relu(x)", 3, "x 1" },
        { "D1 at 0", "x = 0; f = relu(x)", 0, "x 0" },
        { "D2", "x = 1; f = 1 / (1 + exp(-x))", 0.7310585786300049, "x 0.19661193324148185" },
        {
            "D3",
            "w0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3; s = w0*x0 + w1*x1 + w2; f = sigmoid(s)",
            0.731058578630005,
            "s 0.196611933, w0 -0.196611933, x0 0.393223866, w1 -0.393223866, x1 -0.589835800, w2 0.196611933"
        },
    };

    [Theory]
    [MemberData(nameof(Lessons))]
    public void TheNumbersAreThoseOfTheLesson(string id, string program, double result, string gradients)
    {
        GraphView view = Expression.Parse(program).Evaluate().View();
        Assert.True(Math.Abs(result - Only(view.Node(view.Outputs[0]).Value)) < Tolerance, id);
        foreach (string pair in gradients.Split(", "))
        {
            string[] parts = pair.Split(' ');
            double expected = double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(expected, Only(view.Node(parts[0]).Gradient), Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void OnEveryEdgeDownstreamIsLocalTimesUpstreamAndTheSharesAddUp(string id, string program, double result, string gradients)
    {
        Assert.NotEqual(double.NaN, result + gradients.Length);
        GraphView operations = Expression.Parse(program).Evaluate().View();
        foreach (GraphView view in new[] { operations, operations.At(GraphDetail.Gates) })
        {
            foreach (ViewEdge edge in view.Edges)
            {
                if (edge.Downstream is not { } downstream || edge.Local is not { Kind: not LocalKind.Jacobian } local) continue;
                double[] product = [.. local.Values.Elements.Zip(Spread(edge.Upstream!, local.Values.Shape.Count), (one, other) => one * other)];
                double expected = downstream.Shape.Count == 1 ? product.Sum() : double.NaN;
                for (int i = 0; i < downstream.Shape.Count; i++)
                    Assert.True(Math.Abs((double.IsNaN(expected) ? product[i] : expected) - downstream.Elements[i]) < 1e-12,
                        $"{id}: {edge.From} to {edge.To}");
            }
            foreach (ViewNode node in view.Nodes)
            {
                ViewEdge[] shares = [.. view.OutOf(node.Id).Where(edge => edge.Downstream is not null)];
                if (shares.Length == 0) continue;
                for (int i = 0; i < node.Shape.Count; i++)
                    Assert.Equal(node.Gradient!.Elements[i], shares.Sum(share => share.Downstream!.Elements[i]), 1e-12);
            }
        }
    }

    [Fact]
    public void TheNeuronOpensIntoItsGatesWithTheSameGradients()
    {
        GraphView folded = Expression.Parse("w0=2; x0=-1; w1=-3; x1=-2; w2=-3; f = sigmoid(w0*x0 + w1*x1 + w2)").Evaluate().View();
        Assert.True(folded.Node("f").CanOpen);
        GraphView open = folded.Open(folded.Node("f").Id);
        Assert.Equal(["Negate", "Exp", "Shift", "Reciprocal"], open.Nodes.Where(node => node.Group is not null).Select(node => node.Operation));
        Assert.Equal(["×(−1)", "exp", "+1", "1/x"], open.Nodes.Where(node => node.Group is not null).Select(node => node.Glyph));
        foreach (string leaf in new[] { "w0", "x0", "w1", "x1", "w2" })
            Assert.Equal(Only(folded.Node(leaf).Gradient), Only(open.Node(leaf).Gradient), 1e-12);
        double[] back = [.. open.Nodes.Where(node => node.Group is not null).Reverse().Select(node => Only(node.Gradient))];
        double y = 1 / (1 + Math.Exp(-1));
        Assert.Equal([1, -y * y, -y * y, -y * y * Math.Exp(-1)], back, (one, other) => Math.Abs(one - other) < 1e-12);
    }

    [Fact]
    public void TheVectorizedExample()
    {
        GraphView view = Expression.Parse("W = [[0.1, 0.5], [-0.3, 0.8]]; x = [0.2, 0.4]; q = W @ x; f = sum(q^2)").Evaluate().View();
        AssertClose([0.22, 0.26], view.Node("q").Value);
        AssertClose([0.116], view.Node("f").Value);
        AssertClose([0.44, 0.52], view.Node("q").Gradient);
        AssertClose([0.088, 0.176, 0.104, 0.208], view.Node("W").Gradient);
        AssertClose([-0.112, 0.636], view.Node("x").Gradient);
        Assert.Equal([2, 2], view.Node("W").Gradient!.Shape);
        // The reshapes between vector and matrix are no nodes of their own.
        Assert.DoesNotContain(view.Nodes, node => node.Operation == "Reshape");
        // As taught, ∂qₘ/∂xₙ stands in row n and column m: Wᵀ.
        LocalGradient local = view.Into(view.Node("q").Id).Single(edge => edge.From == view.Node("x").Id).Local!;
        Assert.Equal(LocalKind.Jacobian, local.Kind);
        AssertClose([0.1, -0.3, 0.5, 0.8], local.Values);
        Assert.Equal("Wᵀ @ ∂f/∂q", view.Into(view.Node("q").Id).Single(edge => edge.From == view.Node("x").Id).Rule);
    }

    [Fact]
    public void GatePatternsAreTheLessons()
    {
        GraphView view = Expression.Parse("x=1; y=2; z=3; a = x + y; m = a * z; f = max(m, x)").Evaluate().View();
        Assert.Equal(GatePattern.GradientDistributor, view.Node("a").Pattern);
        Assert.Equal(GatePattern.SwapMultiplier, view.Node("m").Pattern);
        Assert.Equal(GatePattern.GradientRouter, view.Node("f").Pattern);
        Assert.True(view.Node("x").IsCopy);
        Assert.False(view.Node("y").IsCopy);
    }

    [Fact]
    public void OneStepOfGradientDescent()
    {
        Descent descent = Expression.Parse("x=-2; y=5; z=-4; f = (x+y)*z").Evaluate().Output.Descend(0.1, 1);
        Assert.Equal([-1.6, 5.4, -4.3], descent.Steps[1].Values.Select(value => Only(value.Value)), (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal(-16.34, Only(descent.Steps[1].Result), 1e-12);
    }

    [Fact]
    public void LinearRegressionByGradientDescent()
    {
        ExpressionResult line = Expression.Parse("a = 2; b = 1; x = [-2, 0, 1]; y = [-1, 1, 2]; L = sum((y - (a*x + b))^2)").Evaluate();
        Descent descent = line.Output.Descend(0.1, 60, line.Inputs["a"], line.Inputs["b"]);
        Assert.Equal(["a", "b"], descent.Steps[0].Values.Select(value => value.Name));
        Assert.Equal([1.0, 1.2], descent.Steps[1].Values.Select(value => Only(value.Value)), (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal(0.12, Only(descent.Steps[1].Result), 1e-12);
        Assert.Equal([1.0, 1.0], descent.Steps[60].Values.Select(value => Only(value.Value)), (one, other) => Math.Abs(one - other) < 1e-6);
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void EveryGradientAgreesWithItsCentralDifference(string id, string program, double result, string gradients)
    {
        Assert.NotEqual(double.NaN, result + gradients.Length);
        // At a kink there is no derivative to compare with.
        if (id == "D1 at 0") return;
        NumericCheck check = Expression.Parse(program).Evaluate().Output.CheckGradients();
        Assert.NotEmpty(check.Rows);
        Assert.True(check.WorstError < 1e-8, $"{id}: {check}");
    }

    private static double Only(TensorSummary? summary) => Assert.Single(summary!.Elements);

    private static IEnumerable<double> Spread(TensorSummary summary, int count) =>
        summary.Elements.Length == count ? summary.Elements : Enumerable.Repeat(summary.Elements.Single(), count);

    private static void AssertClose(double[] expected, TensorSummary? summary) =>
        Assert.Equal(expected, summary!.Elements, (one, other) => Math.Abs(one - other) < 1e-12);
}
