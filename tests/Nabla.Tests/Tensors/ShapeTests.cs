using FsCheck;
using FsCheck.Fluent;

namespace Nabla.Tests;

public class ShapeTests
{
    [Fact]
    public void AShapeIsItsExtents()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal((3, 3, 24, 4), (shape.Rank, shape.Length, shape.Count, shape[^1]));
        Assert.Equal("[2, 3, 4]", shape.ToString());
        Assert.Equal([2, 3, 4], shape.AsSpan().ToArray());
        Assert.Equal<Shape>([2, 3, 4], shape);
        Assert.NotEqual<Shape>([2, 3], shape);
        Assert.True(shape != Shape.Scalar && shape == Shape.Create([2, 3, 4]));
        Assert.Equal(1, Shape.Scalar.Count);
        Assert.Equal(0, Shape.Create([5, 0]).Count);
    }

    /// <summary>C# takes a type's Length or Count for the number of its items; a shape's Count is another number.</summary>
    [Fact]
    public void PatternsAndSpreadsSeeTheExtents()
    {
        Shape shape = [3, 4];
        Assert.True(shape is [3, var columns] && columns == 4);
        int[] copied = [.. shape], longer = [7, .. shape];
        Assert.Equal([3, 4], copied);
        Assert.Equal([7, 3, 4], longer);
        Assert.Equal([3, 4], shape.ToArray());
    }

    [Fact]
    public void AxesAreFoundFromBothEnds()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal((0, 2, 2, 0), (shape.Axis(0, "it"), shape.Axis(2, "it"), shape.Axis(-1, "it"), shape.Axis(-3, "it")));
        Assert.Equal("Norm got axis 3, but [2, 3, 4] has the axes -3 to 2", Assert.Throws<ShapeException>(() => shape.Axis(3, "Norm")).Message);
        Assert.Equal("Norm got axis 0, but a scalar has no axes", Assert.Throws<ShapeException>(() => Shape.Scalar.Axis(0, "Norm")).Message);
    }

    [Fact]
    public void OneExtentIsReplacedPutInOrTakenOut()
    {
        Shape shape = [2, 3];
        Assert.Equal<Shape>([2, 5], shape.With(1, 5));
        Assert.Equal<Shape>([1, 2, 3], shape.Insert(0, 1));
        Assert.Equal<Shape>([2, 3, 7], shape.Insert(2, 7));
        Assert.Equal<Shape>([3], shape.Without(0));
    }

    [Fact]
    public void WhatNoTensorCanHoldIsRefused()
    {
        Assert.Contains("at most 8 axes, got 9: [1, 1, 1, 1, 1, 1, 1, 1, 1]",
            Assert.Throws<ShapeException>(() => Shape.Create([1, 1, 1, 1, 1, 1, 1, 1, 1])).Message);
        Assert.Contains("got -1 in [2, -1]", Assert.Throws<ShapeException>(() => Shape.Create([2, -1])).Message);
        Assert.Contains("2,147,483,647 elements, [65536, 32768] has more", Assert.Throws<ShapeException>(() => Shape.Create([65536, 32768])).Message);
        Assert.Equal(int.MaxValue, Shape.Create([int.MaxValue]).Count);
        Assert.Equal(0, Shape.Create([0, int.MaxValue, int.MaxValue]).Count);
        Assert.Equal(0, Shape.Create([int.MaxValue, 0]).Count);
    }

    /// <summary>Broadcasting against its definition: align at the end, pad with ones in front, each pair equal or one of them 1.</summary>
    [Fact]
    public void BroadcastingIsItsDefinition()
    {
        Gen<int[]> extents = Gen.Choose(0, 4).SelectMany(rank => Gen.ArrayOf(Gen.Elements(0, 1, 1, 2, 3), rank));
        Prop.ForAll(extents.ToArbitrary(), extents.ToArbitrary(), (left, right) =>
        {
            int rank = Math.Max(left.Length, right.Length);
            int[] a = [.. Enumerable.Repeat(1, rank - left.Length), .. left], b = [.. Enumerable.Repeat(1, rank - right.Length), .. right];
            bool fits = a.Zip(b).All(pair => pair.First == pair.Second || pair.First == 1 || pair.Second == 1);
            Shape one = Shape.Create(left), other = Shape.Create(right);
            if (!fits)
            {
                string message = Assert.Throws<ShapeException>(() => Shape.Broadcast(one, other)).Message;
                Assert.Contains($"{one} with {other}", message);
                return;
            }
            int[] expected = [.. a.Zip(b, (x, y) => x == 1 ? y : x)];
            Assert.Equal(expected, Shape.Broadcast(one, other).ToArray());
            Assert.Equal(expected, Shape.Broadcast(other, one).ToArray());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void AxesCompareByValue()
    {
        Axes axes = [0, -1];
        Assert.Equal<Axes>([0, -1], axes);
        Assert.True(axes != new Axes() && axes.Equals((object)Axes.Create([0, -1])) && axes.GetHashCode() == Axes.Create([0, -1]).GetHashCode());
        Assert.Equal("[0, -1]", axes.ToString());
        Assert.Equal((2, -1, true, false), (axes.Count, axes[^1], axes.Contains(0), axes.Contains(1)));
        Axes one = 3;
        Assert.Equal([3], one.ToArray());
        Assert.Contains("at most 8", Assert.Throws<ShapeException>(() => Axes.Create(new int[9])).Message);
        Assert.Equal([0, 2], axes.Normalize([2, 3, 4], "it").ToArray());
        Assert.Equal([0, 1, 2], new Axes().Normalize([2, 3, 4], "it").ToArray());
        Assert.Contains("it got axis 2 twice in [2, -1]",
            Assert.Throws<ShapeException>(() => Axes.Create([2, -1]).Normalize([2, 3, 4], "it")).Message);
    }
}

