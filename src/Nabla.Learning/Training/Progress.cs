namespace Nabla;

/// <summary>The place in a training: everything but model and optimizer.</summary>
/// <param name="Epoch">How many epochs are complete.</param>
/// <param name="StepInEpoch">How many steps of the next one were taken.</param>
/// <param name="LossSum">Over those steps, loss × samples.</param>
/// <param name="Correct">Over those steps, samples classified right.</param>
/// <param name="Classified">Over those steps, samples classified at all.</param>
internal sealed record Progress(int Epoch, int StepInEpoch, double LossSum, long Correct, long Classified)
{
    public Progress After(double loss, int? correct, int samples) => this with
    {
        StepInEpoch = StepInEpoch + 1,
        LossSum = LossSum + (loss * samples),
        Correct = Correct + (correct ?? 0),
        Classified = Classified + (correct is null ? 0 : samples),
    };
}
