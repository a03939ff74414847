using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Nabla.Learning.Tests;

public class DigitsTests
{
    [Fact]
    public void The_first_hundred_digits_of_seed_1_are_the_same_bytes_on_every_machine()
    {
        Dataset train = Digits.Create(seed: 1, trainCount: 100, testCount: 1).Train;
        string sum = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(Values(train).AsSpan())));
        Assert.Equal("d5a431205bb2242c335444eab11707fad0ce4842459058701fc12c19f9dc788e", sum);
    }

    [Fact]
    public void A_digit_depends_on_seed_part_and_index_alone()
    {
        DatasetPair few = Digits.Create(seed: 7, trainCount: 130, testCount: 50), more = Digits.Create(seed: 7, trainCount: 1000, testCount: 300);
        Assert.Equal(Values(few.Train), Values(more.Train.Take(130)));
        Assert.Equal(Values(few.Test), Values(more.Test.Take(50)));
        Assert.Equal(few.Train.Labels.ToArray(), more.Train.Take(130).Labels.ToArray());
    }

    [Fact]
    public void Another_seed_and_the_other_part_are_other_digits()
    {
        DatasetPair one = Digits.Create(seed: 1, trainCount: 50, testCount: 50), two = Digits.Create(seed: 2, trainCount: 50, testCount: 50);
        HashSet<string> images = [.. new[] { one.Train, one.Test, two.Train, two.Test }.SelectMany(Images)];
        Assert.Equal(200, images.Count);
    }

    [Fact]
    public void Ten_neighbours_hold_each_digit_once_and_not_in_one_order()
    {
        int[] labels = Digits.Create(seed: 3, trainCount: 500, testCount: 1).Train.Labels.ToArray();
        int[][] tens = [.. labels.Chunk(10)];
        Assert.All(tens, ten => Assert.Equal(Enumerable.Range(0, 10), ten.Order()));
        Assert.True(tens.Select(ten => string.Concat(ten)).Distinct().Count() > 40);
    }

    [Fact]
    public void Digits_lie_in_the_middle_and_differ_by_class_more_than_by_chance()
    {
        Dataset train = Digits.Create(seed: 5, trainCount: 2000, testCount: 1).Train;
        float[] image = new float[784];
        double[,] means = new double[10, 784];
        for (int i = 0; i < train.Count; i++)
        {
            train.CopySample(i, image);
            double ink = 0, x = 0, y = 0;
            for (int p = 0; p < 784; p++)
            {
                Assert.InRange(image[p], 0, 1);
                means[train.Labels.Span[i], p] += image[p] / 200;
                (ink, x, y) = (ink + image[p], x + image[p] * (p % 28), y + image[p] * (p / 28));
            }
            // 784 pixels with neither too little nor too much ink, whose weight lies within 6 pixels of the middle.
            Assert.InRange(ink, 10, 300);
            Assert.InRange(x / ink, 7.5, 19.5);
            Assert.InRange(y / ink, 7.5, 19.5);
        }

        // The nearest mean is the simplest judge there is; a guess is right once in ten.
        int right = 0;
        for (int i = 0; i < train.Count; i++)
        {
            train.CopySample(i, image);
            int nearest = Enumerable.Range(0, 10).MinBy(digit => Enumerable.Range(0, 784).Sum(p => Math.Pow(image[p] - means[digit, p], 2)));
            right += nearest == train.Labels.Span[i] ? 1 : 0;
        }
        Assert.InRange(right, 1200, 1900);
    }

    [Fact]
    public void They_say_that_they_are_synthetic()
    {
        Dataset test = Digits.Create(trainCount: 1, testCount: 3).Test;
        Assert.Contains("Synthetic", test.Description);
        Assert.Equal([1, 28, 28], test.SampleShape.ToArray());
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], test.Classes.ToArray());
        Assert.Equal(3, test.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    [InlineData(int.MaxValue, 1)]
    public void A_count_that_fits_no_array_is_refused(int train, int test) =>
        Assert.Contains("needs 1 to 2739137 images", Assert.Throws<DataException>(() => Digits.Create(1, train, test)).Message);

    private static float[] Values(Dataset data)
    {
        float[] values = new float[data.Count * data.SampleSize];
        for (int i = 0; i < data.Count; i++)
        {
            data.CopySample(i, values.AsSpan(i * data.SampleSize, data.SampleSize));
        }
        return values;
    }

    private static IEnumerable<string> Images(Dataset data) =>
        Values(data).Chunk(data.SampleSize).Select(image => Convert.ToHexString(MemoryMarshal.AsBytes(image.AsSpan())));
}
