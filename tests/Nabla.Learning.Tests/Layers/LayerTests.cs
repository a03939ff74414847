namespace Nabla.Learning.Tests;

public class LayerTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    [Fact]
    public void AnRnnsLastStateIsTheLastOfAll()
    {
        Tensor x = Key.At(7).Uniform([2, 5, 3], -1, 1, DType.Float32);
        float[] all = new Rnn(3, 4, Key).Apply(x).ToArray<float>();
        float[] last = new Rnn(3, 4, Key, lastOnly: true).Apply(x).ToArray<float>();
        Assert.Equal([.. all[16..20], .. all[36..40]], last);
    }

    [Fact]
    public void AnRnnTakesASingleStep()
    {
        Rnn rnn = new(2, 2, Key, dtype: DType.Float64);
        Tensor x = Tensor.From(new double[,,] { { { 0.3, -0.7 } } });
        double[] w = rnn.InputWeight.Value.ToDoubles(), b = rnn.InputBias.Value.ToDoubles(), c = rnn.HiddenBias.Value.ToDoubles();
        Assert.Equal(Math.Tanh((0.3 * w[0]) - (0.7 * w[1]) + b[0] + c[0]), rnn.Apply(x).ToDoubles()[0], 1e-14);
    }

    [Fact]
    public void DropoutKeepsTheMeanAndHasAStreamOfItsOwn()
    {
        Tensor ones = Tensor.Ones([1000]);
        Dropout dropout = new(0.25);
        Assert.Same(ones, dropout.Apply(ones));
        Pass pass = Pass.Training(Key);
        float[] first = dropout.Apply(ones, pass).ToArray<float>(), second = dropout.Apply(ones, pass).ToArray<float>();
        Assert.All(first, value => Assert.True(value == 0 || Math.Abs(value - (1 / 0.75f)) < 1e-6));
        // 1,000 draws: six standard deviations are 0.082.
        Assert.InRange(first.Count(value => value == 0) / 1000.0, 0.168, 0.332);
        Assert.NotEqual(first, second);
        Assert.Equal(first, dropout.Apply(ones, Pass.Training(Key)).ToArray<float>());
    }

    [Fact]
    public void TheSameKeyGivesTheSameWeights()
    {
        Assert.Equal(new Linear(5, 4, Key).Weight.Value.ToArray<float>(), new Linear(5, 4, Key).Weight.Value.ToArray<float>());
        Assert.NotEqual(new Linear(5, 4, Key).Weight.Value.ToArray<float>(), new Linear(5, 4, Key.At(1)).Weight.Value.ToArray<float>());
    }

    [Fact]
    public void ActivationsAreFoundByName()
    {
        Assert.Equal("LeakyRelu", Activation.Named("leaky-relu").Name);
        Assert.Equal("Gelu", Activation.Named("GELU").Name);
        foreach (string name in Activation.Names) Assert.Equal(name, Activation.Named(name).Name, ignoreCase: true);
        Assert.Contains("softplus", Assert.Throws<ArgumentException>(() => Activation.Named("rely")).Message);
        Assert.Equal([4.0], new Activation("Square", x => x.Square()).Apply(Tensor.From(2.0)).ToDoubles());
    }

    [Fact]
    public void FlattenKeepsTheBatch()
    {
        Assert.Equal([2, 12], new Flatten().Apply(Tensor.Zeros([2, 3, 4])).Shape.ToArray());
        Assert.Throws<ShapeException>(() => new Flatten().Apply(Tensor.Ones(Shape.Scalar)));
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        Assert.Contains("Flatten", Assert.Throws<ShapeException>(() => new Linear(784, 10, Key).Apply(Tensor.Zeros([2, 28, 28]))).Message);
        Assert.Contains("[2, 5]", Assert.Throws<ShapeException>(() => new Linear(4, 3, Key).Apply(Tensor.Zeros([2, 5]))).Message);
        Assert.Contains("[batch, time, 3]", Assert.Throws<ShapeException>(() => new Rnn(3, 4, Key).Apply(Tensor.Zeros([2, 3]))).Message);
        Assert.Contains("[2, 5]", Assert.Throws<ShapeException>(() => new LayerNorm(4).Apply(Tensor.Zeros([2, 5]))).Message);
        Assert.Throws<ShapeException>(() => new Conv2d(3, 4, 3, Key).Apply(Tensor.Zeros([1, 2, 8, 8])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(4, 2, Key).Apply(Tensor.From(0, 4)));
    }

    [Fact]
    public void RefusesBadSettings()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Linear(0, 3, Key));
        Assert.Contains("[0, 1)", Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(double.NaN));
        Assert.Contains("groups", Assert.Throws<ArgumentException>(() => new Conv2d(3, 4, 3, Key, groups: 2)).Message);
        Assert.Contains("kernel", Assert.Throws<ArgumentException>(() => new Conv2d(3, 4, 0, Key)).Message);
        Assert.Contains("stride", Assert.Throws<ArgumentException>(() => new Conv2d(3, 4, 3, Key, stride: 0)).Message);
        Assert.Contains("half", Assert.Throws<ArgumentException>(() => new MaxPool2d(2, padding: 2)).Message);
        Assert.Contains("size", Assert.Throws<ArgumentException>(() => new AveragePool2d(Axes.Create([1, 2, 3]))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LayerNorm(3, epsilon: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rnn(3, 0, Key));
    }
}
