namespace Nabla.Learning.Tests;

/// <summary>The graph of a real network, folded by its modules.</summary>
public class NetworkGraphTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(5);

    [Fact]
    public void EveryLayerIsABoxThatOpensIntoItsOperations()
    {
        Sequential model = [new Flatten(), new Linear(16, 8, Key.At(0)), Activation.Relu, new Linear(8, 3, Key.At(1))];
        Tensor loss = Loss.CrossEntropy(model.Apply(Key.At(2).Uniform([32, 4, 4], -1, 1)), Tensor.From(new int[32]));
        GraphView view = GraphView.Of(loss);
        GraphView folded = view.At(GraphDetail.Modules);
        string[] boxes = [.. folded.Nodes.Where(node => node.Kind == ViewNodeKind.Group).Select(node => node.Name)];
        Assert.Equal(["Linear 16 → 8", "Linear 8 → 3"], boxes);
        Assert.True(folded.Nodes.Length < view.Nodes.Length);

        ViewNode hidden = folded.Node("Linear 16 → 8");
        GraphView opened = folded.Open(hidden.Id);
        Assert.Contains(opened.Nodes, node => node.Operation == "MatMul");
        Assert.DoesNotContain(opened.Nodes, node => node.Name == "Linear 16 → 8");
        Assert.Contains(opened.Nodes, node => node.Name == "Linear 8 → 3");
        Assert.Equal(view.Nodes.Length, opened.Open(opened.Node("Linear 8 → 3").Id).Nodes.Length);

        // A gate opened beside a folded box leaves the box folded.
        GraphView gates = folded.Open(folded.Nodes.Single(node => node.Operation == "Relu").Id);
        Assert.Contains(gates.Nodes, node => node.Name == "Linear 16 → 8");
        Assert.True(gates.Nodes.Length > folded.Nodes.Length);
    }

    [Fact]
    public void ABigNetworkIsTakenInAtAGlance()
    {
        ResidualBlock first = new(4, Key.At(0)), second = new(4, Key.At(1));
        Sequential model = [new Conv2d(1, 4, 3, Key.At(2), padding: 1), first, second, new GlobalAveragePool(), new Linear(4, 10, Key.At(3))];
        Tensor loss = Loss.CrossEntropy(model.Apply(Key.At(4).Uniform([2, 1, 8, 8], -1, 1), Pass.Evaluation), Tensor.From(3, 7));
        Assert.InRange(GraphView.Of(loss).At(GraphDetail.Modules).Nodes.Length, 5, 60);
    }

    [Fact]
    public void AModuleAppliedTwiceIsTwoBoxes()
    {
        Linear layer = new(2, 2, Key);
        GraphView folded = GraphView.Of(layer.Apply(layer.Apply(Tensor.From(new float[,] { { 1, 2 } })).Tanh()).Sum()).At(GraphDetail.Modules);
        Assert.Equal(["Linear 2 → 2", "Linear 2 → 2 #2"], folded.Nodes.Where(node => node.Kind == ViewNodeKind.Group).Select(node => node.Name));
    }

    [Fact]
    public void TheLocalGradientOfANodeIsTheFactorOfTheChainRule()
    {
        Tensor x = Tensor.From(3.0), y = Tensor.From(-4.0), product = x * y;
        Node node = product.Producer!;
        Assert.Equal([-4.0], node.LocalGradient(0)!.Values.Elements.ToArray());
        Assert.Equal([3.0], node.LocalGradient(1)!.Values.Elements.ToArray());
        Assert.Equal(LocalKind.Elementwise, node.LocalGradient(0)!.Kind);
        Assert.Throws<ArgumentOutOfRangeException>(() => node.LocalGradient(2));

        Tensor matrix = Tensor.From(new double[,] { { 0.1, 0.5 }, { -0.3, 0.8 } }), column = Tensor.From(new double[,] { { 0.2 }, { 0.4 } });
        LocalGradient jacobian = matrix.MatMul(column).Producer!.LocalGradient(1)!;
        Assert.Equal(LocalKind.Jacobian, jacobian.Kind);
        Assert.Equal([0.1, -0.3, 0.5, 0.8], jacobian.Values.Elements.ToArray());
    }
}
