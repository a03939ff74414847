namespace Nabla.Tests;

public class PadTests
{
    [Fact]
    public void AFractionIsNotCutOffForWholeNumbers()
    {
        Tensor counts = Tensor.From(1, 2);
        Assert.Contains("Int32[2], got 0.5", Assert.Throws<ArgumentException>(() => counts.Pad([1], [0], 0.5)).Message);
        Assert.Equal([7, 1, 2], counts.Pad([1], [0], 7).ToArray<int>());
        Assert.Equal([0.5f, 1, 2], counts.Cast(DType.Float32).Pad([1], [0], 0.5).ToArray<float>());
    }
}
