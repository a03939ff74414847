using System.Numerics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Nabla.Kernels;

namespace Nabla.Tests.Kernels;

[Collection("threads")]
public sealed unsafe class GemmTests
{
    private static readonly RegisterWidth[] widths = [.. Enum.GetValues<RegisterWidth>().Where(width => width <= Gemm.Width)];

    /// <summary>Tile, strip and block edges, primes, one, and a few drawn at random.</summary>
    public static TheoryData<int, int, int> Sizes
    {
        get
        {
            TheoryData<int, int, int> sizes = new()
            {
                { 1, 1, 1 }, { 1, 1, 1000 }, { 1, 300, 40 }, { 300, 1, 40 }, { 1, 67, 600 }, { 67, 1, 600 }, { 2, 3, 4 }, { 12, 32, 256 },
                { 13, 33, 257 }, { 11, 31, 255 }, { 24, 64, 512 }, { 25, 65, 513 }, { 128, 50, 784 }, { 50, 10, 100 }, { 7, 513, 3 },
                { 383, 5, 17 }, { 5, 384, 19 }, { 17, 3, 385 }, { 385, 97, 384 }, { 97, 383, 385 },
                { 1, 129, 1 }, { 200, 200, 1 }, { 2, 2, 1025 }, { 40, 2100, 9 },
                { 1600, 40, 9 }, { 61, 67, 1300 }, { 1, 131, 300 }, { 163, 1, 275 }, { 1, 32, 16 },
            };
            Random random = new(1);
            for (int i = 0; i < 25; i++)
            {
                sizes.Add(random.Next(1, 71), random.Next(1, 71), random.Next(1, 71));
            }
            int[] primes = [101, 127, 151, 199, 211, 257, 281, 293];
            for (int i = 0; i < 8; i++)
            {
                sizes.Add(random.Next(1, 301), primes[random.Next(primes.Length)], primes[i]);
            }
            return sizes;
        }
    }

    /// <summary>The rule of <see cref="Gemm"/>, element by element: chains over blocks of equal length, in the order of k.</summary>
    private static T ByTheRule<T>(int k, Func<int, T> a, Func<int, T> b, T? start) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int blocks = (k + 255) / 256, length = k == 0 ? 1 : (k + blocks - 1) / blocks;
        T? total = start;
        for (int begin = 0; begin < k; begin += length)
        {
            T chain = T.Zero;
            for (int p = begin; p < Math.Min(k, begin + length); p++)
            {
                chain = T.FusedMultiplyAdd(a(p), b(p), chain);
            }
            total = total + chain ?? chain;
        }
        return total ?? T.Zero;
    }

    private static void Check<T>(int m, int n, int k, int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Random random = new((m * 31) + (n * 7) + k);
        using Native<T> a = Native<T>.Random(m * k, random), b = Native<T>.Random(k * n, random);
        // Rows of c lie three elements apart, which no kernel may touch.
        int cRow = n + 3;
        using Native<T> start = Native<T>.Random(m * cRow, random), c = new(m * cRow);
        bool fused = Fma.IsSupported || AdvSimd.IsSupported;
        // Naive sums in double, and by the rule; the latter for few elements of large products.
        bool large = (long)m * n * k > 1 << 17;
        for (int variant = 0; variant < 8; variant++)
        {
            bool transposeA = (variant & 1) != 0, transposeB = (variant & 2) != 0, accumulate = (variant & 4) != 0;
            (nint aRow, nint aColumn) = transposeA ? ((nint)1, (nint)m) : (k, 1);
            (nint bRow, nint bColumn) = transposeB ? ((nint)1, (nint)k) : (n, 1);
            T* pointerA = a.Pointer, pointerB = b.Pointer, pointerC = c.Pointer;
            T[]? first = null;
            foreach (RegisterWidth width in widths)
            {
                start.Span.CopyTo(c.Span);
                ThreadsCollection.With(threads, () => Gemm.Run(
                    width, m, n, k, pointerA, aRow, aColumn, pointerB, bRow, bColumn, pointerC, cRow, accumulate));
                if (first is not null && fused)
                {
                    Assert.True(first.AsSpan().SequenceEqual(c.Span), $"{width} differs from a narrower width, variant {variant}");
                    continue;
                }
                first = c.Span.ToArray();
                double tolerance = (typeof(T) == typeof(float) ? 1.2e-7 : 2.3e-16) * (8 + k);
                for (int i = 0; i < m; i++)
                {
                    for (int j = 0; j < cRow; j++)
                    {
                        T before = start.Span[(i * cRow) + j], got = c.Span[(i * cRow) + j];
                        if (j >= n)
                        {
                            Assert.Equal(before, got);
                            continue;
                        }
                        if (large && ((i * 131) + j) % 97 != 0)
                        {
                            continue;
                        }
                        nint row = i * aRow, column = j * bColumn;
                        if (fused)
                        {
                            T wanted = ByTheRule(
                                k, p => pointerA[row + (p * aColumn)], p => pointerB[column + (p * bRow)], accumulate ? before : null);
                            Assert.Equal(wanted, got);
                        }
                        double sum = accumulate ? double.CreateChecked(before) : 0;
                        for (int p = 0; p < k; p++)
                        {
                            sum += double.CreateChecked(pointerA[row + (p * aColumn)]) * double.CreateChecked(pointerB[column + (p * bRow)]);
                        }
                        Assert.InRange(double.CreateChecked(got), sum - tolerance, sum + tolerance);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void FloatEqualsTheRuleAndTheDoubleSum(int m, int n, int k) => Check<float>(m, n, k, threads: 1);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void DoubleEqualsTheRuleAndTheDoubleSum(int m, int n, int k) => Check<double>(m, n, k, threads: 3);

    [Fact]
    public void ThreadsDoNotChangeABit()
    {
        foreach ((int m, int n, int k) in new[] { (300, 200, 500), (1, 5000, 300), (5000, 1, 300), (64, 64, 64), (90, 1000, 1100) })
        {
            Random random = new(k);
            using Native<float> a = Native<float>.Random(m * k, random), b = Native<float>.Random(k * n, random);
            using Native<float> one = new(m * n), four = new(m * n);
            ThreadsCollection.With(1, () => Gemm.Run(m, n, k, a.Pointer, k, 1, b.Pointer, n, 1, one.Pointer, n, accumulate: false));
            ThreadsCollection.With(4, () => Gemm.Run(m, n, k, a.Pointer, k, 1, b.Pointer, n, 1, four.Pointer, n, accumulate: false));
            Assert.True(one.Span.SequenceEqual(four.Span));
        }
    }

    [Fact]
    public void ThreadsDoNotChangeABitOfRandomShapesAndStrides()
    {
        Random random = new(11);
        for (int i = 0; i < 40; i++)
        {
            int m = random.Next(1, 301), n = random.Next(1, 301), k = random.Next(1, 301);
            int aRow = k + random.Next(5), bRow = n + random.Next(5), bColumnRow = k + random.Next(5), cRow = n + random.Next(5);
            bool transposed = random.Next(2) == 0;
            using Native<float> a = Native<float>.Random(m * aRow, random);
            using Native<float> b = Native<float>.Random(Math.Max(k * bRow, n * bColumnRow), random);
            using Native<float> one = new(m * cRow), three = new(m * cRow);
            foreach ((int threads, Native<float> c) in new[] { (1, one), (3, three) })
            {
                float* pointer = c.Pointer;
                ThreadsCollection.With(threads, () => Gemm.Run(
                    m, n, k, a.Pointer, aRow, 1, b.Pointer, transposed ? 1 : bRow, transposed ? bColumnRow : 1, pointer, cRow, accumulate: false));
            }
            Assert.True(one.Span.SequenceEqual(three.Span), $"{m} x {k} x {n}");
            for (int check = 0; check < 20; check++)
            {
                (int row, int column) = (random.Next(m), random.Next(n));
                nint atB = transposed ? column * bColumnRow : column, step = transposed ? 1 : bRow;
                double sum = 0, size = 0;
                for (int p = 0; p < k; p++)
                {
                    double product = (double)a.Pointer[(row * aRow) + p] * b.Pointer[atB + (p * step)];
                    sum += product;
                    size += Math.Abs(product);
                }
                Assert.Equal(sum, one.Span[(row * cRow) + column], 1e-6 * (1 + size));
            }
        }
    }

    [Fact]
    public void ARowIsTheSameInEveryBatch()
    {
        const int m = 150, n = 70, k = 700;
        Random random = new(5);
        using Native<float> a = Native<float>.Random(m * k, random), b = Native<float>.Random(k * n, random), all = new(m * n), row = new(n);
        Gemm.Run(m, n, k, a.Pointer, k, 1, b.Pointer, n, 1, all.Pointer, n, accumulate: false);
        for (int i = 0; i < m; i++)
        {
            Gemm.Run(1, n, k, a.Pointer + (i * k), k, 1, b.Pointer, n, 1, row.Pointer, n, accumulate: false);
            Assert.True(row.Span.SequenceEqual(all.Span.Slice(i * n, n)));
        }
    }

    [Fact]
    public void AStrideOfZeroRepeats()
    {
        const int m = 30, n = 45, k = 20;
        Random random = new(6);
        using Native<double> a = Native<double>.Random(k, random), b = Native<double>.Random(k, random), c = new(m * n);
        Gemm.Run(m, n, k, a.Pointer, 0, 1, b.Pointer, 1, 0, c.Pointer, n, accumulate: false);
        double sum = 0;
        for (int p = 0; p < k; p++)
        {
            sum += a.Span[p] * b.Span[p];
        }
        foreach (double value in c.Span)
        {
            Assert.Equal(sum, value, 1e-13);
        }
    }

    [Fact]
    public void WideStridesReadWhatTheySay()
    {
        const int m = 37, n = 41, k = 29;
        Random random = new(8);
        // Every second row and third column of larger matrices, and rows that run backwards.
        using Native<float> a = Native<float>.Random(m * 2 * k * 3, random), b = Native<float>.Random(k * 2 * n * 3, random), c = new(m * n);
        nint aRow = -2 * k * 3, bRow = 2 * n * 3;
        float* lastRow = a.Pointer - ((m - 1) * aRow);
        Gemm.Run(m, n, k, lastRow, aRow, 3, b.Pointer, bRow, 3, c.Pointer, n, accumulate: false);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int p = 0; p < k; p++)
                {
                    sum += (double)lastRow[(i * aRow) + (p * 3)] * b.Pointer[(p * bRow) + (j * 3)];
                }
                Assert.Equal(sum, c.Span[(i * n) + j], 1e-5);
            }
        }
    }

    [Fact]
    public void EmptyExtents()
    {
        using Native<float> a = new(12), b = new(12), c = new([1, 2, 3, 4, 5, 6]);
        Gemm.Run(2, 3, 0, a.Pointer, 0, 1, b.Pointer, 3, 1, c.Pointer, 3, accumulate: true);
        Assert.Equal([1f, 2, 3, 4, 5, 6], c.Span.ToArray());
        Gemm.Run(0, 3, 4, a.Pointer, 4, 1, b.Pointer, 3, 1, c.Pointer, 3, accumulate: false);
        Gemm.Run(2, 0, 4, a.Pointer, 4, 1, b.Pointer, 0, 1, c.Pointer, 3, accumulate: false);
        Assert.Equal([1f, 2, 3, 4, 5, 6], c.Span.ToArray());
        Gemm.Run(2, 2, 0, a.Pointer, 0, 1, b.Pointer, 2, 1, c.Pointer, 3, accumulate: false);
        Assert.Equal([0f, 0, 3, 0, 0, 6], c.Span.ToArray());
    }

    [Theory]
    [InlineData(1, 40)]
    [InlineData(20, 40)]
    [InlineData(20, 1)]
    public void NaNAndInfinityStayInTheirRow(int m, int n)
    {
        const int k = 33;
        Random random = new(9);
        using Native<float> a = Native<float>.Random(m * k, random), b = new(k * n), c = new(m * n);
        b.Span.Fill(1);
        a.Span[((m - 1) * k) + 7] = float.NaN;
        if (m > 1)
        {
            a.Span[k + 3] = float.PositiveInfinity;
        }
        Gemm.Run(m, n, k, a.Pointer, k, 1, b.Pointer, n, 1, c.Pointer, n, accumulate: false);
        for (int i = 0; i < m; i++)
        {
            foreach (float value in c.Span.Slice(i * n, n))
            {
                Assert.Equal(i == m - 1, float.IsNaN(value));
                Assert.Equal(i == 1 && m > 1, float.IsPositiveInfinity(value));
            }
        }
    }

    [Theory]
    [InlineData(0, 3, 4, 5)]
    [InlineData(1, 3, 4, 5)]
    [InlineData(50, 3, 4, 5)]
    [InlineData(7, 64, 48, 40)]
    [InlineData(2, 300, 250, 260)]
    public void BatchesEqualSingleProducts(int batches, int m, int n, int k)
    {
        Random random = new(batches);
        using Native<float> a = Native<float>.Random(Math.Max(1, batches) * m * k, random);
        using Native<float> b = Native<float>.Random(Math.Max(1, batches) * k * n, random);
        foreach (nint bBatch in new[] { (nint)k * n, 0 })
        {
            foreach (bool accumulate in new[] { false, true })
            {
                using Native<float> wanted = new(batches * m * n), got = new(batches * m * n);
                for (int i = 0; i < batches; i++)
                {
                    Gemm.Run(m, n, k, a.Pointer + (i * m * k), k, 1, b.Pointer + (i * bBatch), n, 1, wanted.Pointer + (i * m * n), n, accumulate);
                }
                Gemm.RunBatch(
                    batches, m, n, k, a.Pointer, k, 1, b.Pointer, n, 1, got.Pointer, n, (nint)m * k, bBatch, (nint)m * n, accumulate);
                Assert.True(wanted.Span.SequenceEqual(got.Span));
            }
        }
    }

    [Fact]
    public void AProductAllocatesNothing()
    {
        const int size = 100;
        using Native<float> a = Native<float>.Random(size * size, new Random(1)), c = new(size * size);
        Gemm.Run(size, size, size, a.Pointer, size, 1, a.Pointer, 1, size, c.Pointer, size, accumulate: false);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Gemm.Run(size, size, size, a.Pointer, size, 1, a.Pointer, 1, size, c.Pointer, size, accumulate: false);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
