namespace Nabla;

/// <summary>How the learning rate falls over a training: what share of its first value a step takes.</summary>
/// <example><code>
/// foreach (TrainingReport report in trainer.Run(epochs))
///     optimizer.LearningRate = 1e-3 * LearningRateSchedule.Cosine(optimizer.StepCount, epochs * loader.StepsPerEpoch);
/// </code></example>
public static class LearningRateSchedule
{
    /// <summary>Half a cosine wave, from 1 before the first step to 0 after the last: (1 + cos(π · done / steps)) / 2.</summary>
    /// <param name="done">How many steps were taken; beyond the last the share stays 0.</param>
    /// <param name="steps">How many there will be, at least 1.</param>
    /// <remarks>I. Loshchilov, F. Hutter, <i>SGDR: stochastic gradient descent with warm restarts</i>, ICLR 2017, without the restarts.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of steps taken, or fewer than one in all.</exception>
    public static double Cosine(long done, long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(done);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return done >= steps ? 0 : (1 + Math.Cos(Math.PI * done / steps)) / 2;
    }
}
