using Nabla.Operations;

namespace Nabla;

/// <summary>Hands out a data set in batches, in an order that depends on seed and epoch alone.</summary>
/// <remarks>
/// Batches lie in a pair of buffers that never move: while one is used, a thread fills the other. With one thread (<see cref="Threads"/>), as in
/// browsers,
/// each is filled when it is asked for; the bytes are the same.
/// </remarks>
public sealed class DataLoader
{
    private readonly Slot[] slots;
    private readonly Slot? last;
    private int reading;

    /// <summary>A loader.</summary>
    /// <param name="dataset">The samples.</param>
    /// <param name="batchSize">How many samples at a time, at least 1; more than there are counts as all of them.</param>
    /// <param name="seed">What the order is drawn from.</param>
    /// <param name="shuffle">Whether each epoch has an order of its own; false takes the samples as they stand.</param>
    /// <param name="dropLast">Whether the samples that do not fill a last batch are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    public DataLoader(Dataset dataset, int batchSize, ulong seed = 1, bool shuffle = true, bool dropLast = false)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (batchSize < 1) throw new ArgumentOutOfRangeException(nameof(batchSize), batchSize, $"a batch needs at least 1 sample, got {batchSize}");
        Dataset = dataset;
        BatchSize = Math.Min(batchSize, dataset.Count);
        Seed = seed;
        Shuffle = shuffle;
        DropLast = dropLast;
        int rest = dropLast ? 0 : dataset.Count % BatchSize;
        slots = [new(dataset, BatchSize), new(dataset, BatchSize)];
        last = rest == 0 ? null : new(dataset, rest);
        StepsPerEpoch = (dataset.Count / BatchSize) + (rest == 0 ? 0 : 1);
    }

    /// <summary>The samples.</summary>
    public Dataset Dataset { get; }

    /// <summary>How many samples a batch has; the last one of an epoch may have fewer.</summary>
    public int BatchSize { get; }

    /// <summary>What the order is drawn from.</summary>
    public ulong Seed { get; }

    /// <summary>Whether each epoch has an order of its own.</summary>
    public bool Shuffle { get; }

    /// <summary>Whether the samples that do not fill a last batch are left out.</summary>
    public bool DropLast { get; }

    /// <summary>How many batches an epoch has.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>The order of an epoch: every sample's index once.</summary>
    /// <param name="epoch">Its number, at least 0.</param>
    /// <remarks>
    /// R. Durstenfeld, <i>Algorithm 235: Random permutation</i>, CACM 7, 1964, with Philox's words of the key (seed, epoch). A choice among n by 64
    /// random
    /// bits is off by at most n / 2⁶⁴.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is negative.</exception>
    public int[] Order(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        int[] order = new int[Dataset.Count];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        if (!Shuffle) return order;
        ulong key = Philox.Derive(Seed, (ulong)epoch);
        for (int end = order.Length - 1; end > 0; end--)
        {
            (uint high, uint low, _, _) = Philox.Words(key, (ulong)end);
            int other = (int)Math.BigMul(((ulong)high << 32) | low, (ulong)end + 1, out _);
            (order[end], order[other]) = (order[other], order[end]);
        }
        return order;
    }

    /// <summary>The batches of an epoch. Each is valid until the next one is asked for.</summary>
    /// <param name="epoch">Its number, at least 0.</param>
    /// <param name="firstStep">Where to begin, to go on with an epoch that was broken off.</param>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is negative, or the step is not in [0, StepsPerEpoch].</exception>
    /// <exception cref="InvalidOperationException">Another epoch of this loader is being read: both would use the same memory.</exception>
    public IEnumerable<Batch> Epoch(int epoch, int firstStep = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        if (firstStep < 0 || firstStep > StepsPerEpoch)
        {
            throw new ArgumentOutOfRangeException(nameof(firstStep), firstStep,
                $"an epoch of {StepsPerEpoch} steps can begin at step 0 to {StepsPerEpoch}, got {firstStep}");
        }
        return Batches(epoch, firstStep);
    }

    private IEnumerable<Batch> Batches(int epoch, int firstStep)
    {
        if (Interlocked.Exchange(ref reading, 1) == 1)
        {
            throw new InvalidOperationException(
                "a loader reads one epoch at a time, because its batches share memory; finish or leave the other one, or make a second loader");
        }
        Task<Batch>? ahead = null;
        try
        {
            int[] order = Order(epoch);
            for (int step = firstStep; step < StepsPerEpoch; step++)
            {
                Batch batch = ahead is null ? Fill(order, step) : ahead.GetAwaiter().GetResult();
                ahead = Threads.Count > 1 && step + 1 < StepsPerEpoch ? FillAhead(order, step + 1) : null;
                yield return batch;
            }
        }
        finally
        {
            // Nobody may write into the buffers after the reader has left.
            ahead?.Wait();
            Volatile.Write(ref reading, 0);
        }
    }

    private Task<Batch> FillAhead(int[] order, int step) => Task.Run(() => Fill(order, step));

    private Batch Fill(int[] order, int step)
    {
        ReadOnlyMemory<int> indices = order.AsMemory(step * BatchSize, Math.Min(BatchSize, order.Length - (step * BatchSize)));
        Slot slot = indices.Length == BatchSize ? slots[step & 1] : last!;
        return slot.Fill(Dataset, indices);
    }

    /// <summary>The memory of one batch.</summary>
    private sealed class Slot(Dataset dataset, int count)
    {
        private readonly Cell inputs = new Cell(Tensor.Zeros([count, .. dataset.SampleShape]), isConstant: true).Named("inputs");
        private readonly Cell targets = new Cell(Tensor.Zeros([count], DType.Int32), isConstant: true).Named("targets");

        public Batch Fill(Dataset dataset, ReadOnlyMemory<int> indices)
        {
            Span<float> values = inputs.Writable<float>();
            Span<int> classes = targets.Writable<int>();
            int size = dataset.SampleSize;
            for (int i = 0; i < indices.Length; i++)
            {
                int index = indices.Span[i];
                dataset.CopySample(index, values.Slice(i * size, size));
                classes[i] = dataset.Labels.Span[index];
            }
            return new(inputs.Value, targets.Value, indices);
        }
    }
}
