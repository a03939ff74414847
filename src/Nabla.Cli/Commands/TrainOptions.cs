using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Nabla.Cli.Display;
using Nabla.Cli.Models;

namespace Nabla.Cli.Commands;

/// <summary>What <c>nabla train</c> was told.</summary>
internal sealed record TrainOptions
{
    private const int WidestLayer = 65536;

    public required string Data { get; init; }

    public required string? Label { get; init; }

    public required string Model { get; init; }

    public required int[] Hidden { get; init; }

    public required string Activation { get; init; }

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    public required string Optimizer { get; init; }

    public required double LearningRate { get; init; }

    /// <summary>How the learning rate goes on: <see cref="Cosine"/> or <see cref="Constant"/>.</summary>
    public required string Schedule { get; init; }

    public required ulong Seed { get; init; }

    public required string? Out { get; init; }

    public required bool Quiet { get; init; }

    public required bool Json { get; init; }

    public required string? Language { get; init; }

    /// <summary>Whether each step runs operation by operation.</summary>
    public required bool Eager { get; init; }

    /// <summary>The learning rate falls to 0 along a cosine.</summary>
    public const string Cosine = "cosine";

    /// <summary>The learning rate stays.</summary>
    public const string Constant = "constant";

    /// <summary>The update rules that can be named, each with the learning rate it takes if none is given.</summary>
    public static IReadOnlyDictionary<string, (UpdateRule Rule, double LearningRate)> Optimizers { get; } =
        new Dictionary<string, (UpdateRule, double)>
        {
            ["sgd"] = (new Sgd(), 0.1),
            ["momentum"] = (new Sgd(momentum: 0.9), 0.05),
            ["adam"] = (new Adam(), 3e-3),
            ["adamw"] = (new AdamW(), 3e-3),
        };

    /// <summary>The options as the command line declares them, and how to read them.</summary>
    public static Func<ParseResult, TrainOptions> Declare(Command command) => Declare(command, forOneStep: false);

    /// <summary>Those of them that say what one step computes.</summary>
    public static Func<ParseResult, TrainOptions> DeclareStep(Command command) => Declare(command, forOneStep: true);

    private static Func<ParseResult, TrainOptions> Declare(Command command, bool forOneStep)
    {
        Option<string> data = new("--data")
        {
            HelpName = "name|FOLDER|FILE.csv",
            Description = "digits (drawn by the program), fashion-mnist, mnist, a FOLDER of IDX files, or a FILE.csv",
            DefaultValueFactory = _ => "digits",
        };
        Option<string?> label = new("--label")
        {
            Description = "for a CSV: the column that holds the class; label, class, target, species, category or the last one if not given",
            HelpName = "COLUMN",
        };
        Option<string> model = CommonOptions.Choice("--model", ModelCatalog.Names, "the network", "mlp");
        Option<int[]?> hidden = new("--hidden")
        {
            Description = "units of the mlp's hidden layers; 256,128 if not given",
            HelpName = "numbers",
            CustomParser = Widths,
        };
        Option<string> activation = CommonOptions.Activation("relu", "what bends between the layers of an mlp or a cnn");
        Option<int> epochs = CommonOptions.Whole("--epochs", "8", 1, int.MaxValue, "how often every sample is seen", 8);
        Option<int> batchSize = CommonOptions.Whole("--batch-size", "128", 1, int.MaxValue, "samples a step", 128);
        Option<string> optimizer = CommonOptions.Choice("--optimizer", Optimizers.Keys, "the rule of the updates", "adam");
        Option<double?> learningRate = CommonOptions.Positive(
            "--learning-rate", $"if not given: {string.Join(", ", Optimizers.Select(o => $"{o.Key} {Numbers.Short(o.Value.LearningRate)}"))}");
        Option<string> schedule = CommonOptions.Choice("--schedule", [Cosine, Constant], "how the learning rate goes on: down to 0 along a cosine, or as it is", Cosine);
        Option<ulong> seed = CommonOptions.Seed("of everything random; the same seed gives the same bits");
        Option<string?> output = new("--out") { Description = "the folder for the run; runs/DATE-DATA-MODEL if not given", HelpName = "FOLDER" };
        Option<bool> quiet = new("--quiet") { Description = "print the result alone" };
        Option<bool> json = new("--json") { Description = "print one JSON object a line, and nothing else" };
        Option<bool> eager = new("--eager") { Description = "run each step operation by operation, to find a mistake; the same bits, more slowly" };
        Option<int> threads = CommonOptions.ThreadCount();
        Option<string?> language = CommonOptions.Language();
        Option[] options = forOneStep
            ? [data, label, model, hidden, activation, batchSize, optimizer, learningRate, seed, threads, language]
            :
            [
                data, label, model, hidden, activation, epochs, batchSize, optimizer, learningRate, schedule, seed, threads, eager, output, quiet, json,
                language,
            ];
        foreach (Option option in options) command.Options.Add(option);
        return parsed =>
        {
            Threads.Count = parsed.GetValue(threads);
            string rule = parsed.GetRequiredValue(optimizer);
            return new()
            {
                Data = parsed.GetRequiredValue(data),
                Label = parsed.GetValue(label),
                Model = parsed.GetRequiredValue(model),
                Hidden = parsed.GetValue(hidden) is { Length: > 0 } widths ? widths : [256, 128],
                Activation = parsed.GetRequiredValue(activation),
                Epochs = forOneStep ? 1 : parsed.GetValue(epochs),
                BatchSize = parsed.GetValue(batchSize),
                Optimizer = rule,
                LearningRate = parsed.GetValue(learningRate) ?? Optimizers[rule].LearningRate,
                Schedule = forOneStep ? Constant : parsed.GetRequiredValue(schedule),
                Seed = parsed.GetValue(seed),
                Out = forOneStep ? null : parsed.GetValue(output),
                Quiet = !forOneStep && parsed.GetValue(quiet),
                Json = !forOneStep && parsed.GetValue(json),
                Language = parsed.GetValue(language),
                Eager = !forOneStep && parsed.GetValue(eager),
            };
        };
    }

    private static int[]? Widths(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        int[] widths = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            bool isWhole = int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out widths[i]);
            if (isWhole && widths[i] is >= 1 and <= WidestLayer) continue;
            string which = parts.Length == 1 ? "" : $" ('{parts[i]}')";
            result.AddError($"--hidden needs widths from 1 to {WidestLayer}, like 256,128, got '{text}'{which}");
            return null;
        }
        return widths;
    }
}
