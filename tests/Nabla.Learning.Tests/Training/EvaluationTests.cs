namespace Nabla.Learning.Tests;

public class EvaluationTests
{
    private static readonly Dataset Points = Dataset.FromFloats(
        "points", "One number a class.", [3], new float[] { 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 2 }, new[] { 0, 1, 2, 1, 2 },
        ["left", "middle", "right"]);

    [Fact]
    public void ACopyOfTheInputIsRightFourTimesInFive()
    {
        Evaluation evaluation = Evaluation.Of(Activation.Identity, Points, batchSize: 2);
        Assert.Equal(0.8, evaluation.Accuracy, 1e-12);
        Assert.Equal(5, evaluation.Count);
        Assert.Equal(1, evaluation.Confusion[1, 0]);
        // Each loss by its definition, ln Σ e^x − x of the class.
        double one = Math.Log(Math.E + 2), expected = ((3 * (one - 1)) + one + (Math.Log(Math.Exp(2) + 2) - 2)) / 5;
        Assert.Equal(expected, evaluation.MeanLoss, 1e-6);
        Assert.Equal($"accuracy 80.00 %, loss {expected:0.0000} (5 samples)", evaluation.ToString());
    }

    [Fact]
    public void TheConfusionMatrixPrintsItself()
    {
        ConfusionMatrix confusion = Evaluation.Of(Activation.Identity, Points).Confusion;
        Assert.Equal(
            """
            actual   0 1 2  recall
            0 left   1 0 0  1.000
            1 middle 1 1 0  0.500
            2 right  0 0 2  1.000
            """.ReplaceLineEndings("\n"),
            confusion.ToString());
        Assert.Equal(0.5, confusion.Precision(0));
        Assert.Equal(0.5, confusion.Recall(1));
        Assert.Equal((5, 4), (confusion.Total, confusion.Correct));
    }

    [Fact]
    public void NothingCountedIsNoAccuracy()
    {
        ConfusionMatrix confusion = new(["a"]);
        Assert.True(double.IsNaN(confusion.Accuracy) && double.IsNaN(confusion.Recall(0)) && double.IsNaN(confusion.Precision(0)));
        Assert.EndsWith("-", confusion.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => confusion.Add(0, 1));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix([]));
    }

    [Fact]
    public void ANumberBeatsNoNumberAndTiesGoToTheFirst() => Assert.Equal(
        [1, 0, 2], Evaluation.Classes(Tensor.From(new float[,] { { float.NaN, -5, -6 }, { 2, 2, 1 }, { 0, float.NaN, 1 } })));

    [Fact]
    public void NoGraphIsKept()
    {
        bool recorded = false;
        Activation probe = new("Probe", x =>
        {
            recorded |= !NoGradient.IsOn;
            return x;
        });
        Evaluation.Of(probe, Points);
        Assert.False(recorded);
    }

    [Fact]
    public void RefusesOutputsThatAreNoClasses()
    {
        Activation sum = new("Sum", x => x.Sum(-1));
        Assert.Contains("[5, 3]", Assert.Throws<ShapeException>(() => Evaluation.Of(sum, Points)).Message);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Evaluation.Of(Activation.Identity, Points, cancellation: source.Token));
    }
}
