using System.CommandLine;
using System.Diagnostics;
using Nabla.Cli.Display;
using Nabla.Cli.Models;
using Nabla.Cli.Runs;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla train</c>: data, a network, epochs; the run is saved after each epoch and when it is interrupted.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        Command command = new("train", "Train a network, by default on digits that the program draws itself.");
        Func<ParseResult, TrainOptions> read = TrainOptions.Declare(command);
        command.SetAction((parsed, _) => RunAsync(read(parsed)));
        return command;
    }

    private static async Task<int> RunAsync(TrainOptions options)
    {
        using Interruption interruption = new();
        if (options.Out is { } folderName) RunFolder.Check(folderName);
        DataCatalog catalog = new();
        string source = DataSource.Resolve(options.Data, catalog);
        LoadedData data;
        using (DownloadBar bar = new())
        {
            DataRequest request = new(source) { LabelColumn = options.Label, Seed = options.Seed };
            data = await catalog.LoadAsync(request, bar, interruption.Token);
        }
        (Dataset train, Dataset test) = data.Pair;
        if (options.Label is not null && data.LabelColumn is null)
            throw new UsageException($"--label names a column of a CSV, and {options.Data} are images; leave it out");
        ModelSettings settings = new(options.Model, options.Hidden, options.Activation, [.. train.SampleShape], [.. train.Classes]);
        RandomKey key = RandomKey.FromSeed(options.Seed);
        Module model = ModelCatalog.Create(settings, key);
        Optimizer optimizer = new(TrainOptions.Optimizers[options.Optimizer].Rule, model.Parameters, options.LearningRate);
        DataLoader loader = new(train, Math.Min(options.BatchSize, train.Count), seed: options.Seed);
        TrainerOptions how = new() { Test = test, Seed = options.Seed, ClipNorm = ModelCatalog.ClipNorm(options.Model), Eager = options.Eager };
        Trainer trainer = new(model, optimizer, loader, how);
        RunFolder folder = RunFolder.Create(options.Out, $"{train.Name}-{options.Model}");
        ITrainingDisplay display = options.Json ? new JsonDisplay(folder)
            : options.Quiet ? new QuietDisplay(options, folder)
            : new LiveDisplay(options, folder);

        Stopwatch watch = Stopwatch.StartNew();
        Evaluation? last = null;
        RunRecord Record(bool interrupted) => new()
        {
            Nabla = CommandLine.Version,
            Model = settings,
            Data = source,
            LabelColumn = data.LabelColumn,
            Scaling = ScalingRecord.Of(data.Scaling),
            Seed = options.Seed,
            Epochs = options.Epochs,
            EpochsDone = trainer.CompletedEpochs,
            BatchSize = loader.BatchSize,
            Optimizer = options.Optimizer,
            LearningRate = options.LearningRate,
            Schedule = options.Schedule,
            Interrupted = interrupted,
            TestAccuracy = last?.Accuracy,
            TrainSeconds = watch.Elapsed.TotalSeconds,
        };

        display.Begin(train, test, data.Origin, model);
        try
        {
            foreach (TrainingReport report in trainer.Run(options.Epochs, interruption.Token))
            {
                if (report is EpochReport epoch)
                {
                    last = epoch.Test;
                    folder.Append(JsonDisplay.Line(epoch));
                    folder.Save(model, Record(interrupted: false));
                    display.Epoch(epoch);
                }
                else
                {
                    display.Step((StepReport)report);
                    if (options.Schedule == TrainOptions.Cosine)
                        optimizer.LearningRate = options.LearningRate * LearningRateSchedule.Cosine(report.Step, (long)options.Epochs * loader.StepsPerEpoch);
                }
            }
        }
        catch (OperationCanceledException)
        {
            folder.Save(model, Record(interrupted: true));
            display.Interrupted();
            return ExitCode.Interrupted;
        }
        catch (TrainingException)
        {
            // Of the epochs before, what was saved stays; the weights of the step that failed do not replace them.
            display.Failed();
            folder.RemoveIfEmpty();
            throw;
        }
        display.Done(last!, watch.Elapsed.TotalSeconds);
        return ExitCode.Done;
    }
}
