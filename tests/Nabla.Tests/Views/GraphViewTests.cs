namespace Nabla.Tests.Views;

public class GraphViewTests
{
    [Fact]
    public void ALayerIsOneBoxThatHoldsItsWeights()
    {
        (GraphView view, _, _) = Network();
        GraphView modules = view.At(GraphDetail.Modules);
        Assert.Equal(["images", "hidden", "v3", "output", "target", "error"], Sorted(modules));
        ViewNode hidden = modules.Node("hidden");
        Assert.Equal(ViewNodeKind.Group, hidden.Kind);
        Assert.Equal([5, 3], hidden.Shape);
        // What flows through the box is what flows through what it holds.
        Assert.Equal([.. view.Node("images").Gradient!.Elements], modules.Into(hidden.Id).Single().Downstream!.Elements.ToArray());
        Assert.Equal("error", modules.Node(modules.Outputs[0]).Name);
        Assert.Equal("loss", modules.ResultName);

        static IEnumerable<string> Sorted(GraphView graph)
        {
            string[] order = ["images", "hidden", "v3", "output", "target", "error"];
            Assert.Equal(order.Length, graph.Nodes.Length);
            return graph.Nodes.Select(node => node.Name).OrderBy(name => Array.IndexOf(order, name));
        }
    }

    [Fact]
    public void AGroupThatAPathLeavesAndEntersAgainStaysOpen()
    {
        Tensor x = Tensor.From(1.0, 2).Named("x"), a, b, c;
        GraphGroup group;
        using (Graph.Group("inner"))
        {
            a = x.Exp();
            group = a.Producer!.Group!;
        }
        b = a.Sin();
        using (Graph.Group("inner")) c = b.Cos();
        Assert.NotSame(group, c.Producer!.Group);
        GraphView twoBoxes = GraphView.Of((a * c).Sum());
        Assert.Equal(twoBoxes.Nodes.Length, twoBoxes.At(GraphDetail.Modules).Nodes.Length);

        Tensor result;
        using (Graph.Group("around"))
        {
            Tensor first = x.Exp();
            GraphGroup inside = first.Producer!.Group!;
            Tensor outside;
            using (Graph.Group("deeper")) outside = first.Sin();
            result = (outside * first).Sum();
            Assert.Same(inside, result.Producer!.Group);
        }
        GraphView nested = GraphView.Of(result);
        ViewGroup around = nested.Groups.Single(one => one.Name == "around");
        Assert.Equal(["x", "around"], nested.Fold(around.Id).Nodes.Select(node => node.Name));
        // Only the outer part, without what is deeper, has a way out and in again: as one box it would feed itself.
        Assert.Throws<KeyNotFoundException>(() => nested.Fold(9999));
    }

    [Fact]
    public void AWatcherSeesWhatTheTensorAloneNoLongerKnows()
    {
        GraphRecorder recorder = new();
        Tensor x = Tensor.From(1.0, -2).Named("x"), loss;
        using (recorder.Watch())
        {
            Tensor mask = x.Greater(Tensor.Constant(0, x));
            loss = mask.Where(x, x * 3).Sum();
            loss.Backward();
        }
        GraphView watched = recorder.View(loss), plain = GraphView.Of(loss);
        Assert.Contains(watched.Nodes, node => node.Operation == "Greater");
        Assert.DoesNotContain(plain.Nodes, node => node.Operation == "Greater");
        Assert.Equal([1.0, 3], watched.Node("x").Gradient!.Elements.ToArray());
        Assert.Equal([1.0, 3], plain.Node("x").Gradient!.Elements.ToArray());
    }

    [Fact]
    public void GradientsOutliveTheStepThatMadeThem()
    {
        using Scope step = Scope.Begin();
        Tensor x = Tensor.From([.. Enumerable.Range(0, 100).Select(i => (double)i)]).Named("x");
        GraphView view = GraphView.Of((x * x).Sum());
        Assert.Empty(view.Node("x").Gradient!.Elements);
        Assert.Equal(2 * 99.0, view.GradientOf(view.Node("x").Id)[99]);
        Assert.Equal(99.0, view.ValueOf(view.Node("x").Id)[99]);
    }

    [Fact]
    public void ABigTensorIsSummarised()
    {
        double[] values = [.. Enumerable.Range(0, 1600).Select(i => (double)i)];
        TensorSummary summary = TensorSummary.Of(Tensor.From<double>(values, [40, 40]));
        Assert.Equal((0, 1599, 799.5), (summary.Min, summary.Max, Math.Round(summary.Mean, 9)));
        Assert.Equal(Math.Sqrt(values.Sum(value => value * value)), summary.Norm, 1e-6);
        Assert.Equal(Enumerable.Repeat(100, 16), summary.Histogram);
        Assert.False(summary.IsWhole);
        TensorSummary broken = TensorSummary.Of(Tensor.From(1.0, double.NaN, double.PositiveInfinity, -1));
        Assert.Equal((2, -1, 1, 0), (broken.NonFinite, broken.Min, broken.Max, broken.Mean));
        TensorSummary large = TensorSummary.Of(Tensor.From(1e300, -1e300, 1e300));
        Assert.Equal(Math.Sqrt(3) * 1e300, large.Norm, 1e288);
        Assert.Equal(0, TensorSummary.Of(Tensor.Zeros([0, 3])).Norm);
    }

    [Fact]
    public void ARecordingShowsShapesWithoutValues()
    {
        Cell w = new(Tensor.Ones([3, 2], DType.Float64).Named("w"));
        Compiled compiled = Compiled.Trace(i => [i[0].MatMul(w.Value).Tanh().Sum()], new TensorSpec([4, 3], DType.Float64));
        GraphView view = GraphView.Of(compiled.Recording!);
        Assert.Equal([ViewNodeKind.Input, ViewNodeKind.Parameter, ViewNodeKind.Operation, ViewNodeKind.Operation, ViewNodeKind.Operation],
            view.Nodes.Select(node => node.Kind));
        Assert.All(view.Nodes, node => Assert.Null(node.Value));
        Assert.Equal("input 0 @ w", view.Nodes[2].Formula);
        Assert.Contains("Float64[4, 2]", Explanation.Of(view).ToString());
        Assert.Contains("4, 2", view.ToSvg());
    }

    [Fact]
    public void AtAKinkTheGatesWouldLieSoTheyStayShut()
    {
        Tensor x = Tensor.From(0.0, 2).Named("x");
        GraphView view = GraphView.Of(x.Relu().Sum().Named("f"));
        ViewNode relu = view.Nodes.Single(node => node.Operation == "Relu");
        Assert.Same(view, view.Open(relu.Id));
        GraphView away = GraphView.Of(Tensor.From(1.0, -2).Relu().Sum());
        Assert.Contains(away.At(GraphDetail.Gates).Nodes, node => node.Operation == "Maximum");
    }

    [Fact]
    public void TheJsonFormComesBackAsItWas()
    {
        (GraphView view, _, _) = Network();
        foreach (GraphView graph in new[]
        {
            view, view.At(GraphDetail.Modules), view.At(GraphDetail.Gates), GraphView.Of(Tensor.From(0.0, -1).Log().Sum()),
            GraphView.Of(Tensor.Ones([2])),
        })
        {
            string json = graph.ToJson();
            GraphView back = GraphView.FromJson(json);
            Assert.Equal(json, back.ToJson());
            Assert.Equal(graph.ToSvg(), back.ToSvg());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"schema":"nabla.graph","version":2}""")]
    [InlineData("""{"schema":"other","version":1}""")]
    [InlineData("""{"schema":"nabla.graph","version":1,"title":"f","resultName":"f","outputs":[0],"nodes":[{"id":0}],"edges":[],"groups":[]}""")]
    public void WhatIsNoGraphIsRefused(string json) => Assert.Throws<FormatException>(() => GraphView.FromJson(json));

    [Fact]
    public void ConstantsAloneHaveAGraphWithoutGradients()
    {
        GraphView view = GraphView.Of(Tensor.From(1.0, 2).Detach());
        Assert.Single(view.Nodes);
        Assert.Empty(Explanation.Of(view).Backward);
    }

    [Fact]
    public void NamesAreUnique()
    {
        Tensor a = Tensor.From(1.0).Named("w"), b = Tensor.From(2.0).Named("w"), c = 3;
        GraphView view = GraphView.Of(((a * b) + c).Sum());
        Assert.Equal(view.Nodes.Length, view.Nodes.Select(node => node.Name).Distinct().Count());
        Assert.Equal(["w", "w #2"], view.Nodes.Where(node => node.IsNamed).Select(node => node.Name));
    }

    [Fact]
    public void AnAssignedParameterIsNotedAndNotMistaken()
    {
        Cell w = new(Tensor.From(2.0).Named("w"));
        Tensor loss = w.Value.Square().Sum();
        w.Assign(Tensor.From(3.0));
        Assert.Throws<InvalidOperationException>(() => GraphView.Of(loss));
    }

    internal static (GraphView View, Tensor Loss, Cell[] Weights) Network()
    {
        Cell w1 = new(Wave([4, 3], 1).Named("W1")), b1 = new(Wave([3], 2).Named("b1"));
        Cell w2 = new(Wave([3, 2], 3).Named("W2")), b2 = new(Wave([2], 4).Named("b2"));
        Tensor x = Wave([5, 4], 5).Named("images"), y = Wave([5, 2], 6).Named("target"), h, z, loss;
        using (Graph.Group("model"))
        {
            using (Graph.Group("hidden")) h = x.MatMul(w1.Value) + b1.Value;
            using (Graph.Group("activation")) h = h.Sigmoid();
            using (Graph.Group("output")) z = h.MatMul(w2.Value) + b2.Value;
        }
        using (Graph.Group("error")) loss = (z - y).Square().Sum().Named("loss");
        return (GraphView.Of(loss), loss, [w1, b1, w2, b2]);
    }

    private static Tensor Wave(Shape shape, int phase) =>
        Tensor.From<float>([.. Enumerable.Range(0, shape.Count).Select(i => MathF.Sin((i * 1.7f) + phase))], shape);
}
