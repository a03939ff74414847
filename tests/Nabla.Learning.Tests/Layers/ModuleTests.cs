namespace Nabla.Learning.Tests;

public class ModuleTests
{
    [Fact]
    public void ParametersAreFoundInOrderWithTheirPaths()
    {
        Models.Network network = new();
        Assert.Equal(
            ["OutputScale", "Hidden.Weight", "Hidden.Bias", "Layers.0.Weight", "Layers.0.Bias", "Layers.1.Weight", "Head.1.Weight", "Head.1.Bias"],
            network.Parameters.Select(parameter => parameter.Path));
        Assert.Equal(
            ["output_scale", "hidden.weight", "hidden.bias", "layers.0.weight", "layers.0.bias", "layers.1.weight", "head.1.weight", "head.1.bias"],
            network.Parameters.Select(parameter => parameter.StoredName));
        Assert.Equal(["RunningMean"], network.States.Select(state => state.Path));
        Assert.Equal(1 + 12 + 3 + 9 + 3 + 9 + 6 + 2, network.ParameterCount);
    }

    [Fact]
    public void ChildrenHaveTheirNames()
    {
        Models.Network network = new();
        Assert.Equal(["Hidden", "Layers.0", "Layers.1", "Again", "Head"], network.Children.Select(child => child.Name));
        Assert.Same(network.Hidden, network.Children[0].Module);
    }

    [Fact]
    public void AListedParameterIsTheModulesOwn()
    {
        Models.Network network = new();
        network.Parameters.Single(parameter => parameter.Path == "Hidden.Bias").Assign(Tensor.From(1f, 2f, 3f));
        Assert.Equal([1f, 2f, 3f], network.Hidden.Bias!.Value.ToArray<float>());
        Assert.Equal("Hidden.Bias", network.Hidden.Bias.Cell.Name);
    }

    [Fact]
    public void GradientsFlowToParametersAndNotToStates()
    {
        Models.Network network = new();
        Gradients gradients = network.Apply(Tensor.From(new float[,] { { 1, -2, 0.5f, 3 } })).Square().Sum().Backward();
        foreach (Parameter parameter in network.Parameters) Assert.True(gradients.TryGet(parameter.Cell, out _), parameter.Path);
        Assert.False(gradients.TryGet(network.RunningMean.Cell, out _));
        Assert.Throws<ArgumentException>(() => new Parameter(Tensor.From(1, 2)));
    }

    [Fact]
    public void TheSummaryIsATable()
    {
        RandomKey key = RandomKey.FromSeed(1);
        Sequential model = [new Flatten(), new Linear(784, 16, key), Activation.Relu, new Linear(16, 10, key, hasBias: false)];
        Assert.Equal(
            """
            Sequential
              0: Flatten
              1: Linear 784 → 16              Weight [16, 784], Bias [16]  12,560
              2: Relu
              3: Linear 16 → 10 without bias  Weight [10, 16]                 160
            total                                                          12,720
            """.ReplaceLineEndings("\n"),
            model.ToString());
        Assert.Contains("Again: Linear 4 → 3 (shared)", new Models.Network().ToString());
    }

    [Theory]
    [InlineData("Weight", "weight")]
    [InlineData("HiddenLayer2", "hidden_layer2")]
    [InlineData("RNNCell", "rnn_cell")]
    [InlineData("Conv2dA", "conv2d_a")]
    public void NamesInFilesAreSnakeCase(string name, string expected) => Assert.Equal(expected, ModuleMembers.SnakeCase(name));

    [Fact]
    public void SequentialIsAListOfItsModules()
    {
        Linear first = new(2, 3, RandomKey.FromSeed(1));
        Sequential model = [first, Activation.Relu];
        Assert.Equal(2, model.Count);
        Assert.Same(first, model[0]);
        Tensor x = Tensor.From(new float[,] { { 1, -1 } });
        Assert.Equal(first.Apply(x).Relu().ToArray<float>(), model.Apply(x).ToArray<float>());
        Sequential none = [];
        Assert.Same(x, none.Apply(x));
    }

    [Fact]
    public void APassDrawsEachTimeFromAnotherStream()
    {
        RandomKey key = RandomKey.FromSeed(5);
        Pass pass = Pass.Training(key);
        Assert.True(pass.IsTraining);
        Tensor[] draws = [.. Enumerable.Range(0, 3).Select(_ => pass.NextKey().Uniform([4], 0, 1, DType.Float64))];
        for (int i = 0; i < draws.Length; i++) Assert.Equal(key.At(i).Uniform([4], 0, 1, DType.Float64).ToDoubles(), draws[i].ToDoubles());
        Assert.NotEqual(draws[0].ToDoubles(), draws[1].ToDoubles());
        Assert.False(Pass.Evaluation.IsTraining);
        Assert.Throws<InvalidOperationException>(() => Pass.Evaluation.NextKey());
    }
}
