namespace Nabla.Cli.Display;

/// <summary>Shows a training while it runs.</summary>
internal interface ITrainingDisplay
{
    /// <summary>Before the first step.</summary>
    void Begin(Dataset train, Dataset test, string origin, Module model);

    /// <summary>After each step.</summary>
    void Step(StepReport report);

    /// <summary>After each epoch; the run is saved.</summary>
    void Epoch(EpochReport report);

    /// <summary>After the last epoch.</summary>
    void Done(Evaluation test, double seconds);

    /// <summary>After an interruption; the run is saved.</summary>
    void Interrupted();

    /// <summary>Before an error is printed.</summary>
    void Failed();
}
