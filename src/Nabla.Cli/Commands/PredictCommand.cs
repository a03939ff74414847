using System.CommandLine;
using Nabla.Cli.Runs;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla predict RUN FILE</c>: the class of a picture, or of each row of a table.</summary>
internal static class PredictCommand
{
    // Beyond these the terminal would be flooded.
    private const int ShownClasses = 3, ShownSamples = 20;

    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "the folder that 'nabla train' saved" };
        Argument<string> file = new("file") { Description = "a PNG or PGM picture, an IDX file of images, or a CSV with the columns the run was trained on" };
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
        using NoGradient.Section section = NoGradient.Begin();
        Tensor inputs = Tensor.From<float>(values, Shape.Create([count, .. sample]));
        double[] probabilities = model.Apply(inputs).Softmax().ToDoubles();   // [count, classes]
        int classes = record.Model.Classes.Length;
        for (int i = 0; i < count; i++)
        {
            if (i == ShownSamples)
            {
                Console.WriteLine($"… {count - ShownSamples:N0} more");
                break;
            }
            IEnumerable<int> best = Enumerable.Range(0, classes).OrderByDescending(c => probabilities[(i * classes) + c]).Take(ShownClasses);
            string label = count == 1 ? "" : $"{i + 1,5}  ";
            Console.WriteLine(label + string.Join("   ", best.Select(c => $"{record.Model.Classes[c]} {probabilities[(i * classes) + c]:P1}")));
        }
        return ExitCode.Done;
    }
}
