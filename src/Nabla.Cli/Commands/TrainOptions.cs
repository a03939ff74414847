using System.CommandLine;
using System.Globalization;
using Nabla.Cli.Models;

namespace Nabla.Cli.Commands;

/// <summary>What <c>nabla train</c> was told.</summary>
internal sealed record TrainOptions
{
    public required string Data { get; init; }

    public required string? Label { get; init; }

    public required string Model { get; init; }

    public required int[] Hidden { get; init; }

    public required string Activation { get; init; }

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    public required string Optimizer { get; init; }

    public required double LearningRate { get; init; }

    public required ulong Seed { get; init; }

    public required string? Out { get; init; }

    public required bool Quiet { get; init; }

    public required bool Json { get; init; }

    public required string? Language { get; init; }

    /// <summary>The update rules that can be named, each with the learning rate it takes if none is given.</summary>
    public static IReadOnlyDictionary<string, (UpdateRule Rule, double LearningRate)> Optimizers { get; } =
        new Dictionary<string, (UpdateRule, double)>
        {
            ["sgd"] = (new Sgd(), 0.1),
            ["momentum"] = (new Sgd(momentum: 0.9), 0.05),
            ["adam"] = (new Adam(), 1e-3),
            ["adamw"] = (new AdamW(), 1e-3),
        };

    /// <summary>The options as the command line declares them, and how to read them.</summary>
    public static Func<ParseResult, TrainOptions> Declare(Command command)
    {
        Option<string> data = new("--data")
        {
            Description = "digits (drawn by the program), fashion-mnist, mnist, a FOLDER of IDX files, or a FILE.csv",
            DefaultValueFactory = _ => "digits",
        };
        Option<string?> label = new("--label") { Description = "for a CSV: the column that holds the class" };
        Option<string> model = new("--model") { Description = "linear, mlp, cnn or rnn", DefaultValueFactory = _ => "mlp" };
        model.AcceptOnlyFromAmong(ModelCatalog.Names);
        Option<string> hidden = new("--hidden") { Description = "units of the mlp's hidden layers", DefaultValueFactory = _ => "256,128" };
        Option<string> activation = new("--activation")
        {
            Description = $"between the layers: {string.Join(", ", Nabla.Activation.Names)}",
            DefaultValueFactory = _ => "relu",
        };
        Option<int> epochs = new("--epochs") { Description = "how often every sample is seen", DefaultValueFactory = _ => 8 };
        Option<int> batchSize = new("--batch-size") { Description = "samples a step", DefaultValueFactory = _ => 128 };
        Option<string> optimizer = new("--optimizer") { Description = "sgd, momentum, adam or adamw", DefaultValueFactory = _ => "adam" };
        optimizer.AcceptOnlyFromAmong([.. Optimizers.Keys]);
        Option<double?> learningRate = new("--learning-rate")
        {
            Description = $"if not given: {string.Join(", ", Optimizers.Select(o => $"{o.Key} {o.Value.LearningRate.ToString(CultureInfo.InvariantCulture)}"))}",
        };
        Option<ulong> seed = new("--seed") { Description = "of everything random; the same seed gives the same bits", DefaultValueFactory = _ => 1 };
        Option<string?> output = new("--out") { Description = "the folder for the run; runs/DATE-DATA-MODEL if not given" };
        Option<bool> quiet = new("--quiet") { Description = "print the result alone" };
        Option<bool> json = new("--json") { Description = "print one JSON object a line, and nothing else" };
        Option<int?> threads = CommonOptions.ThreadCount();
        Option<string?> language = CommonOptions.Language();
        foreach (Option option in (Option[])[data, label, model, hidden, activation, epochs, batchSize, optimizer, learningRate, seed, threads, output, quiet, json, language])
            command.Options.Add(option);
        return parsed =>
        {
            CommonOptions.UseThreads(parsed.GetValue(threads));
            string rule = parsed.GetRequiredValue(optimizer);
            return new()
            {
                Data = parsed.GetRequiredValue(data),
                Label = parsed.GetValue(label),
                Model = parsed.GetRequiredValue(model),
                Hidden = Widths(parsed.GetRequiredValue(hidden)),
                Activation = Known(parsed.GetRequiredValue(activation)),
                Epochs = AtLeast(1, parsed.GetValue(epochs), "--epochs"),
                BatchSize = AtLeast(1, parsed.GetValue(batchSize), "--batch-size"),
                Optimizer = rule,
                LearningRate = Rate(parsed.GetValue(learningRate) ?? Optimizers[rule].LearningRate),
                Seed = parsed.GetValue(seed),
                Out = parsed.GetValue(output),
                Quiet = parsed.GetValue(quiet),
                Json = parsed.GetValue(json),
                Language = parsed.GetValue(language),
            };
        };
    }

    private static int[] Widths(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        int[] widths = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out widths[i]) || widths[i] is < 1 or > 65536)
                throw new UsageException($"--hidden needs widths from 1 to 65536 like 256,128, got '{parts[i]}' in '{text}'");
        }
        return widths;
    }

    private static string Known(string activation)
    {
        try
        {
            return Nabla.Activation.Named(activation).Name.ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            throw new UsageException($"--activation knows {string.Join(", ", Nabla.Activation.Names)}, got '{activation}'");
        }
    }

    private static int AtLeast(int least, int value, string option) =>
        value >= least ? value : throw new UsageException($"{option} needs at least {least}, got {value}");

    private static double Rate(double value) => value > 0 && double.IsFinite(value)
        ? value
        : throw new UsageException($"--learning-rate needs a number above 0, got {value.ToString(CultureInfo.InvariantCulture)}");
}
