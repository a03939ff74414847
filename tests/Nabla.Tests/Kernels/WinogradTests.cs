using Nabla.Kernels;

namespace Nabla.Tests.Kernels;

/// <summary>Winograd's algorithm beside the direct one, in the same precision and in float64.</summary>
[Collection("threads")]
public sealed unsafe class WinogradTests
{
    private static readonly RegisterWidth[] widths = [.. Enum.GetValues<RegisterWidth>().Where(width => width <= Gemm.Width)];

    private static readonly ConvolutionSize[] sizes = [.. Sizes()];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, sizes.Length)];

    private static IEnumerable<ConvolutionSize> Sizes()
    {
        yield return Of(2, 16, 14, 14, 32, 1, 1);
        yield return Of(1, 64, 16, 16, 64, 1, 1);
        // One channel on a side, images smaller than a tile: never chosen, right all the same.
        yield return Of(3, 1, 28, 28, 16, 1, 1);
        yield return Of(2, 5, 3, 3, 1, 0, 0);
        yield return Of(1, 2, 1, 2, 3, 2, 2);
        // More tiles than a block in a row, in an image, in a batch; more channels than a block of the product's sums.
        yield return Of(1, 12, 6, 410, 12, 1, 1);
        yield return Of(1, 13, 61, 59, 17, 1, 0);
        yield return Of(33, 12, 5, 5, 12, 2, 1);
        yield return Of(1, 300, 7, 7, 15, 1, 1);
        Random random = new(11);
        for (int i = 0; i < 10; i++)
        {
            yield return Of(
                random.Next(1, 6), random.Next(1, 50), random.Next(3, 40), random.Next(3, 40), random.Next(1, 70), random.Next(3), random.Next(3));
        }
    }

    private static ConvolutionSize Of(int batch, int inputs, int height, int width, int outputs, int paddingY, int paddingX) =>
        new(batch, inputs, height, width, outputs, 3, 3, 1, 1, paddingY, paddingX, 1, 1, 1);

    private sealed class Problem : IDisposable
    {
        public Problem(ConvolutionSize size, int seed)
        {
            Size = size;
            Random random = new(seed);
            X = Values(size.Batch * size.InputChannels * size.InputHeight * size.InputWidth, random);
            W = Values(size.OutputChannels * size.Taps, random);
            Upstream = Values(size.Batch * size.OutputChannels * size.OutputHeight * size.OutputWidth, random);
        }

        public ConvolutionSize Size { get; }

        public Native<double> X { get; }

        public Native<double> W { get; }

        public Native<double> Upstream { get; }

        // Numbers that are float32 too, so that both precisions compute the same problem.
        private static Native<double> Values(int count, Random random) =>
            new([.. Enumerable.Range(0, count).Select(_ => (double)(float)((random.NextDouble() * 2) - 1))]);

        public double[][] Exact()
        {
            using Native<double> y = new(Upstream.Span.Length), toX = new(X.Span.Length), toW = new(W.Span.Length);
            Convolution.DirectForward(Size, X.Pointer, W.Pointer, y.Pointer);
            Convolution.DirectInputGradient(Size, Upstream.Pointer, W.Pointer, toX.Pointer);
            Convolution.DirectWeightGradient(Size, X.Pointer, Upstream.Pointer, toW.Pointer);
            return [[.. y.Span], [.. toX.Span], [.. toW.Span]];
        }

        public float[][] Direct() => Compute(
            (x, w, y) => Convolution.DirectForward(Size, (float*)x, (float*)w, (float*)y),
            (upstream, w, toX) => Convolution.DirectInputGradient(Size, (float*)upstream, (float*)w, (float*)toX),
            (x, upstream, toW) => Convolution.DirectWeightGradient(Size, (float*)x, (float*)upstream, (float*)toW));

        public float[][] ByWinograd(RegisterWidth width) => Compute(
            (x, w, y) => Winograd.Forward(width, Size, (float*)x, (float*)w, (float*)y),
            (upstream, w, toX) => Winograd.InputGradient(width, Size, (float*)upstream, (float*)w, (float*)toX),
            (x, upstream, toW) => Winograd.WeightGradient(width, Size, (float*)x, (float*)upstream, (float*)toW));

        private float[][] Compute(Action<nint, nint, nint> forward, Action<nint, nint, nint> toInput, Action<nint, nint, nint> toWeight)
        {
            using Native<float> x = Narrow(X), w = Narrow(W), upstream = Narrow(Upstream);
            using Native<float> y = new(Upstream.Span.Length), toX = new(X.Span.Length), toW = new(W.Span.Length);
            y.Span.Fill(float.NaN);
            toX.Span.Fill(float.NaN);
            toW.Span.Fill(float.NaN);
            forward((nint)x.Pointer, (nint)w.Pointer, (nint)y.Pointer);
            toInput((nint)upstream.Pointer, (nint)w.Pointer, (nint)toX.Pointer);
            toWeight((nint)x.Pointer, (nint)upstream.Pointer, (nint)toW.Pointer);
            return [[.. y.Span], [.. toX.Span], [.. toW.Span]];
        }

        private static Native<float> Narrow(Native<double> values) => new([.. values.Span.ToArray().Select(value => (float)value)]);

        public void Dispose()
        {
            X.Dispose();
            W.Dispose();
            Upstream.Dispose();
        }
    }

    private static double Error(double[] exact, float[] got) =>
        Math.Sqrt(exact.Zip(got, (wanted, value) => (wanted - value) * (wanted - value)).Average());

    /// <summary>The root mean square error is at most eight times that of the direct algorithm, or of rounding once; twelve times where it is not chosen.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void TheErrorIsBounded(int index)
    {
        using Problem problem = new(sizes[index], index);
        double[][] exact = problem.Exact();
        float[][] direct = problem.Direct(), got = problem.ByWinograd(Gemm.Width);
        for (int i = 0; i < exact.Length; i++)
        {
            double size = Math.Sqrt(exact[i].Average(value => value * value)), rounding = size * Math.Pow(2, -24);
            double bound = (Winograd.Takes<float>(sizes[index]) ? 8 : 12) * Math.Max(Error(exact[i], direct[i]), rounding);
            Assert.InRange(Error(exact[i], got[i]), 0, bound);
            for (int k = 0; k < exact[i].Length; k++)
            {
                Assert.InRange(got[i][k], exact[i][k] - (12 * bound), exact[i][k] + (12 * bound));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryWidthAndNumberOfThreadsGivesTheSameBits(int index)
    {
        using Problem problem = new(sizes[index], index);
        float[][]? first = null;
        foreach (RegisterWidth width in widths)
        {
            foreach (int threads in new[] { 1, 3 })
            {
                ThreadsCollection.With(threads, () =>
                {
                    float[][] got = problem.ByWinograd(width);
                    first ??= got;
                    for (int i = 0; i < got.Length; i++) Assert.Equal(first[i], got[i]);
                });
            }
        }
    }

    [Fact]
    public void AnImageDoesNotChangeWithTheBatchAroundIt()
    {
        ConvolutionSize many = Of(9, 16, 11, 10, 16, 1, 1), one = many with { Batch = 1 };
        using Problem problem = new(many, 3);
        float[] all = problem.ByWinograd(Gemm.Width)[0];
        using Native<float> x = new([.. problem.X.Span.ToArray().Select(value => (float)value)]);
        using Native<float> w = new([.. problem.W.Span.ToArray().Select(value => (float)value)]);
        int inputs = 16 * 11 * 10, outputs = 16 * 11 * 10;
        using Native<float> y = new(outputs);
        for (int image = 0; image < many.Batch; image++)
        {
            Winograd.Forward(one, x.Pointer + (image * inputs), w.Pointer, y.Pointer);
            Assert.Equal(all[(image * outputs)..((image + 1) * outputs)], y.Span.ToArray());
        }
    }

    [Theory]
    [InlineData(true, 64, 64, 16, 16, 3, 1)]
    [InlineData(false, 8, 64, 16, 16, 3, 1)]
    [InlineData(false, 64, 64, 3, 16, 3, 1)]
    [InlineData(false, 64, 64, 16, 16, 5, 1)]
    [InlineData(false, 64, 64, 16, 16, 3, 2)]
    [InlineData(true, 256, 512, 16, 16, 3, 1)]
    [InlineData(false, 512, 512, 16, 16, 3, 1)]
    public void OnlyWhatItWasMeasuredToWinIsTaken(bool taken, int inputs, int outputs, int height, int width, int kernel, int stride)
    {
        ConvolutionSize size = new(4, inputs, height, width, outputs, kernel, kernel, stride, stride, 1, 1, 1, 1, 1);
        Assert.Equal(taken, Winograd.Takes<float>(size));
        Assert.False(Winograd.Takes<double>(size));
    }
}
