namespace Nabla;

/// <summary>What training tells while it runs: a <see cref="StepReport"/> after each step, an <see cref="EpochReport"/> after each epoch.</summary>
/// <param name="Epoch">Which epoch, from 1.</param>
/// <param name="Step">How many steps were taken since the beginning of training.</param>
public abstract record TrainingReport(int Epoch, long Step);
