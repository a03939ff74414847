namespace Nabla;

/// <summary>One step of training.</summary>
/// <param name="Epoch">Which epoch, from 1.</param>
/// <param name="Step">How many steps were taken since the beginning of training.</param>
/// <param name="StepInEpoch">Which step of the epoch, from 1.</param>
/// <param name="StepsPerEpoch">How many steps an epoch has.</param>
/// <param name="Loss">The loss of the batch before the step.</param>
/// <param name="Accuracy">The share of the batch that was classified right before the step, in [0, 1]; null where the model gives no classes.</param>
/// <param name="LearningRate">The size of the step.</param>
/// <param name="SamplesPerSecond">How many samples a second the step took, its batch's loading included.</param>
public sealed record StepReport(
    int Epoch, long Step, int StepInEpoch, int StepsPerEpoch, double Loss, double? Accuracy, double LearningRate, double SamplesPerSecond)
    : TrainingReport(Epoch, Step);
