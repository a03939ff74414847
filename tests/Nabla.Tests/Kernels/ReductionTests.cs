using System.Numerics;
using Nabla.Kernels;

namespace Nabla.Tests.Kernels;

[Collection("threads")]
public sealed unsafe class ReductionTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 3, 7, 1 }, { 5, 64, 1 }, { 2, 255, 1 }, { 2, 1023, 1 }, { 2, 1025, 1 }, { 1, 100_003, 1 }, { 3, 40_000, 1 }, { 700, 10, 1 },
        { 1, 32_768, 1 }, { 1, 32_769, 1 }, { 2, 3, 2 }, { 4, 31, 15 }, { 2, 5, 70 }, { 1, 2000, 67 }, { 3, 1, 129 }, { 1, 300, 1100 },
        { 64, 9, 25 }, { 0, 4, 3 }, { 4, 3, 0 }, { 1, 16, 4096 },
    };

    private static void Check<T>(int outer, int reduce, int inner, Func<Random, T> draw, double tolerance) where T : unmanaged, INumber<T>
    {
        Random random = new((outer * 1000) + reduce + inner);
        using Native<T> x = new(outer * reduce * inner);
        foreach (ref T value in x.Span)
        {
            value = draw(random);
        }
        int results = outer * inner;
        using Native<T> sum = new(results), max = new(results), min = new(results), running = new(x.Span.Length), back = new(x.Span.Length);
        using Native<int> argMax = new(results), argMin = new(results);
        Reduction.Sum(x.Pointer, sum.Pointer, outer, reduce, inner);
        Reduction.Max(x.Pointer, max.Pointer, outer, reduce, inner);
        Reduction.Min(x.Pointer, min.Pointer, outer, reduce, inner);
        Reduction.ArgMax(x.Pointer, argMax.Pointer, outer, reduce, inner);
        Reduction.ArgMin(x.Pointer, argMin.Pointer, outer, reduce, inner);
        Reduction.CumulativeSum(x.Pointer, running.Pointer, outer, reduce, inner, reverse: false);
        Reduction.CumulativeSum(x.Pointer, back.Pointer, outer, reduce, inner, reverse: true);
        T[] column = new T[reduce];
        for (int i = 0; i < results; i++)
        {
            int first = (i / inner * reduce * inner) + (i % inner);
            for (int p = 0; p < reduce; p++)
            {
                column[p] = x.Span[first + (p * inner)];
            }
            int nan = Array.FindIndex(column, T.IsNaN);
            int highest = nan >= 0 ? nan : Array.IndexOf(column, column.Max()), lowest = nan >= 0 ? nan : Array.IndexOf(column, column.Min());
            Assert.Equal(column[highest], max.Span[i]);
            Assert.Equal(column[lowest], min.Span[i]);
            Assert.Equal(highest, argMax.Span[i]);
            Assert.Equal(lowest, argMin.Span[i]);
            T forward = T.Zero, backward = T.Zero;
            double total = 0;
            for (int p = 0; p < reduce; p++)
            {
                forward += column[p];
                backward += column[reduce - 1 - p];
                total += double.CreateChecked(column[p]);
                Assert.Equal(forward, running.Span[first + (p * inner)]);
                Assert.Equal(backward, back.Span[first + ((reduce - 1 - p) * inner)]);
            }
            if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
            {
                Assert.Equal(total, double.CreateChecked(sum.Span[i]), tolerance * Math.Sqrt(reduce));
            }
            else
            {
                Assert.Equal(forward, sum.Span[i]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void FloatEqualsTheDefinition(int outer, int reduce, int inner) =>
        Check(outer, reduce, inner, random => (random.NextSingle() * 2) - 1, 2e-6);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void DoubleEqualsTheDefinition(int outer, int reduce, int inner) =>
        Check(outer, reduce, inner, random => (random.NextDouble() * 2) - 1, 1e-14);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void IntegersWithTiesEqualTheDefinition(int outer, int reduce, int inner)
    {
        Check(outer, reduce, inner, random => random.Next(-9, 10), 0);
        Check(outer, reduce, inner, random => (long)random.Next(-9, 10), 0);
        Check(outer, reduce, inner, random => (byte)random.Next(0, 256), 0);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void NaNIsTheExtremeAndTheFirstOneIsFound(int outer, int reduce, int inner) =>
        Check(outer, reduce, inner, random => random.Next(300) == 0 ? float.NaN : random.Next(-3, 4), double.PositiveInfinity);

    [Fact]
    public void AnEmptySumIsZero()
    {
        using Native<double> none = new(0), y = new([1, 2, 3, 4, 5, 6]);
        Reduction.Sum(none.Pointer, y.Pointer, 2, 0, 3);
        Assert.Equal(new double[6], y.Span.ToArray());
    }

    [Fact]
    public void LongSumsKeepTheirDigits()
    {
        // One after the other, ten million tenths in float32 would give 1,087,937.
        const int length = 10_000_000;
        using Native<float> x = new(length), y = new(1);
        x.Span.Fill(0.1f);
        Reduction.Sum(x.Pointer, y.Pointer, 1, length, 1);
        Assert.Equal(length * (double)0.1f, y.Span[0], 1.0);
    }

    [Fact]
    public void InfinitiesFollowTheStandard()
    {
        using Native<float> x = new(new float[100]), y = new(1);
        x.Span[70] = float.PositiveInfinity;
        Reduction.Sum(x.Pointer, y.Pointer, 1, 100, 1);
        Assert.Equal(float.PositiveInfinity, y.Span[0]);
        Reduction.Max(x.Pointer, y.Pointer, 1, 100, 1);
        Assert.Equal(float.PositiveInfinity, y.Span[0]);
        x.Span[3] = float.NegativeInfinity;
        Reduction.Sum(x.Pointer, y.Pointer, 1, 100, 1);
        Assert.True(float.IsNaN(y.Span[0]));
    }

    [Theory]
    [InlineData(1, 1_000_003, 1)]
    [InlineData(3, 50_000, 1)]
    [InlineData(1, 5000, 300)]
    [InlineData(900, 100, 1)]
    public void ThreadsDoNotChangeABit(int outer, int reduce, int inner)
    {
        using Native<float> x = Native<float>.Random(outer * reduce * inner, new Random(4)), one = new(outer * inner), four = new(outer * inner);
        ThreadsCollection.With(1, () => Reduction.Sum(x.Pointer, one.Pointer, outer, reduce, inner));
        ThreadsCollection.With(4, () => Reduction.Sum(x.Pointer, four.Pointer, outer, reduce, inner));
        Assert.True(one.Span.SequenceEqual(four.Span));
    }

    [Fact]
    public void ARunningSumMayReplaceItsInput()
    {
        using Native<int> x = new([1, 2, 3, 4, 5, 6]);
        Reduction.CumulativeSum(x.Pointer, x.Pointer, 1, 3, 2, reverse: false);
        Assert.Equal([1, 2, 4, 6, 9, 12], x.Span.ToArray());
    }
}
