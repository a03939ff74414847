namespace Nabla.Tests;

public class TensorTests
{
    [Fact]
    public void ATensorHoldsACopyOfWhatItIsMadeFrom()
    {
        double[] values = [1, 2, 3];
        Tensor x = Tensor.From<double>(values);
        values[0] = 9;
        Assert.Equal([1, 2, 3], x.ToArray<double>());
        Assert.Equal((DType.Float64, 1, 3), (x.DType, x.Rank, x.Count));
        Assert.Equal(new TensorSpec([2, 2], DType.Float32), Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }).Spec);
        Assert.Equal([1f, 2, 3, 4], Tensor.From(new float[,] { { 1, 2 }, { 3, 4 } }).ToArray<float>());
        Assert.Equal<Shape>([1, 2, 3], Tensor.From(new int[,,] { { { 1, 2, 3 }, { 4, 5, 6 } } }).Shape);
        Assert.Equal<Shape>([0, 3], Tensor.From(new int[0, 3]).Shape);
        Tensor number = -2;
        Assert.Equal((DType.Float64, 0, -2.0), (number.DType, number.Rank, number.Item()));
    }

    [Theory]
    [InlineData(DType.Float32, 4), InlineData(DType.Float64, 8), InlineData(DType.Int32, 4), InlineData(DType.Int64, 8),
        InlineData(DType.UInt8, 1), InlineData(DType.Bool, 1)]
    public void EveryTypeCanBeFilledAndRead(DType dtype, int size)
    {
        Tensor ones = Tensor.Ones([2, 3], dtype);
        Assert.Equal(size * 6, ones.Spec.Bytes);
        Assert.Equal(Enumerable.Repeat(1.0, 6), ones.ToDoubles());
        Assert.Equal(new double[6], Tensor.Zeros([2, 3], dtype).ToDoubles());
        Assert.Equal([1, 0, 0, 1], Tensor.Identity(2, dtype).ToDoubles());
        Assert.Equal(dtype is DType.Float32 or DType.Float64, !ones.IsConstant);
        Assert.Equal(1, Tensor.Full([], 1, dtype).Item());
        Assert.Empty(Tensor.Ones([0], dtype).ToDoubles());
    }

    [Fact]
    public void RowsOfNumbers()
    {
        Assert.Equal([0f, 1, 2], Tensor.Arange(0, 3).ToArray<float>());
        Assert.Equal([1, 0.75, 0.5], Tensor.Arange(1, 0.25, -0.25, DType.Float64).ToDoubles());
        Assert.Equal(0, Tensor.Arange(3, 1).Count);
        Assert.Equal([0, 2, 4], Tensor.Arange(0, 5, 2, DType.Int32).ToArray<int>());
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], Tensor.Linspace(0, 1, 5, DType.Float64).ToDoubles());
        Assert.Equal([3], Tensor.Linspace(3, 9, 1, DType.Float64).ToDoubles());
        Assert.Equal(0, Tensor.Linspace(3, 9, 0).Count);
        Assert.Contains("step other than 0", Assert.Throws<ArgumentException>(() => Tensor.Arange(0, 1, 0)).Message);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => Tensor.Arange(0, double.PositiveInfinity)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Linspace(0, 1, -1));
        Assert.Contains("number type", Assert.Throws<ArgumentException>(() => Tensor.Arange(0, 2, 1, DType.Bool)).Message);
        Assert.Throws<OverflowException>(() => Tensor.Full([1], 300, DType.UInt8));
    }

    [Fact]
    public void ReadingAnotherTypeOrShapeIsRefusedWithTheWayOut()
    {
        Tensor x = Tensor.From<float>([1, 2, 3, 4, 5, 6], [2, 3]).Named("x");
        string type = Assert.Throws<ArgumentException>(() => x.ToArray<double>()).Message;
        Assert.Contains("x #", type);
        Assert.Contains("Float32[2, 3] holds Float32 and cannot be read as Double; Cast it", type);
        Assert.Contains("Item needs one element", Assert.Throws<ShapeException>(() => x.Item()).Message);
        Assert.Contains("Sum or Mean it first", Assert.Throws<ShapeException>(() => (double)x).Message);
        Assert.Contains("3 values do not fill [2, 2], which holds 4", Assert.Throws<ShapeException>(() => Tensor.From([1.0, 2, 3], [2, 2])).Message);
        Assert.Contains("Decimal is not a tensor element type", Assert.Throws<ArgumentException>(() => Tensor.From(1m)).Message);
        Assert.Contains("Float64[1]", Assert.Throws<ArgumentException>(() => x + Tensor.From(1.0)).Message);
        Assert.Contains("Float32[2, 3]", Assert.Throws<ArgumentException>(() => x + Tensor.From(1.0)).Message);
        Assert.Contains("cannot broadcast [2, 3] with [2, 2]: axis -1 has extents 3 and 2",
            Assert.Throws<ShapeException>(() => x + Tensor.Zeros([2, 2])).Message);
    }

    [Fact]
    public void BytesAndMasksReadAsThemselves()
    {
        Assert.Equal([true, false], Tensor.From(true, false).ToArray<bool>());
        Assert.Equal([(byte)1, 0], Tensor.From(true, false).ToArray<byte>());
        Assert.Equal([200.0], Tensor.From((byte)200).ToDoubles());
        Assert.Equal(long.MaxValue, Tensor.From(long.MaxValue).ToArray<long>()[0]);
    }

    [Fact]
    public void PrintingShowsShapeAndValues()
    {
        Assert.Equal("Float64[2, 2] [[1, 2.5],\n [-3, 0.333333]]", Tensor.From(new double[,] { { 1, 2.5 }, { -3, 1.0 / 3 } }).ToString());
        Assert.Equal("w Int32[3] [1, 2, 3]", Tensor.From(1, 2, 3).Named("w").ToString());
        Assert.Equal("Bool[2] [true, false]", Tensor.From(true, false).ToString());
        Assert.Equal("Float64[] -2", ((Tensor)(-2)).ToString());
        Assert.Equal("Float32[0] []", Tensor.Zeros([0]).ToString());
        Assert.Equal("Float32[20] [0, 1, 2, …, 17, 18, 19]", Tensor.Arange(0, 20).ToString());
    }

    [Fact]
    public void NumbersRiseAndNamesStay()
    {
        Tensor first = 1, second = 2;
        Assert.True(second.Id > first.Id);
        Assert.Equal("a", first.Named("a").Name);
        Assert.Equal("a", first.Detach().Name);
        Assert.Equal("cpu", first.Device.ToString());
        Assert.Null(first.Producer);
        Assert.Equal("Add", (first + second).Producer!.Operation.Name);
    }
}
