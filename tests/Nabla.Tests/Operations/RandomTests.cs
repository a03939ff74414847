using Nabla.Operations;

namespace Nabla.Tests;

public class RandomTests
{
    /// <summary>The known answers of philox4x32-10 published with Random123 (kat_vectors).</summary>
    [Theory]
    [InlineData(0UL, 0UL, 0UL, 0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU)]
    [InlineData(0x299f31d0_a4093822UL, 0x85a308d3_243f6a88UL, 0x03707344_13198a2eUL, 0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U)]
    public void PhiloxGivesThePublishedAnswers(ulong key, ulong low, ulong high, uint a, uint b, uint c, uint d) =>
        Assert.Equal((a, b, c, d), Philox.Words(key, low, high));

    [Fact]
    public void UnitNumbersLieBelowOne()
    {
        Assert.Equal((0f, 0.0), (Philox.ToUnitFloat(0), Philox.ToUnitDouble(0, 0)));
        Assert.True(Philox.ToUnitFloat(uint.MaxValue) < 1 && Philox.ToUnitDouble(uint.MaxValue, uint.MaxValue) < 1);
        Assert.Equal(0.5f, Philox.ToUnitFloat(0x8000_0000));
        Assert.Equal(0.5, Philox.ToUnitDouble(0x8000_0000, 0));
    }

    [Fact]
    public void DerivedKeysDiffer()
    {
        ulong[] keys = [.. Enumerable.Range(0, 1000).SelectMany(i => new[] { Philox.Derive(1, (ulong)i), Philox.Derive(2, (ulong)i) })];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }
}
