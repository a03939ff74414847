using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>Of each axis the elements start, start + step, start + 2 step, …, count of them.</summary>
    /// <param name="Starts">The first element taken along each axis.</param>
    /// <param name="Steps">How far apart the elements lie; negative ones run backwards, 0 is refused.</param>
    /// <param name="Counts">How many are taken along each axis.</param>
    /// <remarks>The upstream gradient goes to the elements that were taken, 0 to the others: <see cref="SliceGradient"/>.</remarks>
    public sealed record Slice(Axes Starts, Axes Steps, Axes Counts) : Operation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.None;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 1);
            RequireInside(Name, inputs[0].Shape, Starts, Steps, Counts);
            return inputs[0] with { Shape = Shape.Create(Counts.AsSpan()) };
        }

        /// <inheritdoc/>
        public override unsafe void Forward(Buffers buffers)
        {
            Shape input = buffers.InputSpec(0).Shape, output = buffers.OutputSpec.Shape;
            Span<nint> from = stackalloc nint[input.Rank], to = stackalloc nint[input.Rank];
            nint start = Window(input, Starts, Steps, from);
            Strides(output, to);
            int size = buffers.OutputSpec.DType.Size;
            fixed (byte* source = buffers.InputBytes(0), destination = buffers.OutputBytes)
                StridedCopy.Of(output.AsSpan(), from, to).Run(size, source + (start * size), destination);
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
            [new SliceGradient(Starts, Steps, application.Inputs[0].Shape).Apply(upstream)];

        /// <summary>Row-major strides in elements.</summary>
        internal static void Strides(Shape shape, Span<nint> strides)
        {
            nint stride = 1;
            for (int axis = shape.Rank - 1; axis >= 0; axis--)
            {
                strides[axis] = stride;
                stride *= shape[axis];
            }
        }

        /// <summary>The strides of a window into a shape, and where it begins.</summary>
        internal static nint Window(Shape shape, Axes starts, Axes steps, Span<nint> strides)
        {
            Strides(shape, strides);
            nint start = 0;
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                start += starts[axis] * strides[axis];
                strides[axis] *= steps[axis];
            }
            return start;
        }

        /// <summary>Throws unless every element that is taken lies in the shape.</summary>
        internal static void RequireInside(string name, Shape shape, Axes starts, Axes steps, Axes counts)
        {
            if (starts.Count != shape.Rank || steps.Count != shape.Rank || counts.Count != shape.Rank)
            {
                throw new ShapeException(
                    $"{name} needs a start, a step and a count for each axis of {shape}, got starts {starts}, steps {steps} and counts {counts}");
            }
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                long last = starts[axis] + ((long)(counts[axis] - 1) * steps[axis]);
                bool fits = steps[axis] != 0 && counts[axis] >= 0;
                fits &= counts[axis] == 0 || (starts[axis] >= 0 && starts[axis] < shape[axis] && last >= 0 && last < shape[axis]);
                if (!fits)
                {
                    throw new ShapeException(
                        $"{name} takes {counts[axis]} elements from {starts[axis]} by steps of {steps[axis]} along axis {axis} of {shape}, "
                        + "which leaves the axis; steps are not 0 and elements lie from 0 to the extent − 1");
                }
            }
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Slice"/>.</summary>
    public static class SliceExtensions
    {
        extension(Tensor x)
        {
            /// <summary>The elements start, start + step, … of one axis, up to but not including end.</summary>
            /// <param name="axis">Which; negative ones count from the innermost.</param>
            /// <param name="start">
            /// The first element; negative counts from the end; null is the end where the step begins. Out of range is cut off.
            /// </param>
            /// <param name="end">Where to stop; negative counts from the end; null is the far end. Out of range is cut off.</param>
            /// <param name="step">How far apart the elements lie; negative runs backwards.</param>
            /// <returns>The same rank; an empty axis where start lies beyond end.</returns>
            /// <exception cref="ShapeException">The axis is out of range, or the step is 0.</exception>
            public Tensor Slice(int axis, int? start = null, int? end = null, int step = 1)
            {
                axis = x.Shape.Axis(axis, nameof(Slice));
                if (step == 0) throw new ShapeException($"Slice needs a step other than 0 along axis {axis} of {x.Shape}; −1 reverses it");
                int extent = x.Shape[axis], lowest = step > 0 ? 0 : -1, highest = step > 0 ? extent : extent - 1;
                int from = start is { } s ? Math.Clamp(s < 0 ? s + extent : s, lowest, highest) : step > 0 ? 0 : extent - 1;
                int to = end is { } e ? Math.Clamp(e < 0 ? e + extent : e, lowest, highest) : step > 0 ? extent : -1;
                long distance = step > 0 ? (long)to - from : (long)from - to;
                int count = distance <= 0 ? 0 : (int)((distance - 1) / Math.Abs((long)step)) + 1;
                return x.SliceAxis(axis, count == 0 ? 0 : from, step, count);
            }

            /// <summary>Some axes run backwards; all of them if none are named.</summary>
            /// <exception cref="ShapeException">An axis is out of range or named twice.</exception>
            public Tensor Flip(Axes axes = default)
            {
                Axes reversed = axes.Normalize(x.Shape, nameof(Flip));
                Span<int> starts = stackalloc int[x.Rank], steps = stackalloc int[x.Rank];
                for (int axis = 0; axis < x.Rank; axis++)
                    (starts[axis], steps[axis]) = reversed.Contains(axis) ? (Math.Max(0, x.Shape[axis] - 1), -1) : (0, 1);
                return new Slice(Axes.Create(starts), Axes.Create(steps), Axes.Create(x.Shape.AsSpan())).Apply(x);
            }

            internal Tensor SliceAxis(int axis, int start, int step, int count)
            {
                if (start == 0 && step == 1 && count == x.Shape[axis]) return x;
                Span<int> starts = stackalloc int[x.Rank], steps = stackalloc int[x.Rank];
                starts.Clear();
                steps.Fill(1);
                (starts[axis], steps[axis]) = (start, step);
                return new Slice(Axes.Create(starts), Axes.Create(steps), Axes.Create(x.Shape.With(axis, count).AsSpan())).Apply(x);
            }
        }
    }
}
