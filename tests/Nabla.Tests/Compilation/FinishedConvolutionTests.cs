using Nabla.Compilation;

namespace Nabla.Tests;

/// <summary>A convolution that takes bias and activation along gives the bits of the three one after the other.</summary>
public class FinishedConvolutionTests
{
    public static TheoryData<int, int, int, int, DType> Cases
    {
        get
        {
            TheoryData<int, int, int, int, DType> cases = [];
            foreach (DType type in (DType[])[DType.Float32, DType.Float64])
            {
                // Inputs, outputs, stride and groups: directly, by Winograd's algorithm (16 and 33 channels), one point, in groups.
                foreach ((int inputs, int outputs, int stride, int groups) in ((int, int, int, int)[])[(1, 5, 1, 1), (16, 33, 1, 1), (3, 17, 2, 1), (6, 8, 1, 2)])
                    cases.Add(inputs, outputs, stride, groups, type);
            }
            return cases;
        }
    }

    private static Tensor Pattern(Shape shape, double scale, DType type)
    {
        double[] values = new double[shape.Count];
        for (int i = 0; i < values.Length; i++) values[i] = scale * Math.Sin((i * 1.7) + scale);
        return Tensor.From<double>(values, shape).Cast(type).Detach();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void SameBits(int inputs, int outputs, int stride, int groups, DType type)
    {
        Tensor[] given = [Pattern([2, inputs, 9, 10], 1, type), Pattern([outputs, inputs / groups, 3, 3], 0.4, type), Pattern([outputs], 0.9, type)];
        Tensor[] Work(IReadOnlyList<Tensor> x)
        {
            // Each with a weight of its own, so that none is computed once for two.
            Tensor Window(int factor, Tensor? bias) => x[0].Convolve(x[1] * factor, bias, stride, 1, groups: groups);
            Tensor twice = Window(1, x[2]);
            return [twice.Exp(), Window(2, x[2]).Relu(), Window(3, x[2]).Tanh(), Window(4, x[2]), Window(5, null).Sigmoid(), twice];
        }
        Compiled compiled = Compiled.Trace(x => Work([.. x]), [.. given.Select(tensor => tensor.Spec)]);
        Tensor[] eager = Work(given);
        for (int run = 0; run < 2; run++)
        {
            Tensor[] replayed = compiled.Run(given);
            for (int i = 0; i < eager.Length; i++) Distance.SameBits(eager[i], replayed[i], $"result {i}, run {run}");
        }
        string[] windows = [.. compiled.Lines.Select(line => line.Text).Where(text => text.StartsWith("Convolution2d", StringComparison.Ordinal))];
        Assert.Equal(5, windows.Length);
        Assert.Equal(4, windows.Count(text => text.Contains("+ bias", StringComparison.Ordinal)));
        // What two lines read is not an activation's alone.
        Assert.Equal(["Relu", "Sigmoid", "Tanh"], windows.SelectMany(text => (string[])["Relu", "Exp", "Sigmoid", "Tanh"], (text, name) => (text, name))
            .Where(pair => pair.text.Contains(pair.name, StringComparison.Ordinal)).Select(pair => pair.name).Order());
    }

    [Fact]
    public void ABiasOfAnotherAxisStaysALineOfItsOwn()
    {
        Tensor[] given = [Pattern([1, 2, 6, 6], 1, DType.Float32), Pattern([4, 2, 3, 3], 0.4, DType.Float32), Pattern([4], 0.9, DType.Float32)];
        Compiled compiled = Compiled.Trace(x => [x[0].Convolve(x[1]) + x[2], x[0].Convolve(x[1] * 2) + x[2].Reshape(4, 1)], [.. given.Select(tensor => tensor.Spec)]);
        Tensor[] eager = [given[0].Convolve(given[1]) + given[2], given[0].Convolve(given[1] * 2) + given[2].Reshape(4, 1)];
        foreach ((Tensor one, Tensor other) in eager.Zip(compiled.Run(given))) Distance.SameBits(one, other, "sum");
        Assert.DoesNotContain("bias", compiled.ToString(), StringComparison.Ordinal);
    }
}
