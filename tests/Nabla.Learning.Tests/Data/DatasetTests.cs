using System.Collections.Immutable;

namespace Nabla.Learning.Tests;

public class DatasetTests
{
    private static readonly ImmutableArray<string> TwoClasses = ["no", "yes"];

    [Fact]
    public void Bytes_of_every_value_and_length_are_read_as_the_quotient_by_255()
    {
        foreach (int size in (int[])[1, 7, 31, 32, 33, 64, 256, 784])
        {
            byte[] values = [.. Enumerable.Range(0, 2 * size).Select(i => (byte)(i * 37 + size))];
            Dataset data = Dataset.FromBytes("bytes", "", [size], values, new[] { 0, 1 }, TwoClasses);
            float[] sample = new float[size];
            data.CopySample(1, sample);
            Assert.Equal(values[size..].Select(value => (float)(value / 255.0)), sample);
        }
    }

    [Fact]
    public void Floats_are_read_as_they_are()
    {
        Dataset data = Dataset.FromFloats("floats", "", [2], new float[] { 1, -2, 3.5f, 4 }, new[] { 1, 0 }, TwoClasses);
        float[] sample = new float[2];
        data.CopySample(1, sample);
        Assert.Equal([3.5f, 4f], sample);
        Assert.Equal(2, data.SampleSize);
        Assert.Equal("floats: 2 samples of [2], 2 classes", data.ToString());
    }

    [Fact]
    public void A_slice_of_a_slice_shows_the_samples_and_labels_of_its_range()
    {
        byte[] values = [.. Enumerable.Range(0, 10).Select(i => (byte)(i * 25))];
        Dataset data = Dataset.FromBytes("bytes", "", [1], values, Enumerable.Range(0, 10).Select(i => i % 2).ToArray(), TwoClasses);
        Dataset slice = data.Slice(3, 6).Slice(1, 3);
        float[] sample = new float[1];
        slice.CopySample(2, sample);
        Assert.Equal(6 * 25 / 255f, sample[0]);
        Assert.Equal([0, 1, 0], slice.Labels.ToArray());
        Assert.Equal(data.Slice(0, 4).Labels.ToArray(), data.Take(4).Labels.ToArray());
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, 0)]
    [InlineData(0, 4)]
    [InlineData(2, 2)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void A_range_outside_is_refused(int start, int count)
    {
        Dataset data = Dataset.FromFloats("three", "", [1], new float[3], new int[3], TwoClasses);
        Assert.Contains("three has 3 samples", Assert.Throws<DataException>(() => data.Slice(start, count)).Message);
    }

    [Fact]
    public void A_sample_outside_and_a_wrong_length_are_refused()
    {
        Dataset data = Dataset.FromFloats("three", "", [2], new float[6], new int[3], TwoClasses);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.CopySample(3, new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.CopySample(-1, new float[2]));
        Assert.Contains("2 values, got room for 3", Assert.Throws<ArgumentException>(() => data.CopySample(0, new float[3])).Message);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_both_numbers()
    {
        static string Refusal(ImmutableArray<int> shape, int values, int[] labels, ImmutableArray<string> classes) =>
            Assert.Throws<DataException>(() => Dataset.FromBytes("bytes", "", shape, new byte[values], labels, classes)).Message;

        Assert.Contains("2 · 2 · 3 values, got 11", Refusal([2, 3], 11, [0, 1], TwoClasses));
        Assert.Contains("0 to 1 (2 classes), got 2 at sample 1", Refusal([1], 3, [0, 2, 5], TwoClasses));
        Assert.Contains("got -1 at sample 0", Refusal([1], 1, [-1], TwoClasses));
        Assert.Contains("got [3, 0]", Refusal([3, 0], 0, [0], TwoClasses));
        Assert.Contains("at least one class", Refusal([1], 1, [0], []));
        Assert.Contains("at least one sample", Refusal([1], 0, [], TwoClasses));
        // The product of these extents is 2^64, which an unwatched 64-bit product would take for 0.
        Assert.Contains("got 0", Refusal([65536, 65536, 65536, 65536], 0, [0], TwoClasses));
    }
}
