namespace Nabla.Learning.Tests;

/// <summary>Layers of sequences and batch normalization in float64 against PyTorch's numbers, eager, compiled and as graphs that differentiate again.</summary>
public class SequenceGoldenTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(1);

    public static TheoryData<int> Sequences => [.. Enumerable.Range(0, GoldenCase.Read("sequences").Length)];

    public static TheoryData<string> Norms => ["batch norm", "batch norm wide"];

    [Theory, MemberData(nameof(Sequences))]
    public void EqualsPyTorch(int index)
    {
        GoldenCase golden = GoldenCase.Read("sequences")[index];
        Expect(golden, Build(golden), Pass.Evaluation);
    }

    [Fact]
    public void GlobalAveragePoolEqualsPyTorch() =>
        Expect(GoldenCase.Read("channels").Single(item => item.Name == "global average pool"), new GlobalAveragePool(), Pass.Evaluation);

    [Theory, MemberData(nameof(Norms))]
    public void BatchNormTrainsAsPyTorch(string name)
    {
        GoldenCase golden = GoldenCase.Read("channels").Single(item => item.Name == name);
        BatchNorm2d norm = new(golden["weight"].Count, momentum: golden.Settings.GetProperty("momentum").GetDouble(), dtype: DType.Float64);
        norm.RunningMean.Assign(golden["mean before"]);
        norm.RunningVariance.Assign(golden["variance before"]);
        foreach (Parameter parameter in norm.Parameters) parameter.Assign(golden[parameter.StoredName]);

        Tensor x = golden["x"], y = norm.Apply(x, Pass.Training(Key));
        golden.Expect("y", y);
        golden.Expect("mean after", norm.RunningMean.Value);
        golden.Expect("variance after", norm.RunningVariance.Value);
        Assert.Equal(1, norm.BatchCount.Value.AsSpan<long>()[0]);
        norm.RunningMean.Assign(golden["mean before"]);
        Expect(golden, norm, Pass.Training(Key));
    }

    [Theory, MemberData(nameof(Norms))]
    public void BatchNormEvaluatesAsPyTorch(string name)
    {
        GoldenCase golden = GoldenCase.Read("channels").Single(item => item.Name == name + " evaluation");
        BatchNorm2d norm = new(golden["weight"].Count, dtype: DType.Float64);
        (Parameter Parameter, string Name)[] values =
            [(norm.Weight, "weight"), (norm.Bias, "bias"), (norm.RunningMean, "mean"), (norm.RunningVariance, "variance")];
        foreach ((Parameter parameter, string stored) in values) parameter.Assign(golden[stored]);
        golden.Expect("y", norm.Apply(golden["x"]));
        golden.Expect("mean", norm.RunningMean.Value);
    }

    [Fact]
    public void NamesAreThoseOfPyTorch()
    {
        Assert.Equal(
            ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"],
            new BatchNorm2d(2).All().Select(parameter => parameter.StoredName));
        Assert.Equal(
            ["conv1.weight", "bn1.weight", "bn1.bias", "conv2.weight", "bn2.weight", "bn2.bias"],
            new ResidualBlock(2, Key).Parameters.Select(parameter => parameter.StoredName));
    }

    [Fact]
    public void WrongShapesAreRefused()
    {
        Assert.Contains("Lstm 3 → 4 needs [batch, time, 3]", Refusal(() => new Lstm(3, 4, Key).Apply(Tensor.Zeros([2, 5, 2]))));
        Assert.Contains("Gru 3 → 4 needs [batch, time, 3]", Refusal(() => new Gru(3, 4, Key).Apply(Tensor.Zeros([2, 0, 3]))));
        Assert.Contains("BatchNorm2d 3 needs [batch, 3, height, width]", Refusal(() => new BatchNorm2d(3).Apply(Tensor.Zeros([2, 4, 5, 5]))));
        Assert.Contains("at least two pixels", Refusal(() => new BatchNorm2d(3).Apply(Tensor.Zeros([1, 3, 1, 1]), Pass.Training(Key))));
        Assert.Contains("needs [batch, time, 6]", Refusal(() => new MultiHeadAttention(6, 2, Key).Apply(Tensor.Zeros([2, 6]))));
        Assert.Contains("heads that divide the width 6", Refusal(() => new MultiHeadAttention(6, 4, Key)));
        Assert.Contains("GlobalAveragePool needs [batch, channels", Refusal(() => new GlobalAveragePool().Apply(Tensor.Zeros([2, 6]))));
    }

    [Fact]
    public void AResidualBlockOfZerosPassesOnWhatItGets()
    {
        ResidualBlock block = new(3, Key);
        block.SecondNorm.Weight.Assign(Tensor.Zeros([3]));
        Tensor x = Key.Uniform([2, 3, 5, 5]);
        Assert.Equal(x.ToDoubles(), block.Apply(x, Pass.Training(Key)).ToDoubles());
    }

    [Fact]
    public void ACausalStepDoesNotSeeLaterOnes()
    {
        TransformerBlock block = new(8, 2, Key, isCausal: true);
        Tensor x = Key.Normal([1, 80, 8]), other = Tensor.Concatenate([x.Slice(1, 0, 70), Key.At(5).Normal([1, 10, 8])], axis: 1);
        Tensor early = block.Apply(x).Slice(1, 0, 70), same = block.Apply(other).Slice(1, 0, 70);
        Assert.Equal(early.ToDoubles(), same.ToDoubles());
    }

    private static Module Build(GoldenCase golden)
    {
        string name = golden.Name;
        (int inputs, int hidden) = name.EndsWith("wide", StringComparison.Ordinal) ? (3, 19) : (4, 3);
        bool last = name.EndsWith("last", StringComparison.Ordinal);
        if (name.StartsWith("lstm", StringComparison.Ordinal)) return new Lstm(inputs, hidden, Key, last, DType.Float64);
        if (name.StartsWith("gru", StringComparison.Ordinal)) return new Gru(inputs, hidden, Key, last, DType.Float64);
        bool isCausal = golden.Settings.GetProperty("causal").GetBoolean();
        return name == "block"
            ? new TransformerBlock(6, 2, Key, isCausal, dtype: DType.Float64)
            : new MultiHeadAttention(golden["x"].Shape[2], 2, Key, isCausal, DType.Float64);
    }

    private static void Expect(GoldenCase golden, Module module, Pass pass)
    {
        foreach (Parameter parameter in module.Parameters) parameter.Assign(golden[parameter.StoredName]);
        Tensor x = golden["x"], upstream = golden["upstream"].Detach();
        string[] names = ["y", "x.gradient", .. module.Parameters.Select(parameter => parameter.StoredName + ".gradient")];
        Assert.Equal(golden.TensorNames.Count(name => name.EndsWith(".gradient", StringComparison.Ordinal)), names.Length - 1);
        foreach (bool differentiable in new[] { false, true })
        {
            Tensor[] eager = Everything([x, upstream]), compiled = Compiled.Trace(Everything).Run(x, upstream);
            for (int i = 0; i < names.Length; i++)
            {
                golden.Expect(names[i], eager[i]);
                golden.Expect(names[i], compiled[i]);
            }

            Tensor[] Everything(Tensor[] inputs)
            {
                Tensor[] wanted = [inputs[0], .. module.Parameters.Select(parameter => parameter.Value)];
                Tensor y = module.Apply(inputs[0], pass);
                Gradients gradients = y.Backward(wanted, inputs[1], differentiable);
                return [y, .. wanted.Select(tensor => gradients[tensor])];
            }
        }
    }

    private static string Refusal(Func<object> action) => Assert.ThrowsAny<ArgumentException>(action).Message;
}
