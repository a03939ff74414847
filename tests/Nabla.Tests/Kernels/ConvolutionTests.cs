using System.Numerics;
using Nabla.Kernels;

namespace Nabla.Tests.Kernels;

[Collection("threads")]
public sealed unsafe class ConvolutionTests
{
    private static readonly ConvolutionSize[] sizes =
    [
        new(1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(2, 1, 28, 28, 16, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(3, 16, 14, 14, 32, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(2, 32, 14, 14, 64, 3, 3, 2, 2, 1, 1, 1, 1, 1),
        new(2, 6, 11, 7, 10, 1, 1, 1, 1, 0, 0, 1, 1, 1),
        new(2, 6, 11, 7, 10, 1, 1, 2, 3, 0, 0, 1, 1, 2),
        new(1, 4, 13, 17, 6, 3, 5, 2, 3, 2, 1, 2, 2, 2),
        new(2, 8, 9, 9, 8, 3, 3, 1, 1, 1, 1, 1, 1, 8),
        new(1, 3, 5, 6, 4, 5, 6, 1, 1, 0, 0, 1, 1, 1),
        new(1, 2, 4, 4, 3, 3, 3, 1, 1, 3, 4, 1, 1, 1),
        new(2, 3, 37, 41, 5, 7, 4, 3, 1, 3, 0, 1, 3, 1),
        new(1, 1, 40, 61, 2, 2, 2, 1, 1, 0, 0, 1, 1, 1),
        new(19, 2, 6, 5, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(1, 40, 20, 20, 13, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(2, 12, 4, 4, 12, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(1, 17, 5, 19, 13, 3, 3, 1, 1, 2, 0, 1, 1, 1),
        new(5, 16, 9, 8, 33, 3, 3, 1, 1, 0, 2, 1, 1, 1),
        new(2, 37, 30, 31, 20, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(41, 12, 7, 6, 12, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(1, 270, 6, 6, 12, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        new(1, 12, 5, 400, 12, 3, 3, 1, 1, 1, 1, 1, 1, 1),
        .. RandomSizes(),
    ];

    /// <summary>Shapes that nobody thought of: any stride, padding, dilation and groups.</summary>
    private static IEnumerable<ConvolutionSize> RandomSizes()
    {
        Random random = new(7);
        for (int i = 0; i < 12; i++)
        {
            int groups = random.Next(1, 4), height = random.Next(1, 4), width = random.Next(1, 4);
            int dilationY = random.Next(1, 3), dilationX = random.Next(1, 3);
            int least = 1 + (3 * Math.Max(dilationY, dilationX));
            yield return new(
                random.Next(1, 4), groups * random.Next(1, 6), random.Next(least, 24), random.Next(least, 24), groups * random.Next(1, 8),
                height, width, random.Next(1, 4), random.Next(1, 4), random.Next(0, 3), random.Next(0, 3), dilationY, dilationX, groups);
        }
    }

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, sizes.Length)];

    private static T[] Values<T>(int length, int seed) where T : INumber<T>
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => T.CreateChecked((random.NextDouble() * 2) - 1))];
    }

    /// <summary>Calls back once for each product in y's definition, with the three positions it joins.</summary>
    private static void EachProduct(ConvolutionSize size, Action<int, int, int> product)
    {
        int groupInputs = size.InputChannels / size.Groups, groupOutputs = size.OutputChannels / size.Groups;
        int window = size.KernelHeight * size.KernelWidth, atY = 0;
        foreach ((int image, int output) in Pairs(size.Batch, size.OutputChannels))
        {
            foreach ((int row, int column) in Pairs(size.OutputHeight, size.OutputWidth))
            {
                for (int tap = 0; tap < groupInputs * window; tap++)
                {
                    int channel = tap / window, ky = tap % window / size.KernelWidth, kx = tap % size.KernelWidth;
                    int y = (row * size.StrideY) - size.PaddingY + (ky * size.DilationY);
                    int x = (column * size.StrideX) - size.PaddingX + (kx * size.DilationX);
                    if (y >= 0 && y < size.InputHeight && x >= 0 && x < size.InputWidth)
                    {
                        int plane = (image * size.InputChannels) + (output / groupOutputs * groupInputs) + channel;
                        product((((plane * size.InputHeight) + y) * size.InputWidth) + x, (output * groupInputs * window) + tap, atY);
                    }
                }
                atY++;
            }
        }
    }

    private static IEnumerable<(int, int)> Pairs(int first, int second) =>
        Enumerable.Range(0, first * second).Select(i => (i / second, i % second));

    private static void Check<T>(int index, double tolerance) where T : unmanaged, INumber<T>
    {
        ConvolutionSize size = sizes[index];
        int inputs = size.Batch * size.InputChannels * size.InputHeight * size.InputWidth;
        int weights = size.OutputChannels * (size.InputChannels / size.Groups) * size.KernelHeight * size.KernelWidth;
        int outputs = size.Batch * size.OutputChannels * size.OutputHeight * size.OutputWidth;
        T[] x = Values<T>(inputs, 1), w = Values<T>(weights, 2), upstream = Values<T>(outputs, 3);
        double[] forward = new double[outputs], inputGradient = new double[inputs], weightGradient = new double[weights];
        EachProduct(size, (atX, atW, atY) =>
        {
            forward[atY] += double.CreateChecked(x[atX]) * double.CreateChecked(w[atW]);
            inputGradient[atX] += double.CreateChecked(upstream[atY]) * double.CreateChecked(w[atW]);
            weightGradient[atW] += double.CreateChecked(upstream[atY]) * double.CreateChecked(x[atX]);
        });
        using Native<T> nativeX = new(x), nativeW = new(w), nativeUpstream = new(upstream);
        foreach (int threads in new[] { 1, 4 })
        {
            using Native<T> y = new(outputs), toX = new(inputs), toW = new(weights);
            ThreadsCollection.With(threads, () =>
            {
                Convolution.Forward(size, nativeX.Pointer, nativeW.Pointer, y.Pointer);
                Convolution.InputGradient(size, nativeUpstream.Pointer, nativeW.Pointer, toX.Pointer);
                Convolution.WeightGradient(size, nativeX.Pointer, nativeUpstream.Pointer, toW.Pointer);
            });
            Near(forward, y.Span, tolerance);
            Near(inputGradient, toX.Span, tolerance);
            Near(weightGradient, toW.Span, tolerance);
        }
    }

    private static void Near<T>(double[] wanted, Span<T> got, double tolerance) where T : unmanaged, INumber<T>
    {
        double scale = 1 + Math.Sqrt(wanted.Select(value => value * value).DefaultIfEmpty().Average());
        for (int i = 0; i < wanted.Length; i++)
        {
            Assert.InRange(double.CreateChecked(got[i]), wanted[i] - (tolerance * scale), wanted[i] + (tolerance * scale));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void FloatEqualsTheDefinition(int index) => Check<float>(index, 1e-5);

    [Theory]
    [MemberData(nameof(Cases))]
    public void DoubleEqualsTheDefinition(int index) => Check<double>(index, 1e-13);

    [Fact]
    public void ThreadsDoNotChangeABit()
    {
        ConvolutionSize size = new(37, 5, 15, 13, 9, 3, 3, 1, 1, 1, 1, 1, 1, 1);
        int inputs = 37 * 5 * 15 * 13, weights = 9 * 5 * 9, outputs = 37 * 9 * 15 * 13;
        using Native<float> x = new(Values<float>(inputs, 1)), w = new(Values<float>(weights, 2)), upstream = new(Values<float>(outputs, 3));
        float[][] results = [.. new[] { 1, 2, 5 }.Select(threads =>
        {
            using Native<float> y = new(outputs), toX = new(inputs), toW = new(weights);
            ThreadsCollection.With(threads, () =>
            {
                Convolution.Forward(size, x.Pointer, w.Pointer, y.Pointer);
                Convolution.InputGradient(size, upstream.Pointer, w.Pointer, toX.Pointer);
                Convolution.WeightGradient(size, x.Pointer, upstream.Pointer, toW.Pointer);
            });
            return (float[])[.. y.Span, .. toX.Span, .. toW.Span];
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Theory]
    [InlineData(0, 5, 3)]
    [InlineData(2, 5, 7)]
    public void WithoutImagesOrPositionsGradientsAreZero(int batch, int extent, int kernel)
    {
        ConvolutionSize size = new(batch, 2, extent, extent, 3, kernel, kernel, 1, 1, 0, 0, 1, 1, 1);
        int inputs = batch * 2 * extent * extent, weights = 3 * 2 * kernel * kernel;
        using Native<float> x = new(inputs), w = new(weights), none = new(0), toX = new(inputs), toW = new(weights);
        Convolution.Forward(size, x.Pointer, w.Pointer, none.Pointer);
        Convolution.InputGradient(size, none.Pointer, w.Pointer, toX.Pointer);
        Convolution.WeightGradient(size, x.Pointer, none.Pointer, toW.Pointer);
        Assert.All(toX.Span.ToArray(), value => Assert.Equal(0, value));
        Assert.All(toW.Span.ToArray(), value => Assert.Equal(0, value));
    }
}
