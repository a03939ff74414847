namespace Nabla;

/// <summary>Axes added, dropped, merged and repeated: functions of <see cref="Operations.Reshape"/> and <see cref="Operations.Expand"/>.</summary>
public static class AxisExtensions
{
    extension(Tensor x)
    {
        /// <summary>A new axis of extent 1.</summary>
        /// <param name="axis">Where it stands in the result; −1 is the innermost.</param>
        /// <exception cref="ShapeException">The axis is outside −rank − 1 to rank.</exception>
        public Tensor Unsqueeze(int axis)
        {
            if (axis < -x.Rank - 1 || axis > x.Rank)
                throw new ShapeException($"Unsqueeze got axis {axis}, but the result of {x.Shape} has the axes {-x.Rank - 1} to {x.Rank}");
            return x.Reshape(x.Shape.Insert(axis < 0 ? axis + x.Rank + 1 : axis, 1));
        }

        /// <summary>Without axes of extent 1; without all of them if none are named.</summary>
        /// <exception cref="ShapeException">An axis is out of range, named twice, or its extent is not 1.</exception>
        public Tensor Squeeze(Axes axes = default)
        {
            Axes dropped = axes.Normalize(x.Shape, nameof(Squeeze));
            Shape shape = x.Shape;
            for (int i = dropped.Count - 1; i >= 0; i--)
            {
                if (x.Shape[dropped[i]] == 1) shape = shape.Without(dropped[i]);
                else if (axes.Count > 0)
                    throw new ShapeException($"Squeeze drops axes of extent 1, but axis {dropped[i]} of {x.Shape} has extent {x.Shape[dropped[i]]}");
            }
            return x.Reshape(shape);
        }

        /// <summary>
        /// One axis made of the named one and all inside it: [batch, channels, height, width] becomes [batch, features] from axis 1.
        /// </summary>
        /// <exception cref="ShapeException">The axis is out of range.</exception>
        public Tensor Flatten(int startAxis = 0)
        {
            if (x.Rank == 0 && startAxis is 0 or -1) return x.Reshape(Shape.Create([x.Count]));
            int start = x.Shape.Axis(startAxis, nameof(Flatten));
            return x.Reshape(Shape.Create([.. x.Shape.AsSpan()[..start], x.Shape.Product(start, x.Rank)]));
        }

        /// <summary>The whole tensor several times along its axes: [a, b] tiled by [2] is [a, b, a, b].</summary>
        /// <param name="repeats">How often along each axis, 0 or more.</param>
        /// <exception cref="ShapeException">
        /// Not one number an axis, or a negative one; or the rank is already <see cref="Shape.MaxRank"/>.
        /// </exception>
        public Tensor Tile(Axes repeats)
        {
            if (repeats.Count != x.Rank) throw new ShapeException($"Tile needs a number for each axis of {x.Shape}, got {repeats}");
            Tensor tiled = x;
            for (int axis = 0; axis < repeats.Count; axis++)
                if (repeats[axis] != 1) tiled = tiled.Copies(repeats[axis], axis, before: axis, nameof(Tile));
            return tiled;
        }

        /// <summary>Each element several times in a row along an axis: [a, b] repeated twice is [a, a, b, b].</summary>
        /// <param name="count">How often, 0 or more.</param>
        /// <param name="axis">Which axis; negative ones count from the innermost.</param>
        /// <exception cref="ShapeException">
        /// The axis is out of range, the count negative, or the rank already <see cref="Shape.MaxRank"/>.
        /// </exception>
        public Tensor Repeat(int count, int axis)
        {
            axis = x.Shape.Axis(axis, nameof(Repeat));
            return count == 1 ? x : x.Copies(count, axis, before: axis + 1, nameof(Repeat));
        }

        private Tensor Copies(int count, int axis, int before, string what)
        {
            if (count < 0) throw new ShapeException($"{what} needs counts of 0 or more, got {count} for axis {axis} of {x.Shape}");
            Shape copies = x.Shape.Insert(before, count);
            return x.Unsqueeze(before).Expand(copies).Reshape(x.Shape.With(axis, checked(x.Shape[axis] * count)));
        }
    }
}
