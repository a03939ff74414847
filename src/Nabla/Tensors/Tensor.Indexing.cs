using Nabla.Operations;

namespace Nabla;

/// <content>Parts, between square brackets.</content>
public sealed partial class Tensor
{
    /// <summary>Part of the tensor: a range of an axis keeps the axis, one place drops it. <c>x[1..3, ^1]</c>; axes not named stay whole.</summary>
    /// <param name="parts">From the outermost axis inwards; at most one an axis.</param>
    /// <exception cref="ShapeException">More parts than axes, or a part that leaves its axis.</exception>
    [System.Runtime.CompilerServices.IndexerName("Part")]
    public Tensor this[params ReadOnlySpan<AxisIndex> parts]
    {
        get
        {
            if (parts.Length > Rank) throw new ShapeException($"{parts.Length} indices were given for {Shape}, which has {Rank} axes");
            Span<int> starts = stackalloc int[Rank], steps = stackalloc int[Rank], counts = stackalloc int[Rank];
            starts.Clear();
            steps.Fill(1);
            Shape.AsSpan().CopyTo(counts);
            Shape left = Shape;
            for (int axis = parts.Length - 1; axis >= 0; axis--)
            {
                (starts[axis], counts[axis]) = parts[axis].Of(Shape, axis);
                left = parts[axis].Drops ? left.Without(axis) : left.With(axis, counts[axis]);
            }
            Tensor part = counts.SequenceEqual(Shape.AsSpan())
                ? this
                : new Slice(Axes.Create(starts), Axes.Create(steps), Axes.Create(counts)).Apply(this);
            return part.Reshape(left);
        }
    }
}
