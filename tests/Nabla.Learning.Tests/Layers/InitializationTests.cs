namespace Nabla.Learning.Tests;

/// <summary>What weights begin with, against the ranges that PyTorch states for the same layers.</summary>
public class InitializationTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(11);
    private static readonly Shape Weight = [200, 300];

    [Fact]
    public void UniformWeightsFillTheirRange()
    {
        Linear linear = new(300, 200, Key);
        Conv2d convolution = new(32, 64, [5, 3], Key, groups: 2);
        Rnn rnn = new(50, 80, Key);
        Fills("linear weight", linear.Weight.Value);
        Fills("linear bias", linear.Bias!.Value);
        Fills("convolution weight", convolution.Weight.Value);
        Fills("convolution bias", convolution.Bias!.Value);
        foreach (Parameter parameter in rnn.Parameters) Fills("rnn", parameter.Value);
        Fills("xavier uniform", Initialization.XavierUniform(Weight, Key));
        Fills("kaiming uniform", Initialization.KaimingUniform(Weight, Key));
    }

    [Fact]
    public void NormalWeightsHaveTheirDeviation()
    {
        Deviates("xavier normal", Initialization.XavierNormal(Weight, Key));
        Deviates("kaiming normal", Initialization.KaimingNormal(Weight, Key));
        Deviates("embedding", new Embedding(300, 200, Key).Weight.Value);
    }

    [Fact]
    public void FansCountTheKernel()
    {
        Assert.Equal((2 * 15, 4 * 15), Initialization.Fans([4, 2, 5, 3]));
        Assert.Throws<ShapeException>(() => Initialization.Fans([4]));
        Assert.Throws<ShapeException>(() => Initialization.XavierNormal([3, 0], Key));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initialization.FanInUniform([4], 0, Key));
    }

    private static double Golden(string name) =>
        GoldenCase.Read("initialization").Single(item => item.Name == name).Settings.GetProperty("value").GetDouble();

    private static void Fills(string name, Tensor values)
    {
        double bound = Golden(name);
        double[] numbers = values.ToDoubles();
        // n draws leave a share of q of the range empty at one end with a chance of (1 − q/2)ⁿ: below 10⁻⁹ for q = 42 / n.
        Assert.InRange(numbers.Max(), bound * (1 - (42.0 / numbers.Length)), bound * (1 + 1e-6));
        Assert.InRange(-numbers.Min(), bound * (1 - (42.0 / numbers.Length)), bound * (1 + 1e-6));
    }

    private static void Deviates(string name, Tensor values)
    {
        double[] numbers = values.ToDoubles();
        double mean = numbers.Average(), deviation = Math.Sqrt(numbers.Average(value => (value - mean) * (value - mean)));
        // 60,000 draws: the deviation's own standard error is 0.3 %, the mean's 0.4 %.
        Assert.InRange(deviation / Golden(name), 0.98, 1.02);
        Assert.InRange(mean / Golden(name), -0.025, 0.025);
    }
}
