using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>Copies along new axes in front and along axes of extent 1, until the shape is reached.</summary>
    /// <param name="Target">A shape that the input broadcasts to.</param>
    /// <remarks>The transpose of summing: each element's downstream gradient is the sum over its copies.</remarks>
    public sealed record Expand(Shape Target) : Operation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.None;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 1);
            if (Shape.Broadcast(inputs[0].Shape, Target) != Target)
                throw new ShapeException($"Expand cannot make {Target} from {inputs[0].Shape}: only extents of 1 are stretched, and axes are added in front");
            return inputs[0] with { Shape = Target };
        }

        /// <inheritdoc/>
        public override void Forward(Buffers buffers)
        {
            switch (buffers.OutputSpec.DType.Size)
            {
                case 8: Copy<long>(buffers); break;
                case 4: Copy<int>(buffers); break;
                default: Copy<byte>(buffers); break;
            }
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [upstream.SumTo(application.Inputs[0].Shape)];

        private static unsafe void Copy<T>(Buffers buffers)
            where T : unmanaged
        {
            BroadcastPlan plan = BroadcastPlan.Of(buffers.OutputSpec.Shape, [buffers.InputSpec(0).Shape]);
            T* source = buffers.InputPointer<T>(0), destination = buffers.OutputPointer<T>();
            for (int run = 0; run < plan.RunCount; run++)
            {
                T* from = source + plan.Offset(run, 0);
                Span<T> to = new(destination + ((nint)run * plan.RunLength), plan.RunLength);
                if (plan.RunStride(0) == 0) to.Fill(*from);
                else new ReadOnlySpan<T>(from, plan.RunLength).CopyTo(to);
            }
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Expand"/>.</summary>
    public static class ExpandExtensions
    {
        extension(Tensor x)
        {
            /// <summary>Copies along new axes in front and along axes of extent 1, until the shape is reached.</summary>
            /// <exception cref="ShapeException">The tensor does not broadcast to the shape.</exception>
            public Tensor Expand(Shape shape) => x.Shape == shape ? x : new Expand(shape).Apply(x);
        }
    }
}
