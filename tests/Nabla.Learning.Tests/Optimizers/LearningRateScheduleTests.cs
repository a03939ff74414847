namespace Nabla.Learning.Tests;

public class LearningRateScheduleTests
{
    [Theory]
    [InlineData(0, 8, 1)]
    [InlineData(2, 8, 0.85355339059327373)]
    [InlineData(4, 8, 0.5)]
    [InlineData(8, 8, 0)]
    [InlineData(9, 8, 0)]
    public void ACosineFallsFromOneToNothing(long done, long steps, double share) => Assert.Equal(share, LearningRateSchedule.Cosine(done, steps), 1e-15);

    [Fact]
    public void WhatIsNoTrainingIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Cosine(-1, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Cosine(0, 0));
    }
}
