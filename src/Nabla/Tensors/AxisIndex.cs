namespace Nabla;

/// <summary>What is taken of one axis between square brackets: a range, which keeps the axis, or one place, which drops it.</summary>
/// <example><code>x[1..3, ^1..]   x[0]   x[.., ^1]</code></example>
public readonly struct AxisIndex
{
    private AxisIndex(Range range, bool drops) => (Range, Drops) = (range, drops);

    /// <summary>The elements taken; of a single place its one element.</summary>
    internal Range Range { get; }

    /// <summary>Whether the axis is dropped.</summary>
    internal bool Drops { get; }

    internal (int Start, int Count) Of(Shape shape, int axis)
    {
        int extent = shape[axis];
        int start = Range.Start.GetOffset(extent), end = Drops ? start + 1 : Range.End.GetOffset(extent);
        if (start >= 0 && end <= extent && start <= end) return (start, end - start);
        throw new ShapeException(Drops
            ? $"index {Range.Start} is outside axis {axis} of {shape}: it has the places 0 to {extent - 1}"
            : $"range {Range} is outside axis {axis} of {shape}, whose extent is {extent}; Slice cuts off what is out of range");
    }

    /// <summary>A stretch of the axis.</summary>
    public static implicit operator AxisIndex(Range range) => new(range, drops: false);

    /// <summary>One place of the axis, from the front or, with ^, from the end.</summary>
    public static implicit operator AxisIndex(Index index) => new(index..index, drops: true);

    /// <summary>One place of the axis; negative numbers count from the end.</summary>
    public static implicit operator AxisIndex(int index) => index < 0 ? new Index(-index, fromEnd: true) : new Index(index);
}
