using System.CommandLine;
using Nabla.Cli.Display;
using Nabla.Cli.Runs;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla evaluate RUN</c>: accuracy and confusion matrix of a saved run.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "the folder that 'nabla train' saved" };
        Option<string?> data = new("--data")
        {
            HelpName = "name|FOLDER|FILE.csv",
            Description = "other data than those it was trained on: a name, a FOLDER or a FILE.csv",
        };
        Option<int> threads = CommonOptions.ThreadCount();
        Option<string?> language = CommonOptions.Language();
        Command command = new("evaluate", "Accuracy and confusion matrix of a saved run on its test data.") { run, data, threads, language };
        command.SetAction(async (parsed, _) =>
        {
            Threads.Count = parsed.GetValue(threads);
            return await RunAsync(parsed.GetRequiredValue(run), parsed.GetValue(data), Texts.Of(parsed.GetValue(language)));
        });
        return command;
    }

    private static async Task<int> RunAsync(string path, string? data, Texts texts)
    {
        RunFolder folder = RunFolder.Open(path);
        RunRecord record = folder.ReadRecord();
        Module model = folder.ReadModel(record);
        using Interruption interruption = new();
        Dataset test = await TestData.LoadAsync(record, data, interruption.Token);
        Evaluation evaluation = Evaluation.Of(model, test, cancellation: interruption.Token);
        Console.WriteLine($"{test.Name}: {texts.TestSamples(test.Count)}");
        Console.WriteLine(texts.TestResult(evaluation.Accuracy, (int)(evaluation.Count - evaluation.Confusion.Correct), (int)evaluation.Count));
        Console.WriteLine($"{texts.Loss} {evaluation.MeanLoss:F4}\n");
        foreach (string line in ConfusionTable.Draw(evaluation.Confusion, texts)) Console.WriteLine(line);
        return ExitCode.Done;
    }
}
