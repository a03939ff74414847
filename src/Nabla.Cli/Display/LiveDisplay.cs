using System.Diagnostics;
using System.Globalization;
using Nabla.Cli.Commands;
using Nabla.Cli.Runs;
using Spectre.Console;

namespace Nabla.Cli.Display;

/// <summary>A line for each epoch; on a terminal, below them, a bar that moves with the steps.</summary>
internal sealed class LiveDisplay(TrainOptions options, RunFolder folder) : ITrainingDisplay
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(80);

    private readonly Texts texts = Texts.Of(options.Language);
    private readonly List<double> losses = [];
    private readonly Stopwatch sinceBegin = new(), sinceShown = Stopwatch.StartNew();
    private readonly bool moves = AnsiConsole.Profile.Capabilities.Ansi && !Console.IsOutputRedirected;
    private double smoothLoss = double.NaN;
    private bool barShown;

    public void Begin(Dataset train, Dataset test, string origin, Module model)
    {
        string rate = options.LearningRate.ToString(CultureInfo.InvariantCulture);
        Fact(texts.Data, $"{train.Name}: {texts.Samples(train.Count, test.Count)} ({origin})");
        Fact("", train.Description);
        Fact(texts.Model, $"{ModelText(train)}, {model.ParameterCount:N0} {texts.Parameters}");
        Fact(texts.Optimizer, $"{options.Optimizer}, {rate}; {options.Epochs} x {train.Count:N0}, {options.BatchSize}");
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{TextWidth.PadRight(texts.Epoch, 8)} {TextWidth.PadLeft(texts.TrainLoss, 12)} {TextWidth.PadLeft(texts.TestAccuracy, 15)} {TextWidth.PadLeft(texts.SamplesPerSecond, 12)} {TextWidth.PadLeft(texts.Seconds, 9)}[/]");
        sinceBegin.Start();
    }

    public void Step(StepReport report)
    {
        losses.Add(report.Loss);
        smoothLoss = double.IsNaN(smoothLoss) ? report.Loss : (0.95 * smoothLoss) + (0.05 * report.Loss);
        if (!moves || sinceShown.Elapsed < Pace) return;
        sinceShown.Restart();
        double done = (report.Epoch - 1 + ((double)report.StepInEpoch / report.StepsPerEpoch)) / options.Epochs;
        TimeSpan left = sinceBegin.Elapsed * ((1 - done) / done);
        int filled = (int)(BarWidth * (double)report.StepInEpoch / report.StepsPerEpoch);
        AnsiConsole.Write("\r\u001b[K");
        AnsiConsole.MarkupInterpolated(
            $"{TextWidth.PadRight($"{report.Epoch}/{options.Epochs}", 8)} [green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]  {texts.Loss} {smoothLoss:F4}  {report.SamplesPerSecond:N0} {texts.SamplesPerSecond}  {left:m\\:ss} {texts.TimeLeft}");
        barShown = true;
    }

    public void Epoch(EpochReport report)
    {
        ClearBar();
        string accuracy = report.Test is { } test ? $"{test.Accuracy:P2}" : "";
        AnsiConsole.MarkupLineInterpolated(
            $"{TextWidth.PadRight($"{report.Epoch}/{options.Epochs}", 8)} {report.TrainLoss,12:F4} [green]{accuracy,15}[/] {report.SamplesPerSecond,12:N0} {report.Seconds,9:F2}");
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
        Fact(texts.Next, $"{texts.NextEvaluate}:");
        Fact("", $"  {CommandLine.Self} evaluate {folder.Path}");
        Fact("", $"{texts.NextOther}:");
        Fact("", $"  {CommandLine.Self} train --model {(options.Model == "cnn" ? "rnn" : "cnn")}");
        Fact("", $"{texts.NextCheck}:");
        Fact("", $"  {CommandLine.Self} check-gradients");
    }

    public void Interrupted()
    {
        ClearBar();
        AnsiConsole.MarkupLineInterpolated($"[yellow]{texts.Interrupted}[/]");
        Fact(texts.Saved, folder.Path);
    }

    public void Failed() => ClearBar();

    private string ModelText(Dataset train) => options.Model switch
    {
        "mlp" => $"mlp {train.SampleSize} → {string.Join(" → ", options.Hidden)} → {train.Classes.Length}, {options.Activation}",
        "linear" => $"linear {train.SampleSize} → {train.Classes.Length}",
        _ => options.Model,
    };

    private static void Fact(string name, string text) => AnsiConsole.MarkupLineInterpolated($"[grey]{TextWidth.PadRight(name, 11)}[/] {text}");

    private void ClearBar()
    {
        if (barShown) AnsiConsole.Write("\r\u001b[K");
        barShown = false;
    }
}
