using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>The second input where the first, a mask, is true, else the third; all broadcast.</summary>
    /// <remarks>The upstream gradient goes to whichever was chosen, 0 to the other.</remarks>
    public sealed record Where : Operation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.Inputs;

        /// <inheritdoc/>
        public override bool IsElementwise => true;

        /// <inheritdoc/>
        public override GatePattern Pattern => GatePattern.GradientRouter;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 3);
            if (inputs[0].DType != DType.Bool)
                throw new ArgumentException($"Where needs a Bool mask, got {inputs[0]}; compare it with something first");
            RequireSameType(inputs[1], inputs[2]);
            return inputs[1] with { Shape = Shape.Broadcast(inputs[0].Shape, Shape.Broadcast(inputs[1].Shape, inputs[2].Shape)) };
        }

        /// <inheritdoc/>
        public override void Forward(Buffers buffers)
        {
            switch (buffers.OutputSpec.DType.Size)
            {
                case 8: Choose<long>(buffers); break;
                case 4: Choose<int>(buffers); break;
                default: Choose<byte>(buffers); break;
            }
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
        {
            (Tensor mask, Tensor x, Tensor y) = (application.Inputs[0], application.Inputs[1], application.Inputs[2]);
            Tensor zero = Tensor.Constant(0, upstream);
            return
            [
                null,
                application.Wants(1) ? mask.Where(upstream, zero).SumTo(x.Shape) : null,
                application.Wants(2) ? mask.Where(zero, upstream).SumTo(y.Shape) : null,
            ];
        }

        private static unsafe void Choose<T>(Buffers buffers)
            where T : unmanaged
        {
            BroadcastPlan plan = BroadcastPlan.Of(
                buffers.OutputSpec.Shape, [buffers.InputSpec(0).Shape, buffers.InputSpec(1).Shape, buffers.InputSpec(2).Shape]);
            ElementwiseKernel.SplitRuns(plan, new Work<T>(
                plan, buffers.InputPointer<byte>(0), buffers.InputPointer<T>(1), buffers.InputPointer<T>(2), buffers.OutputPointer<T>()));
        }

        private readonly unsafe struct Work<T>(BroadcastPlan plan, byte* mask, T* x, T* y, T* z) : IWork
            where T : unmanaged
        {
            public void Run(int task)
            {
                (int first, int end, int start, int length) = ElementwiseKernel.RunPart(task, plan);
                int maskStride = plan.RunStride(0), xStride = plan.RunStride(1), yStride = plan.RunStride(2);
                for (int run = first; run < end; run++)
                {
                    byte* m = mask + plan.Offset(run, 0) + (start * maskStride);
                    T* a = x + plan.Offset(run, 1) + (start * xStride), b = y + plan.Offset(run, 2) + (start * yStride);
                    T* to = z + ((nint)run * plan.RunLength) + start;
                    int i = maskStride == 1 && sizeof(T) != 8 ? Registers(m, a, xStride, b, yStride, to, length) : 0;
                    for (; i < length; i++) to[i] = m[i * maskStride] != 0 ? a[i * xStride] : b[i * yStride];
                }
            }

            // A register of elements at a time, each lane chosen by its own byte of the mask; returns how many were done. Elements are moved as bits.
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            private static int Registers(byte* mask, T* x, int xStride, T* y, int yStride, T* z, int length)
            {
                Vector512<T> xs = Vector512.Create(*x), ys = Vector512.Create(*y);
                int i = 0;
                for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count)
                {
                    if (xStride != 0) xs = Vector512.Load(x + i);
                    if (yStride != 0) ys = Vector512.Load(y + i);
                    Vector512<T> lanes = sizeof(T) == 1
                        ? Vector512.Load(mask + i).As<byte, T>()
                        : CastKernel.Widen(Vector128.Load(mask + i)).As<int, T>();
                    Vector512.ConditionalSelect(Vector512.Equals(lanes, Vector512<T>.Zero), ys, xs).Store(z + i);
                }
                return i;
            }
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Where"/>.</summary>
    public static class WhereExtensions
    {
        extension(Tensor mask)
        {
            /// <summary>One tensor's elements where this mask is true, else the other's; all broadcast.</summary>
            public Tensor Where(Tensor chosen, Tensor otherwise) => new Where().Apply(mask, chosen, otherwise);
        }
    }
}
