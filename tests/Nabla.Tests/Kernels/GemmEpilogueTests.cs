using System.Numerics;
using Nabla.Compilation;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Tests.Kernels;

[Collection("threads")]
public sealed unsafe class GemmEpilogueTests
{
    private static readonly RegisterWidth[] widths = [.. Enum.GetValues<RegisterWidth>().Where(width => width <= Gemm.Width)];

    private static readonly IElementwise?[] activations = [null, new Unary<Relu>(), new Unary<Gelu>(), new Unary<Tanh>(), new Unary<Sigmoid>()];

    /// <summary>A single row or column, a handful of products, narrow, packed and larger ones than one block or piece.</summary>
    public static TheoryData<int, int, int> Sizes
    {
        get
        {
            TheoryData<int, int, int> sizes = new()
            {
                { 1, 1, 5 }, { 1, 300, 40 }, { 1, 67, 600 }, { 300, 1, 40 }, { 67, 1, 600 }, { 2, 3, 4 }, { 3, 5, 0 }, { 12, 32, 256 },
                { 13, 33, 257 }, { 50, 10, 100 }, { 5, 131, 7 }, { 61, 67, 1300 }, { 3, 2100, 9 }, { 1600, 17, 9 }, { 97, 163, 520 },
            };
            Random random = new(3);
            for (int i = 0; i < 10; i++) sizes.Add(random.Next(1, 120), random.Next(1, 120), random.Next(1, 300));
            return sizes;
        }
    }

    private static void Activate<T>(IElementwise activation, T* values, int count) where T : unmanaged
    {
        int stride = 1;
        if (typeof(T) == typeof(float))
        {
            float* from = (float*)values;
            activation.RunTile(&from, &stride, from, count);
        }
        else
        {
            double* from = (double*)values;
            activation.RunTile(&from, &stride, from, count);
        }
    }

    private static void Check<T>(int m, int n, int k, int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Random random = new((m * 31) + (n * 7) + k);
        int cRow = n + 3, residualRow = n + 2;
        using Native<T> a = Native<T>.Random(m * k, random), b = Native<T>.Random(k * n, random), bias = Native<T>.Random(m + n, random);
        using Native<T> start = Native<T>.Random(m * cRow, random), residual = Native<T>.Random(m * residualRow, random);
        using Native<T> product = new(m * cRow), wanted = new(m * cRow), got = new(m * cRow);
        T* pointerA = a.Pointer, pointerB = b.Pointer, pointerC = got.Pointer;
        foreach (RegisterWidth width in widths)
        {
            for (int variant = 0; variant < 4 * activations.Length; variant++)
            {
                IElementwise? activation = activations[variant / 4];
                bool accumulate = variant % 4 == 1, biasOfRows = variant % 4 == 2, hasResidual = variant % 4 != 3;
                start.Span.CopyTo(product.Span);
                Gemm.Run(width, m, n, k, pointerA, k, 1, pointerB, n, 1, product.Pointer, cRow, accumulate);
                product.Span.CopyTo(wanted.Span);
                for (int i = 0; i < m; i++)
                {
                    Span<T> row = wanted.Span.Slice(i * cRow, n);
                    for (int j = 0; j < n; j++) row[j] += bias.Span[biasOfRows ? i : j];
                    if (activation is not null) Activate(activation, wanted.Pointer + (i * cRow), n);
                    for (int j = 0; j < n && hasResidual; j++) row[j] += residual.Span[(i * residualRow) + j];
                }
                GemmEpilogue<T> epilogue = new()
                {
                    Bias = bias.Pointer,
                    BiasRow = biasOfRows ? 1 : 0,
                    BiasColumn = biasOfRows ? 0 : 1,
                    Activation = activation,
                    Residual = hasResidual ? residual.Pointer : null,
                    ResidualRow = residualRow,
                };
                start.Span.CopyTo(got.Span);
                ThreadsCollection.With(threads, () => Gemm.Run(
                    width, m, n, k, pointerA, k, 1, pointerB, n, 1, pointerC, cRow, accumulate, epilogue: epilogue));
                Assert.True(wanted.Span.SequenceEqual(got.Span), $"{width}, {activation}, variant {variant % 4} differs from the separate steps");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void FloatHasTheBitsOfTheSeparateSteps(int m, int n, int k) => Check<float>(m, n, k, threads: 1);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void DoubleHasTheBitsOfTheSeparateSteps(int m, int n, int k) => Check<double>(m, n, k, threads: 3);

    [Theory]
    [InlineData(5, 3, 4, 5)]
    [InlineData(7, 64, 48, 40)]
    [InlineData(3, 300, 250, 260)]
    public void BatchesEqualSingleProducts(int batches, int m, int n, int k)
    {
        Random random = new(batches);
        using Native<float> a = Native<float>.Random(batches * m * k, random), b = Native<float>.Random(batches * k * n, random);
        using Native<float> bias = Native<float>.Random(n, random), residual = Native<float>.Random(batches * m * n, random);
        foreach ((nint bBatch, nint residualBatch) in new[] { ((nint)k * n, (nint)m * n), (0, m * n), (0, 0) })
        {
            GemmEpilogue<float> epilogue = new()
            {
                Bias = bias.Pointer,
                BiasColumn = 1,
                Activation = new Unary<Relu>(),
                Residual = residual.Pointer,
                ResidualRow = n,
                ResidualBatch = residualBatch,
            };
            using Native<float> wanted = new(batches * m * n), got = new(batches * m * n);
            for (int i = 0; i < batches; i++)
            {
                Gemm.Run(
                    m, n, k, a.Pointer + (i * m * k), k, 1, b.Pointer + (i * bBatch), n, 1, wanted.Pointer + (i * m * n), n, accumulate: false,
                    epilogue.OfBatch(i));
            }
            Gemm.RunBatch(
                batches, m, n, k, a.Pointer, k, 1, b.Pointer, n, 1, got.Pointer, n, (nint)m * k, bBatch, (nint)m * n, accumulate: false, epilogue);
            Assert.True(wanted.Span.SequenceEqual(got.Span));
        }
    }

    [Fact]
    public void AnEpilogueAllocatesNothing()
    {
        const int size = 100;
        using Native<float> a = Native<float>.Random(size * size, new Random(1)), c = new(size * size);
        GemmEpilogue<float> epilogue = new() { Bias = a.Pointer, BiasColumn = 1, Activation = new Unary<Gelu>() };
        Gemm.Run(size, size, size, a.Pointer, size, 1, a.Pointer, 1, size, c.Pointer, size, accumulate: false, epilogue);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Gemm.Run(size, size, size, a.Pointer, size, 1, a.Pointer, 1, size, c.Pointer, size, accumulate: false, epilogue);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
