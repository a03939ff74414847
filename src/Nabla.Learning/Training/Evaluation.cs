using System.Globalization;
using System.Numerics;

namespace Nabla;

/// <summary>How a model does on samples that it does not learn from.</summary>
/// <param name="MeanLoss">The mean loss over the samples.</param>
/// <param name="Confusion">How often each class was taken for each.</param>
public sealed record Evaluation(double MeanLoss, ConfusionMatrix Confusion)
{
    /// <summary>The share classified right, in [0, 1].</summary>
    public double Accuracy => Confusion.Accuracy;

    /// <summary>How many samples.</summary>
    public long Count => Confusion.Total;

    /// <summary><c>accuracy 97.13 %, loss 0.0952 (10000 samples)</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"accuracy {100 * Accuracy:0.00} %, loss {MeanLoss:0.0000} ({Count} samples)");

    /// <summary>Runs a classifier over all samples of a data set, in batches, and judges it.</summary>
    /// <param name="model">From [batch, sample shape…] to logits [batch, classes].</param>
    /// <param name="dataset">The samples.</param>
    /// <param name="loss">From logits and classes to the mean loss of a batch; null is <see cref="Loss.CrossEntropy"/>.</param>
    /// <param name="batchSize">How many samples at a time; it changes speed and memory, and results by rounding alone.</param>
    /// <param name="cancellation">Asked before each batch.</param>
    /// <exception cref="ShapeException">The model does not give [batch, classes].</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Evaluation Of(
        Module model, Dataset dataset, Func<Tensor, Tensor, Tensor>? loss = null, int batchSize = 256, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        DataLoader loader = new(dataset, batchSize, shuffle: false);
        ConfusionMatrix confusion = new(dataset.Classes);
        double total = 0;
        using NoGradient.Section section = NoGradient.Begin();
        foreach (Batch batch in loader.Epoch(0))
        {
            cancellation.ThrowIfCancellationRequested();
            using Scope scope = Scope.Begin();
            Tensor logits = model.Apply(batch.Inputs);   // [batch, classes]
            if (logits.Rank != 2 || logits.Shape[0] != batch.Count || logits.Shape[1] != dataset.Classes.Length)
            {
                throw new ShapeException($"an evaluation needs logits [{batch.Count}, {dataset.Classes.Length}] of {dataset.Name}, "
                    + $"got {logits.Shape} from {model.Summary}; give the last layer as many outputs as there are classes");
            }
            total += (loss ?? Loss.CrossEntropy)(logits, batch.Targets).Item() * batch.Count;
            int[] predicted = Classes(logits);
            ReadOnlySpan<int> actual = batch.Targets.AsSpan<int>();
            for (int row = 0; row < predicted.Length; row++) confusion.Add(actual[row], predicted[row]);
        }
        return new(total / dataset.Count, confusion);
    }

    /// <summary>In each row the place of the largest logit, the first one at ties. A NaN is the smallest.</summary>
    internal static int[] Classes(Tensor logits)
    {
        int[] classes = new int[logits.Shape[0]];
        if (logits.DType == DType.Float32) Find(logits.AsSpan<float>(), classes);
        else Find(logits.AsSpan<double>(), classes);
        return classes;

        static void Find<T>(ReadOnlySpan<T> values, int[] classes)
            where T : IFloatingPointIeee754<T>
        {
            int width = classes.Length == 0 ? 0 : values.Length / classes.Length;
            for (int row = 0; row < classes.Length; row++)
            {
                ReadOnlySpan<T> logits = values.Slice(row * width, width);
                for (int i = 1; i < width; i++)
                    if (logits[i] > logits[classes[row]] || T.IsNaN(logits[classes[row]])) classes[row] = i;
            }
        }
    }
}
