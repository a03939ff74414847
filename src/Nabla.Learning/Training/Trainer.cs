using System.Diagnostics;

namespace Nabla;

/// <summary>Repeats the training step over epochs and tells how it goes.</summary>
/// <remarks>
/// <para>What a step computes depends on the seeds, the data and the step number alone. The same seeds give the same bits on any number of threads,
/// and training that was saved and resumed gives the bits of training that was not.</para>
/// <para>Whoever reads the reports drives the training: between two reports nothing runs, and leaving the loop leaves model and optimizer as they are
/// after a whole step.</para>
/// </remarks>
/// <example><code>
/// Trainer trainer = new(model, new Optimizer(new Adam(), model.Parameters, 1e-3), new DataLoader(data.Train, 128), new() { Test = data.Test });
/// foreach (TrainingReport report in trainer.Run(epochs: 5))
///     if (report is EpochReport epoch) Console.WriteLine($"{epoch.Epoch}: {epoch.TrainLoss:0.0000}  {epoch.Test}");
/// </code></example>
public sealed class Trainer
{
    private readonly RandomKey key;
    private readonly Compiled compiled;
    private Progress progress = new(Epoch: 0, StepInEpoch: 0, LossSum: 0, Correct: 0, Classified: 0);

    /// <summary>A trainer at the beginning.</summary>
    /// <param name="model">What learns.</param>
    /// <param name="optimizer">What moves the model's parameters.</param>
    /// <param name="loader">What it learns from.</param>
    /// <param name="options">Loss, test samples and more; null takes what <see cref="TrainerOptions"/> begins with.</param>
    /// <exception cref="ArgumentException">The limit of the gradients' norm is not above 0.</exception>
    public Trainer(Module model, Optimizer optimizer, DataLoader loader, TrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loader);
        Model = model;
        Optimizer = optimizer;
        Loader = loader;
        Options = options ?? new();
        IsCompiled = !Options.Eager;
        compiled = Compiled.Trace(Step);
        key = RandomKey.FromSeed(Options.Seed);
        if (Options.ClipNorm is { } limit && !(limit > 0))
        {
            throw new ArgumentException(
                $"the limit of the gradients' norm needs to be above 0, got {limit}; leave it null for none", nameof(options));
        }
    }

    /// <summary>What learns.</summary>
    public Module Model { get; }

    /// <summary>What moves the model's parameters.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>What it learns from.</summary>
    public DataLoader Loader { get; }

    /// <summary>Loss, test samples and more.</summary>
    public TrainerOptions Options { get; }

    /// <summary>Whether the step is traced once and replayed as a plan; the bits are the same either way.</summary>
    public bool IsCompiled { get; private set; }

    /// <summary>Why the step runs eagerly although it was to be compiled: what in model or loss cannot be recorded; null if all is well.</summary>
    public string? WhyEager { get; private set; }

    /// <summary>How many epochs were trained whole.</summary>
    public int CompletedEpochs => progress.Epoch;

    /// <summary>Trains until that many epochs are complete, those before this call among them; goes on with an epoch that was broken off.</summary>
    /// <param name="epochs">At least 0. With no more than <see cref="CompletedEpochs"/> there is nothing to do.</param>
    /// <param name="cancellation">Asked before each step and each batch of a test.</param>
    /// <returns>A report after each step and after each epoch, made while it is read.</returns>
    /// <exception cref="TrainingException">The loss is no longer a number; the step was not taken.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; model and optimizer are as they were after the last report.</exception>
    public IEnumerable<TrainingReport> Run(int epochs, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        return Reports(epochs, cancellation);
    }

    /// <summary>Saves model, optimizer and place in the training: all that <see cref="Resume"/> needs. <see cref="Weights.Load"/> reads the model
    /// from it.</summary>
    /// <param name="path">The file; an older one is replaced.</param>
    /// <param name="metadata">Texts to keep with them, or null. Keys that begin with <c>training/</c> are taken.</param>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? metadata = null) => TrainingCheckpoint.Save(path, this, progress, metadata);

    /// <summary>Goes back to where a file was saved. If anything fails, nothing has changed.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote, of a trainer built alike.</param>
    /// <exception cref="CheckpointException">The file cannot be read, or was saved with another model, rule, seed, data set or batch
    /// size.</exception>
    public void Resume(string path) => progress = TrainingCheckpoint.Load(path, this);

    private IEnumerable<TrainingReport> Reports(int epochs, CancellationToken cancellation)
    {
        while (progress.Epoch < epochs)
        {
            long lap = Stopwatch.GetTimestamp(), ticks = 0, samples = 0;
            int epoch = progress.Epoch;
            foreach (Batch batch in Loader.Epoch(epoch, progress.StepInEpoch))
            {
                cancellation.ThrowIfCancellationRequested();
                (double loss, int? correct) = Step(batch);
                progress = progress.After(loss, correct, batch.Count);
                long now = Stopwatch.GetTimestamp(), taken = Math.Max(1, now - lap);
                ticks += taken;
                samples += batch.Count;
                yield return new StepReport(
                    epoch + 1, Optimizer.StepCount, progress.StepInEpoch, Loader.StepsPerEpoch, loss, (double?)correct / batch.Count,
                    Optimizer.LearningRate, batch.Count * (double)Stopwatch.Frequency / taken);
                // What the reader did with the report is not the step's time.
                lap = Stopwatch.GetTimestamp();
            }
            Evaluation? test = Options.Test is null ? null : Evaluation.Of(Model, Options.Test, Options.Loss, cancellation: cancellation);
            EpochReport report = Closed(test, ticks / (double)Stopwatch.Frequency, samples);
            progress = new(epoch + 1, StepInEpoch: 0, LossSum: 0, Correct: 0, Classified: 0);
            yield return report;
        }
    }

    private EpochReport Closed(Evaluation? test, double seconds, long samples)
    {
        long seen = Math.Min((long)Loader.StepsPerEpoch * Loader.BatchSize, Loader.Dataset.Count);
        double? accuracy = progress.Classified == 0 ? null : (double)progress.Correct / progress.Classified;
        return new(progress.Epoch + 1, Optimizer.StepCount, progress.LossSum / seen, accuracy, test, seconds, samples / Math.Max(seconds, 1e-9));
    }

    /// <summary>One step: forward, backward, update.</summary>
    /// <returns>The loss before the update, and how many samples were classified right; null where the output is no [batch, classes].</returns>
    private (double Loss, int? Correct) Step(Batch batch)
    {
        using Scope scope = Scope.Begin();
        // From the step number alone, so that a resumed training draws what an uninterrupted one draws.
        RandomKey drawn = key.At(Optimizer.StepCount);
        try
        {
            Tensor[] results = Run(batch, drawn);
            return (results[0].Item(), results.Length > 1 && results[1].DType == DType.Int32 ? (int)results[1].Item() : null);
        }
        catch (NotFiniteNumberException exception)
        {
            // The step changed nothing; walk it once more by hand to see where the numbers were left.
            Tensor loss = Options.Loss(Model.Apply(batch.Inputs, Pass.Training(drawn)), batch.Targets);
            throw NonFinite.Explain(Model, Optimizer, batch, loss.Backward(), exception.Message);
        }
    }

    private Tensor[] Run(Batch batch, RandomKey drawn)
    {
        if (IsCompiled)
        {
            try
            {
                return compiled.Run(batch.Inputs, batch.Targets, drawn.Bits);
            }
            catch (TraceException exception)
            {
                (IsCompiled, WhyEager) = (false, exception.Message);
            }
        }
        return Step([batch.Inputs, batch.Targets, drawn.Bits]);
    }

    // Called with values or, by the trace, with stand-ins for them: one text for both, so the bits are the same.
    private Tensor[] Step(Tensor[] inputs)
    {
        (Tensor samples, Tensor targets, Tensor drawn) = (inputs[0], inputs[1], inputs[2]);
        Tensor output = Model.Apply(samples, Pass.Training(new RandomKey(drawn)));
        Tensor loss = Options.Loss(output, targets).RequireFinite("the loss");
        Gradients gradients = loss.Backward();
        List<Tensor> results = [loss];
        if (output.Rank == 2 && output.Shape[0] == samples.Shape[0] && output.Shape[1] == Loader.Dataset.Classes.Length)
            results.Add(output.ArgMax(-1).Equal(targets).Cast(DType.Int32).Sum());
        if (Options.ClipNorm is { } limit)
        {
            // Handed out with the results, so that the check is part of the recording.
            results.Add(gradients.Norm().RequireFinite("the norm of the gradients"));
            gradients = gradients.ClipByNorm(limit);
        }
        Optimizer.Step(gradients);
        return [.. results];
    }
}
