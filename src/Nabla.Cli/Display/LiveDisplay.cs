using System.Diagnostics;
using Nabla.Cli.Commands;
using Nabla.Cli.Runs;
using Spectre.Console;

namespace Nabla.Cli.Display;

/// <summary>A line for each epoch; on a terminal, below them, a bar that moves with the steps.</summary>
internal sealed class LiveDisplay(TrainOptions options, RunFolder folder) : ITrainingDisplay
{
    private const int LongestBar = 24, NameWidth = 11;
    private const string ClearLine = "\r\u001b[K";
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(80);

    private readonly Texts texts = Texts.Of(options.Language);
    private readonly List<double> losses = [];
    private readonly Stopwatch sinceBegin = new(), sinceShown = Stopwatch.StartNew();
    private readonly bool moves = AnsiConsole.Profile.Capabilities.Ansi && !Console.IsOutputRedirected;
    private double smoothLoss = double.NaN;
    private bool barShown, isImages;

    public void Begin(Dataset train, Dataset test, string origin, Module model)
    {
        isImages = train.SampleShape.Length == 3;
        Fact(texts.Data, $"{train.Name}: {texts.Samples(train.Count, test.Count)} ({origin})");
        Fact("", train.Description);
        Fact(texts.Model, $"{ModelText(train)}: {model.ParameterCount:N0} {texts.Parameters}");
        Fact(texts.Optimizer, $"{options.Optimizer}, {texts.LearningRate} {Numbers.Short(options.LearningRate)}{(options.Schedule == TrainOptions.Cosine ? texts.AlongACosine : "")}");
        Fact(texts.Plan, texts.EpochsInBatches(options.Epochs, Math.Min(options.BatchSize, train.Count)));
        AnsiConsole.WriteLine();
        string header = Row(texts.Epoch, texts.TrainLoss, texts.TestAccuracy, texts.SamplesPerSecond, texts.Seconds);
        AnsiConsole.MarkupLineInterpolated($"[bold]{header}[/]");
        sinceBegin.Start();
    }

    public void Step(StepReport report)
    {
        losses.Add(report.Loss);
        smoothLoss = double.IsNaN(smoothLoss) ? report.Loss : (0.95 * smoothLoss) + (0.05 * report.Loss);
        if (!moves || sinceShown.Elapsed < Pace) return;
        sinceShown.Restart();
        double part = (double)report.StepInEpoch / report.StepsPerEpoch, done = (report.Epoch - 1 + part) / options.Epochs;
        TimeSpan left = sinceBegin.Elapsed * ((1 - done) / done);
        string epoch = TextWidth.PadRight($"{report.Epoch}/{options.Epochs}", 8);
        string numbers = $"{texts.Loss} {smoothLoss:F4}  {report.SamplesPerSecond:N0} {texts.SamplesPerSecond}  "
            + $"{(int)left.TotalMinutes}:{left.Seconds:00} {texts.TimeLeft}";
        // The bar gives way to the numbers, and both stay within the line: a line that breaks could not be drawn anew.
        // Two columns stay free for the ^C that a terminal writes.
        int room = AnsiConsole.Profile.Width - 3;
        int length = Math.Clamp(room - TextWidth.Of(epoch) - TextWidth.Of(numbers) - 3, 0, LongestBar), filled = (int)(length * part);
        if (TextWidth.Of(epoch) + length + TextWidth.Of(numbers) + 3 > room) return;
        Console.Write(ClearLine);
        AnsiConsole.MarkupInterpolated($"{epoch} [green]{new string('━', filled)}[/][grey]{new string('━', length - filled)}[/]  {numbers}");
        barShown = true;
    }

    public void Epoch(EpochReport report)
    {
        ClearBar();
        string accuracy = report.Test is { } test ? $"{test.Accuracy:P2}" : "";
        Console.WriteLine(Row(
            $"{report.Epoch}/{options.Epochs}", $"{report.TrainLoss:F4}", accuracy, $"{report.SamplesPerSecond:N0}", $"{report.Seconds:F2}"));
    }

    public void Done(Evaluation test, double seconds)
    {
        IReadOnlyList<string> curve = LossCurve.Draw(losses);
        if (curve.Count > 0)
        {
            AnsiConsole.WriteLine();
            AnsiConsole.MarkupLineInterpolated($"{texts.LossCurve}");
            foreach (string line in curve) AnsiConsole.MarkupLineInterpolated($"[blue]{line}[/]");
        }
        AnsiConsole.WriteLine();
        int wrong = (int)(test.Count - test.Confusion.Correct);
        AnsiConsole.MarkupLineInterpolated($"[bold green]{texts.TestResult(test.Accuracy, wrong, (int)test.Count)}[/]  ({seconds:F1} s)");
        Fact(texts.Saved, folder.Path);
        AnsiConsole.WriteLine();
        Next(texts.NextEvaluate, $"evaluate {Quoted(folder.Path)}");
        if (isImages) Next(texts.NextOther, $"train{DataOption}--model {(options.Model == "cnn" ? "rnn" : "cnn")}");
        Next(texts.NextCheck, $"check-gradients --model {options.Model}");
    }

    public void Interrupted()
    {
        ClearBar();
        AnsiConsole.MarkupLineInterpolated($"[yellow]{texts.Interrupted}[/]");
        Fact(texts.Saved, folder.Path);
    }

    public void Failed() => ClearBar();

    private string DataOption => options.Data == "digits" ? " " : $" --data {Quoted(options.Data)} ";

    private string ModelText(Dataset train) => options.Model switch
    {
        "mlp" => $"mlp {train.SampleSize} → {string.Join(" → ", options.Hidden)} → {train.Classes.Length}, {options.Activation}",
        "linear" => $"linear {train.SampleSize} → {train.Classes.Length}",
        _ => options.Model,
    };

    private static string Row(string epoch, string loss, string accuracy, string speed, string seconds) =>
        $"{TextWidth.PadRight(epoch, 8)} {TextWidth.PadLeft(loss, 12)} {TextWidth.PadLeft(accuracy, 15)} "
        + $"{TextWidth.PadLeft(speed, 12)} {TextWidth.PadLeft(seconds, 9)}";

    private static string Quoted(string path) => path.Contains(' ') ? $"\"{path}\"" : path;

    /// <summary>A name and what there is to say of it, later lines below the first one.</summary>
    private static void Fact(string name, string text)
    {
        int width = Console.IsOutputRedirected ? int.MaxValue : AnsiConsole.Profile.Width - NameWidth - 2;
        foreach (string line in TextWidth.Wrap(text, width))
        {
            AnsiConsole.Markup($"[grey]{TextWidth.PadRight(name, NameWidth)}[/] ");
            Console.WriteLine(line);
            name = "";
        }
    }

    /// <summary>A command on a line of its own that is not broken, so that it can be copied.</summary>
    private static void Next(string what, string command)
    {
        AnsiConsole.MarkupLineInterpolated($"[grey]{what}:[/]");
        Console.WriteLine($"  {CommandLine.Self} {command}");
    }

    private void ClearBar()
    {
        if (barShown) Console.Write(ClearLine);
        barShown = false;
    }
}
