namespace Nabla.Learning.Tests.Lessons;

/// <summary>Error backpropagation as it is first taught, beside the exact gradient.</summary>
public class LessonE
{
    // Row: from, column: to, so that w₂₁ (from 2 into 1) stands in row 2, column 1.
    private static readonly Tensor InputToHidden = Tensor.From(new double[,] { { 3, 1 }, { 2, 7 } });    // [inputs, hidden]
    private static readonly Tensor HiddenToOutput = Tensor.From(new double[,] { { 2, 1 }, { 3, 4 } });   // [hidden, outputs]
    private static readonly Tensor OutputErrors = Tensor.From(1.5, 0.5);                                 // [outputs]

    [Fact]
    public void E1_SplittingTheError()
    {
        Tensor hiddenErrors = Shares(HiddenToOutput).MatMul(OutputErrors);   // [hidden]
        Tensor inputErrors = Shares(InputToHidden).MatMul(hiddenErrors);     // [inputs]
        Facts.Near([0.7, 1.3], hiddenErrors);
        Facts.Near([0.5825, 1.4175], inputErrors);
        Facts.Near([0.42, 0.1625, 0.28, 1.1375], Shares(InputToHidden) * hiddenErrors);
        // The parts that went to the hidden nodes make up the whole again, layer by layer.
        Facts.Near(2.0, hiddenErrors.Sum());
        Facts.Near(2.0, inputErrors.Sum());
    }

    [Fact]
    public void E1_IsTheBackwardPassOfANetworkOfShares()
    {
        // What the rule computes is the gradient of another network: one whose weights are the shares.
        Tensor input = Facts.Random([2], seed: 41);                 // [inputs]
        Tensor hidden = input.MatMul(Shares(InputToHidden));        // [hidden]
        Tensor output = hidden.MatMul(Shares(HiddenToOutput));      // [outputs]
        Gradients g = output.Backward([input, hidden], upstream: OutputErrors);
        Facts.Near([0.7, 1.3], g[hidden]);
        Facts.Near([0.5825, 1.4175], g[input]);
    }

    [Fact]
    public void E2_AsAMatrix_AndTheTrueGradient()
    {
        // With the matrix as it multiplies a column, to × from, error_hidden = Wᵀ error_output.
        Tensor hiddenErrors = HiddenToOutput.MatMul(OutputErrors);   // [hidden]
        Tensor inputErrors = InputToHidden.MatMul(hiddenErrors);     // [inputs]
        Facts.Exactly([3.5, 6.5], hiddenErrors);
        Facts.Exactly([17, 52.5], inputErrors);

        // Backward through the linear network gives the same: the true gradient has no denominators.
        Tensor input = Facts.Random([2], seed: 42);        // [inputs]
        Tensor hidden = input.MatMul(InputToHidden);       // [hidden]
        Tensor output = hidden.MatMul(HiddenToOutput);     // [outputs]
        Gradients g = output.Backward([input, hidden], upstream: OutputErrors);
        Facts.Exactly([3.5, 6.5], g[hidden]);
        Facts.Exactly([17, 52.5], g[input]);

        // Dividing by the sum of the weights does not only rescale: the two hidden errors keep their ratio here, since both columns sum to 5,
        // but the input errors, whose columns sum to 5 and 8, do not.
        Assert.Equal(0.7 / 1.3, 3.5 / 6.5, 1e-12);
        Assert.NotEqual(0.5825 / 1.4175, 17 / 52.5, 0.05);
    }

    [Fact]
    public void E3_TheWeightsShare()
    {
        Tensor o = Tensor.From(0.4, 0.5);      // [hidden]
        Tensor w = Tensor.From(2.0, 4.0);      // [hidden], into one output
        Tensor sum = (w * o).Sum();            // []
        Tensor output = sum.Sigmoid();         // []
        Facts.Near(2.8, sum);
        Facts.Near(0.942676, output, 5e-7);
        Facts.Near(0.054038, output * (1 - output), 5e-7);

        Tensor target = (output + 1.5).Detach();            // so that e = t − o = 1.5
        Tensor error = (target - output).Square();          // E = (t − o)²
        double[] exact = error.Backward()[w].ToDoubles();   // [hidden]
        double[] taught = (error / 2).Backward()[w].ToDoubles();

        // As taught, −e σ(1 − σ) oⱼ, with the factor 2 folded into the learning rate; the exact gradient of E is twice that.
        Assert.Equal(-0.032423, taught[0], 5e-7);
        Assert.Equal(-1.5 * 0.054038 * 0.5, taught[1], 1e-6);
        Assert.Equal(-0.064846, exact[0], 5e-7);
        Assert.Equal([2 * taught[0], 2 * taught[1]], exact);
        Facts.Near([2.00324, 4.00405], w - (0.1 * Tensor.From<double>(taught)), 5e-6);
        Facts.Near([2.0032423, 4.0040528], w - (0.05 * Tensor.From<double>(exact)), 1e-6);
    }

    /// <summary>Each weight's part of all the weights that lead into the same node.</summary>
    private static Tensor Shares(Tensor weights) => weights / weights.Sum(0, keepAxes: true);   // [from, to]
}
