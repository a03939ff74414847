using Nabla.Cli.Commands;
using Nabla.Cli.Runs;

namespace Nabla.Cli.Display;

/// <summary>The result and where it is, nothing else.</summary>
internal sealed class QuietDisplay(TrainOptions options, RunFolder folder) : ITrainingDisplay
{
    private readonly Texts texts = Texts.Of(options.Language);

    public void Begin(Dataset train, Dataset test, string origin, Module model)
    {
    }

    public void Step(StepReport report)
    {
    }

    public void Epoch(EpochReport report)
    {
    }

    public void Done(Evaluation test, double seconds) => Console.WriteLine($"{texts.TestAccuracy} {test.Accuracy:P2}  {folder.Path}");

    public void Interrupted() => Console.WriteLine($"{texts.Interrupted}: {folder.Path}");

    public void Failed()
    {
    }
}
