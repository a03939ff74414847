using Nabla.Operations;

namespace Nabla.Tests;

public class RandomTests
{
    /// <summary>The known answers of philox4x32-10 published with Random123 (kat_vectors).</summary>
    [Theory]
    [InlineData(0UL, 0UL, 0UL, 0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU)]
    [InlineData(0x299f31d0_a4093822UL, 0x85a308d3_243f6a88UL, 0x03707344_13198a2eUL, 0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U)]
    public void PhiloxGivesThePublishedAnswers(ulong key, ulong low, ulong high, uint a, uint b, uint c, uint d) =>
        Assert.Equal((a, b, c, d), Philox.Words(key, low, high));

    [Fact]
    public void UnitNumbersLieBelowOne()
    {
        Assert.Equal((0f, 0.0), (Philox.ToUnitFloat(0), Philox.ToUnitDouble(0, 0)));
        Assert.True(Philox.ToUnitFloat(uint.MaxValue) < 1 && Philox.ToUnitDouble(uint.MaxValue, uint.MaxValue) < 1);
        Assert.Equal(0.5f, Philox.ToUnitFloat(0x8000_0000));
        Assert.Equal(0.5, Philox.ToUnitDouble(0x8000_0000, 0));
    }

    [Fact]
    public void DerivedKeysDiffer()
    {
        ulong[] keys = [.. Enumerable.Range(0, 1000).SelectMany(i => new[] { Philox.Derive(1, (ulong)i), Philox.Derive(2, (ulong)i) })];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void NormalNumbersAreNormal()
    {
        foreach (DType type in new[] { DType.Float32, DType.Float64 })
        {
            double[] values = RandomKey.FromSeed(3).Normal([200_000], mean: 1, deviation: 2, dtype: type).ToDoubles();
            double mean = values.Average(), deviation = Math.Sqrt(References.Variance(values, 1));
            // Five standard errors.
            Assert.InRange(mean, 1 - 0.0224, 1 + 0.0224);
            Assert.InRange(deviation, 2 - 0.0159, 2 + 0.0159);
            foreach (double x in new[] { -2.0, -1, 0, 1, 2 })
                Assert.Equal(0.5 * Series.Erfc(-x / Math.Sqrt(2)), values.Count(value => (value - 1) / 2 < x) / 200_000.0, 0.006);
        }
    }

    [Fact]
    public void UniformNumbersFillTheirInterval()
    {
        float[] values = RandomKey.FromSeed(4).Uniform([100_000], 2, 5).ToArray<float>();
        Assert.All(values, value => Assert.True(value is >= 2 and < 5));
        for (int part = 0; part < 10; part++) Assert.InRange(values.Count(value => (int)((value - 2) / 0.3) == part), 9500, 10_500);
    }

    [Fact]
    public void APermutationHasEachNumberOnceAndEachOrderAsOften()
    {
        Assert.Equal(Enumerable.Range(0, 1000), RandomKey.FromSeed(5).Permutation(1000).ToArray<int>().Order());
        RandomKey key = RandomKey.FromSeed(6);
        int[] counts = [.. Enumerable.Range(0, 6000).Select(i =>
            string.Concat(key.At(i).Permutation(3).ToArray<int>())).GroupBy(order => order).Select(group => group.Count())];
        Assert.Equal(6, counts.Length);
        Assert.All(counts, count => Assert.InRange(count, 850, 1150));
        Assert.Equal(0, key.Permutation(0).Count);
    }

    [Fact]
    public void KeysOfNumbersStepsAndCellsAgree()
    {
        RandomKey key = RandomKey.FromSeed(9);
        long[] expected = key.At(4).Bits.ToArray<long>();
        Assert.Equal(expected, key.At(Tensor.From([4], [])).Bits.ToArray<long>());
        Assert.Equal(expected, key.At(Tensor.From([4L], [])).Bits.ToArray<long>());
        Assert.Equal(expected, key.At((Tensor)4).Bits.ToArray<long>());
        Assert.NotEqual(expected, key.At(5).Bits.ToArray<long>());
    }
}
