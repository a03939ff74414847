namespace Nabla;

/// <summary>One epoch of training.</summary>
/// <param name="Epoch">Which epoch, from 1.</param>
/// <param name="Step">How many steps were taken since the beginning of training.</param>
/// <param name="TrainLoss">The mean loss over the epoch's samples, each before its step.</param>
/// <param name="TrainAccuracy">The share of the epoch's samples classified right, each before its step; null where the model gives no
/// classes.</param>
/// <param name="Test">How the model does on the test samples now; null where there are none.</param>
/// <param name="Seconds">How long the steps took, without the test.</param>
/// <param name="SamplesPerSecond">Samples a second over the epoch's steps.</param>
public sealed record EpochReport(
    int Epoch, long Step, double TrainLoss, double? TrainAccuracy, Evaluation? Test, double Seconds, double SamplesPerSecond)
    : TrainingReport(Epoch, Step);
