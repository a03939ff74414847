using System.Collections.Immutable;
using Nabla.Operations;

namespace Nabla;

/// <summary>Ten classes of 28 × 28 grey digits that the program draws itself: data for learning where there is no file and no network.</summary>
/// <remarks>
/// Each image is a pure function of (seed, part, index): strokes through jittered points, slanted, turned, stretched, bent, drawn with ink of random
/// thickness, softness and strength, with noise on the paper. Every ten neighbours hold each digit once, in a random order.
/// </remarks>
public static class Digits
{
    internal const string Description = "Synthetic 28 × 28 grey digits, drawn by the program from random strokes; no person wrote them.";

    private enum Part : ulong
    {
        Train = 0,
        Test = 1,
    }

    /// <summary>Draws a training set and a test set. They share no image.</summary>
    /// <param name="seed">Which digits; the same seed gives the same bytes on every machine and with any number of threads.</param>
    /// <param name="trainCount">How many to learn from, at least 1. A larger count only adds images at the end.</param>
    /// <param name="testCount">How many to judge by, at least 1.</param>
    /// <exception cref="DataException">A count is below 1, or its images do not fit one array (2,739,137 of them do).</exception>
    public static DatasetPair Create(ulong seed = 1, int trainCount = 20000, int testCount = 4000) =>
        new(Draw(seed, Part.Train, trainCount), Draw(seed, Part.Test, testCount));

    private static Dataset Draw(ulong seed, Part part, int count)
    {
        const int pixels = DigitPainter.Side * DigitPainter.Side;
        int most = Array.MaxLength / pixels;
        if (count < 1 || count > most)
        {
            throw new DataException($"digits: a part needs 1 to {most} images, got {count}");
        }
        byte[] images = new byte[count * pixels];
        int[] labels = new int[count];
        ulong key = Philox.Derive(seed, (ulong)part);
        // Pieces of fixed size: which thread draws a piece changes nothing, since an image depends on its index alone.
        const int piece = 128;
        Parallel.For(0, (count + piece - 1) / piece, p =>
        {
            for (int i = p * piece; i < Math.Min((p + 1) * piece, count); i++)
            {
                labels[i] = LabelOf(key, i);
                DigitPainter.Draw(labels[i], Philox.Derive(key, (ulong)i), images.AsSpan(i * pixels, pixels));
            }
        });
        ImmutableArray<string> classes = [.. Enumerable.Range(0, 10).Select(digit => digit.ToString())];
        return Dataset.FromBytes("digits", Description, [1, DigitPainter.Side, DigitPainter.Side], images, labels, classes);
    }

    /// <summary>The digit at an index: ten neighbours are a random order of 0 to 9.</summary>
    private static int LabelOf(ulong key, int index)
    {
        // The highest bit keeps the streams of the orders apart from those of the images.
        var random = new DigitRandom(Philox.Derive(key, (1UL << 63) | (uint)index / 10));
        Span<int> order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        for (int last = order.Length - 1; last > 0; last--)
        {
            int other = random.Below(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }
        return order[index % 10];
    }
}
