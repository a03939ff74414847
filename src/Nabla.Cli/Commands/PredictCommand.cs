using System.CommandLine;
using Nabla.Cli.Runs;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla predict RUN FILE</c>: the class of a picture, or of each row of a table.</summary>
internal static class PredictCommand
{
    // Beyond these a terminal would be flooded; a file or a pipe gets all samples.
    private const int ShownClasses = 3, ShownSamples = 20;
    private const int BatchSize = 256;

    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "the folder that 'nabla train' saved" };
        Argument<string> file = new("file")
        {
            Description = "a PNG or PGM picture, an IDX file of images, or a CSV with the columns that the run was trained on",
        };
        Option<string?> language = CommonOptions.Language();
        Command command = new("predict", "The class of a picture or of rows, with probabilities.") { run, file, language };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(run), parsed.GetRequiredValue(file), Texts.Of(parsed.GetValue(language))));
        return command;
    }

    private static int Run(string path, string file, Texts texts)
    {
        RunFolder folder = RunFolder.Open(path);
        RunRecord record = folder.ReadRecord();
        Module model = folder.ReadModel(record);
        (float[] values, int count) = Samples.Read(file, record, note => Console.WriteLine(note));
        int[] sample = record.Model.SampleShape;
        int classes = record.Model.Classes.Length, size = values.Length / Math.Max(1, count);
        int shown = Console.IsOutputRedirected ? count : Math.Min(count, ShownSamples);
        using NoGradient.Section section = NoGradient.Begin();
        for (int start = 0; start < shown; start += BatchSize)
        {
            using Scope scope = Scope.Begin();
            int batch = Math.Min(BatchSize, shown - start);
            Tensor inputs = Tensor.From<float>(values.AsSpan(start * size, batch * size), Shape.Create([batch, .. sample]));
            double[] probabilities = model.Apply(inputs).Softmax().ToDoubles();   // [batch, classes]
            for (int i = 0; i < batch; i++)
            {
                IEnumerable<int> best = Enumerable.Range(0, classes).OrderByDescending(c => probabilities[(i * classes) + c]).Take(ShownClasses);
                string label = count == 1 ? "" : $"{start + i + 1,5}  ";
                Console.WriteLine(label + string.Join("   ", best.Select(c => $"{record.Model.Classes[c]} {probabilities[(i * classes) + c]:P1}")));
            }
        }
        if (shown < count) Console.WriteLine(texts.More(count - shown));
        return ExitCode.Done;
    }
}
