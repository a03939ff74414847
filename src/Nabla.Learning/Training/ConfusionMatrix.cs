using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>How often each class was taken for each.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[,] counts;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="classes">The names of the classes, at least one.</param>
    public ConfusionMatrix(ImmutableArray<string> classes)
    {
        if (classes.IsDefaultOrEmpty) throw new ArgumentException("a confusion matrix needs at least one class, got none", nameof(classes));
        Classes = classes;
        counts = new long[classes.Length, classes.Length];
    }

    /// <summary>The names of the classes, in the order of their indices.</summary>
    public ImmutableArray<string> Classes { get; }

    /// <summary>How many samples of a class were taken for another, or for itself.</summary>
    /// <param name="actual">The class they have.</param>
    /// <param name="predicted">The class they were taken for.</param>
    public long this[int actual, int predicted] => counts[actual, predicted];

    /// <summary>How many samples were counted.</summary>
    public long Total => counts.Cast<long>().Sum();

    /// <summary>How many samples were classified right.</summary>
    public long Correct => Enumerable.Range(0, Classes.Length).Sum(i => counts[i, i]);

    /// <summary>The share classified right, in [0, 1]; NaN where nothing was counted.</summary>
    public double Accuracy => (double)Correct / Total;

    /// <summary>Of the samples of a class, the share that was recognised; NaN where there were none.</summary>
    public double Recall(int actual) =>
        (double)counts[actual, actual] / Enumerable.Range(0, Classes.Length).Sum(i => counts[actual, i]);

    /// <summary>Of the samples taken for a class, the share that was of it; NaN where there were none.</summary>
    public double Precision(int predicted) =>
        (double)counts[predicted, predicted] / Enumerable.Range(0, Classes.Length).Sum(i => counts[i, predicted]);

    /// <summary>Counts one sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of the two is no class.</exception>
    public void Add(int actual, int predicted)
    {
        if ((uint)actual >= (uint)Classes.Length || (uint)predicted >= (uint)Classes.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(actual), $"the classes are 0 to {Classes.Length - 1}, got a sample of {actual} taken for {predicted}");
        }
        counts[actual, predicted]++;
    }

    /// <summary>A row for each actual class, a column for each predicted one, and each class's recall at the end of its row.</summary>
    public override string ToString()
    {
        int names = Math.Max("actual".Length, Classes.Max(name => name.Length));
        string largest = counts.Cast<long>().Max().ToString(CultureInfo.InvariantCulture);
        int width = Math.Max(Digits - 1, largest.Length) + 1;
        StringBuilder text = new("actual".PadRight(names + Digits));
        for (int i = 0; i < Classes.Length; i++) text.Append($"{i}".PadLeft(width));
        text.Append("  recall");
        for (int actual = 0; actual < Classes.Length; actual++)
        {
            text.Append('\n').Append($"{actual}".PadLeft(Digits - 1)).Append(' ').Append(Classes[actual].PadRight(names));
            for (int predicted = 0; predicted < Classes.Length; predicted++) text.Append($"{counts[actual, predicted]}".PadLeft(width));
            double recall = Recall(actual);
            text.Append("  ").Append(double.IsNaN(recall) ? "-" : recall.ToString("0.000", CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }

    private int Digits => (Classes.Length - 1).ToString(CultureInfo.InvariantCulture).Length + 1;
}
