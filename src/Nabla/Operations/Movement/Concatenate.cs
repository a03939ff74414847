using System.Collections.Immutable;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>The inputs one after the other along an axis. The upstream gradient is cut up among them.</summary>
    /// <param name="Axis">Which axis; negative ones count from the innermost.</param>
    public sealed record Concatenate(int Axis) : Operation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.None;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            if (inputs.Length == 0) throw new ArgumentException("Concatenate needs at least one tensor, got none");
            Shape first = inputs[0].Shape;
            int axis = first.Axis(Axis, Name);
            long extent = first[axis];
            for (int i = 1; i < inputs.Length; i++)
            {
                RequireSameType(inputs[0], inputs[i]);
                Shape other = inputs[i].Shape;
                if (other.Rank != first.Rank || other.With(axis, first[axis]) != first)
                {
                    throw new ShapeException(
                        $"Concatenate along axis {axis} needs all other extents equal, got {first} and, as tensor {i}, {other}");
                }
                extent += other[axis];
            }
            if (extent > int.MaxValue)
                throw new ShapeException($"Concatenate would make axis {axis} {extent:N0} long; an extent is at most {int.MaxValue:N0}");
            return inputs[0] with { Shape = first.With(axis, (int)extent) };
        }

        /// <inheritdoc/>
        public override void Forward(Buffers buffers)
        {
            TensorSpec output = buffers.OutputSpec;
            int axis = output.Shape.Axis(Axis, Name), outer = output.Shape.Product(0, axis);
            if (output.Shape.Count == 0) return;
            Span<byte> destination = buffers.OutputBytes;
            int row = destination.Length / outer, offset = 0;
            for (int i = 0; i < buffers.Count; i++)
            {
                ReadOnlySpan<byte> source = buffers.InputBytes(i);
                int length = source.Length / outer;
                for (int o = 0; o < outer; o++) source.Slice(o * length, length).CopyTo(destination[((o * row) + offset)..]);
                offset += length;
            }
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            int axis = upstream.Shape.Axis(Axis, Name), start = 0;
            ImmutableArray<Tensor?>.Builder downstreams = ImmutableArray.CreateBuilder<Tensor?>(application.Inputs.Length);
            for (int i = 0; i < application.Inputs.Length; i++)
            {
                int extent = application.Inputs[i].Shape[axis];
                downstreams.Add(application.Wants(i) ? upstream.SliceAxis(axis, extent == 0 ? 0 : start, 1, extent) : null);
                start += extent;
            }
            return downstreams.MoveToImmutable();
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent forms of <see cref="Operations.Concatenate"/>, and its inverse.</summary>
    public static class ConcatenateExtensions
    {
        extension(Tensor)
        {
            /// <summary>Tensors one after the other along an axis they have.</summary>
            /// <param name="tensors">At least one; all extents but that of the axis are equal.</param>
            /// <param name="axis">Which axis; negative ones count from the innermost.</param>
            /// <exception cref="ShapeException">The axis is out of range, or another extent differs.</exception>
            /// <exception cref="ArgumentException">No tensor, or two element types.</exception>
            public static Tensor Concatenate(ReadOnlySpan<Tensor> tensors, int axis = 0) =>
                tensors.Length == 1
                ? tensors[0]
                : new Concatenate(tensors.Length > 0 ? tensors[0].Shape.Axis(axis, nameof(Concatenate)) : axis).Apply(tensors);

            /// <summary>Tensors of one shape side by side along a new axis.</summary>
            /// <param name="tensors">At least one, all of one spec.</param>
            /// <param name="axis">Where the new axis stands in the result; negative ones count from the innermost.</param>
            /// <exception cref="ShapeException">The axis is out of range, or two shapes differ.</exception>
            /// <exception cref="ArgumentException">No tensor, or two element types.</exception>
            public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int axis = 0)
            {
                if (tensors.Length == 0) throw new ArgumentException("Stack needs at least one tensor, got none");
                Tensor[] layers = new Tensor[tensors.Length];
                for (int i = 0; i < layers.Length; i++)
                {
                    if (tensors[i].Shape != tensors[0].Shape)
                    {
                        throw new ShapeException(
                            $"Stack needs equal shapes, got {tensors[0].Shape} and, as tensor {i}, {tensors[i].Shape}; "
                            + "Concatenate joins unequal ones");
                    }
                    layers[i] = tensors[i].Unsqueeze(axis);
                }
                int place = axis < 0 ? axis + layers[0].Rank : axis;
                return Tensor.Concatenate(layers, place);
            }
        }

        extension(Tensor x)
        {
            /// <summary>Equal parts of an axis.</summary>
            /// <param name="parts">How many; must divide the extent.</param>
            /// <param name="axis">Which axis; negative ones count from the innermost.</param>
            /// <exception cref="ShapeException">The axis is out of range, or its extent is not a multiple of the parts.</exception>
            public Tensor[] Split(int parts, int axis = 0)
            {
                axis = x.Shape.Axis(axis, nameof(Split));
                if (parts < 1 || x.Shape[axis] % parts != 0)
                {
                    throw new ShapeException(
                        $"Split needs parts that divide the extent {x.Shape[axis]} of axis {axis} of {x.Shape}, got {parts}; give the sizes instead");
                }
                int[] sizes = new int[parts];
                Array.Fill(sizes, x.Shape[axis] / parts);
                return x.Split(sizes, axis);
            }

            /// <summary>Parts of an axis, of these sizes.</summary>
            /// <param name="sizes">The parts' extents, which add up to the axis's.</param>
            /// <param name="axis">Which axis; negative ones count from the innermost.</param>
            /// <exception cref="ShapeException">The axis is out of range, or the sizes do not add up to its extent.</exception>
            public Tensor[] Split(ReadOnlySpan<int> sizes, int axis = 0)
            {
                axis = x.Shape.Axis(axis, nameof(Split));
                long sum = 0;
                foreach (int size in sizes) sum += size < 0 ? long.MinValue / 2 : size;
                if (sum != x.Shape[axis])
                {
                    throw new ShapeException(
                        $"Split needs sizes of 0 or more that add up to the extent {x.Shape[axis]} of axis {axis} of {x.Shape}, "
                        + $"got [{string.Join(", ", sizes.ToArray())}]");
                }
                Tensor[] parts = new Tensor[sizes.Length];
                for (int i = 0, start = 0; i < parts.Length; start += sizes[i++])
                    parts[i] = x.SliceAxis(axis, sizes[i] == 0 ? 0 : start, 1, sizes[i]);
                return parts;
            }
        }
    }
}
