namespace Nabla.Learning.Tests;

public class LossTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, GoldenCase.Read("losses").Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void EqualsPyTorch(int index)
    {
        GoldenCase golden = GoldenCase.Read("losses")[index];
        Tensor prediction = golden["prediction"], targets = golden["targets"].Detach();
        Tensor loss = golden.Name.Split(',')[0] switch
        {
            "mean squared error" => Loss.MeanSquaredError(prediction, targets),
            "cross entropy" => Loss.CrossEntropy(prediction, targets.Cast(DType.Int32)),
            _ => Loss.BinaryCrossEntropyWithLogits(prediction, targets),
        };
        golden.Expect("loss", loss);
        golden.Expect("gradient", loss.Backward()[prediction]);
    }

    [Fact]
    public void AUniformGuessCostsTheLogarithmOfTheClasses()
    {
        Assert.Equal(Math.Log(7), Loss.CrossEntropy(Tensor.Zeros([3, 7], DType.Float64), Tensor.From(0, 6, 3)).Item(), 1e-14);
        Assert.Equal(Math.Log(2), Loss.BinaryCrossEntropyWithLogits(Tensor.Zeros([5], DType.Float64), Tensor.Ones([5], DType.Float64)).Item(), 1e-14);
    }

    [Fact]
    public void ConfidentAndRightStaysAccurate()
    {
        // −ln σ(40) = ln(1 + e^−40) ≈ e^−40, which 1 − σ(40) in float64 would lose wholly.
        double loss = Loss.BinaryCrossEntropyWithLogits(Tensor.From(40.0), Tensor.From(1.0)).Item();
        Assert.Equal(1, loss / Math.Exp(-40), 1e-12);
    }

    [Fact]
    public void ATargetOutOfRangeNamesItsRow()
    {
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(
            () => Loss.CrossEntropy(Tensor.Zeros([3, 4]), Tensor.From(1, 4, 0)));
        Assert.Contains("targets from 0 to 3, got 4 at [1]", thrown.Message);
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        Assert.Contains("[2, 3] and [3]", Assert.Throws<ShapeException>(
            () => Loss.MeanSquaredError(Tensor.Zeros([2, 3]), Tensor.Zeros([3]))).Message);
        Assert.Contains("Reshape", Assert.Throws<ShapeException>(
            () => Loss.BinaryCrossEntropyWithLogits(Tensor.Zeros([2, 1]), Tensor.Zeros([2]))).Message);
        Assert.Contains("[2, 3] and targets [3]", Assert.Throws<ShapeException>(
            () => Loss.CrossEntropy(Tensor.Zeros([2, 3]), Tensor.From(0, 1, 2))).Message);
        Assert.Contains("Int32", Assert.Throws<ArgumentException>(() => Loss.CrossEntropy(Tensor.Zeros([2, 3]), Tensor.From(0f, 1f))).Message);
    }
}
