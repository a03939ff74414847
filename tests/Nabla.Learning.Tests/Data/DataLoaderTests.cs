namespace Nabla.Learning.Tests;

[Collection(ProcessWideTests.Name)]
public class DataLoaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AnEpochHasEverySampleOnceWithItsClass(int threads)
    {
        using ThreadCount count = new(threads);
        Dataset dataset = Numbers(23);
        DataLoader loader = new(dataset, 5, seed: 7);
        Assert.Equal(5, loader.StepsPerEpoch);
        List<int> seen = [], sizes = [];
        foreach (Batch batch in loader.Epoch(3))
        {
            sizes.Add(batch.Count);
            Assert.Equal([batch.Count, 2], batch.Inputs.Shape.ToArray());
            Assert.True(batch.Inputs.IsConstant);
            for (int i = 0; i < batch.Count; i++)
            {
                int index = batch.Indices.Span[i];
                seen.Add(index);
                Assert.Equal([index, index + 0.5f], batch.Inputs.AsSpan<float>().Slice(2 * i, 2).ToArray());
                Assert.Equal(index % 3, batch.Targets.AsSpan<int>()[i]);
            }
        }
        Assert.Equal([5, 5, 5, 5, 3], sizes);
        Assert.Equal(loader.Order(3), seen);
        Assert.Equal(Enumerable.Range(0, 23), seen.Order());
    }

    [Fact]
    public void TheOrderDependsOnSeedAndEpochAlone()
    {
        Dataset dataset = Numbers(50);
        Assert.Equal(new DataLoader(dataset, 7, seed: 1).Order(2), new DataLoader(dataset, 50, seed: 1).Order(2));
        Assert.NotEqual(new DataLoader(dataset, 7, seed: 1).Order(2), new DataLoader(dataset, 7, seed: 1).Order(3));
        Assert.NotEqual(new DataLoader(dataset, 7, seed: 1).Order(2), new DataLoader(dataset, 7, seed: 2).Order(2));
        Assert.Equal(Enumerable.Range(0, 50), new DataLoader(dataset, 7, shuffle: false).Order(9));
    }

    [Fact]
    public void EachOrderIsAsLikelyAsAnother()
    {
        // 6 orders of 3 samples over 6,000 epochs: 1,000 each is expected; six standard deviations are 173.
        DataLoader loader = new(Numbers(3), 3, seed: 4);
        Dictionary<string, int> counts = [];
        for (int epoch = 0; epoch < 6000; epoch++)
        {
            string order = string.Join("", loader.Order(epoch));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 827, 1173));
    }

    [Fact]
    public void TheLastBatchCanBeDropped()
    {
        DataLoader loader = new(Numbers(23), 5, dropLast: true);
        Assert.Equal(4, loader.StepsPerEpoch);
        Assert.Equal([5, 5, 5, 5], loader.Epoch(0).Select(batch => batch.Count));
        Assert.Equal([3], new DataLoader(Numbers(3), 100).Epoch(0).Select(batch => batch.Count));
    }

    [Fact]
    public void AnEpochCanBeginAtAnyStep()
    {
        DataLoader loader = new(Numbers(23), 5);
        int[][] all = [.. loader.Epoch(1).Select(batch => batch.Indices.ToArray())];
        Assert.Equal(all[2..], loader.Epoch(1, firstStep: 2).Select(batch => batch.Indices.ToArray()));
        Assert.Empty(loader.Epoch(1, firstStep: 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.Epoch(1, firstStep: 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.Epoch(-1));
    }

    [Fact]
    public void BatchesTakeTurnsInTwoBuffersThatNeverMove()
    {
        DataLoader loader = new(Numbers(40), 5);
        Tensor[] inputs = [.. loader.Epoch(0).Concat(loader.Epoch(1)).Select(batch => batch.Inputs)];
        Assert.Equal(2, inputs.Distinct().Count());
        for (int i = 2; i < inputs.Length; i++) Assert.Same(inputs[i - 2], inputs[i]);
    }

    [Fact]
    public void TwoEpochsAtOnceAreRefused()
    {
        DataLoader loader = new(Numbers(10), 5);
        foreach (Batch batch in loader.Epoch(0))
        {
            Assert.Contains("one epoch at a time", Assert.Throws<InvalidOperationException>(() => loader.Epoch(1).First()).Message);
            break;
        }
        // Leaving the first loop frees the loader.
        Assert.Equal(2, loader.Epoch(1).Count());
    }

    [Fact]
    public void BytesBecomeSharesOf255()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        Dataset dataset = Dataset.FromBytes("bytes", "All bytes.", [1, 16, 16], bytes, new int[] { 0 }, ["one"]);
        Batch batch = new DataLoader(dataset, 1).Epoch(0).First();
        Assert.Equal([1, 1, 16, 16], batch.Inputs.Shape.ToArray());
        Assert.Equal(Enumerable.Range(0, 256).Select(value => value / 255f), batch.Inputs.ToArray<float>());
    }

    [Fact]
    public void RefusesABatchOfNothing() =>
        Assert.Contains("got 0", Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(Numbers(3), 0)).Message);

    /// <summary>Sample i is (i, i + 0.5), of class i mod 3.</summary>
    private static Dataset Numbers(int count) => Dataset.FromFloats(
        "numbers", "Numbers that say which sample they are of.", [2],
        Enumerable.Range(0, 2 * count).Select(i => (i / 2) + (i % 2 * 0.5f)).ToArray(),
        Enumerable.Range(0, count).Select(i => i % 3).ToArray(), ["a", "b", "c"]);
}
