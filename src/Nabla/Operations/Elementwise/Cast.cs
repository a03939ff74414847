using System.Collections.Immutable;
using System.Numerics;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>
    /// The same numbers in another element type. Fractions are cut off towards 0; what does not fit becomes the nearest that does; NaN becomes 0.
    /// </summary>
    /// <param name="Target">The new element type.</param>
    /// <remarks>To <see cref="DType.Bool"/>: whether the element is not 0. Gradients flow between Float32 and Float64 alone.</remarks>
    public sealed record Cast(DType Target) : Operation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.None;

        /// <inheritdoc/>
        public override bool IsElementwise => true;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 1);
            return inputs[0] with { DType = Target };
        }

        /// <inheritdoc/>
        public override unsafe void Forward(Buffers buffers)
        {
            int count = buffers.OutputSpec.Shape.Count;
            switch (buffers.InputSpec(0).DType, Target)
            {
                case (DType.UInt8 or DType.Bool, DType.Float32):
                    Kernels.CastKernel.Convert(buffers.InputPointer<byte>(0), buffers.OutputPointer<float>(), count);
                    return;
                case (DType.Float32, DType.Float64):
                    Kernels.CastKernel.Convert(buffers.InputPointer<float>(0), buffers.OutputPointer<double>(), count);
                    return;
                case (DType.Float64, DType.Float32):
                    Kernels.CastKernel.Convert(buffers.InputPointer<double>(0), buffers.OutputPointer<float>(), count);
                    return;
            }
            switch (buffers.InputSpec(0).DType)
            {
                case DType.Float32: From<float>(buffers); break;
                case DType.Float64: From<double>(buffers); break;
                case DType.Int32: From<int>(buffers); break;
                case DType.Int64: From<long>(buffers); break;
                default: From<byte>(buffers); break;
            }
        }

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [upstream.Cast(application.Inputs[0].DType)];

        private void From<TFrom>(Buffers buffers)
            where TFrom : unmanaged, INumber<TFrom>
        {
            ReadOnlySpan<TFrom> x = buffers.Input<TFrom>(0);
            switch (Target)
            {
                case DType.Float32: To(x, buffers.Output<float>()); break;
                case DType.Float64: To(x, buffers.Output<double>()); break;
                case DType.Int32: To(x, buffers.Output<int>()); break;
                case DType.Int64: To(x, buffers.Output<long>()); break;
                case DType.UInt8: To(x, buffers.Output<byte>()); break;
                default:
                    Span<byte> mask = buffers.Output<byte>();
                    for (int i = 0; i < x.Length; i++) mask[i] = (byte)(TFrom.IsZero(x[i]) ? 0 : 1);
                    break;
            }
        }

        private static void To<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> y)
            where TFrom : unmanaged, INumber<TFrom>
            where TTo : unmanaged, INumber<TTo>
        {
            for (int i = 0; i < x.Length; i++) y[i] = TTo.CreateSaturating(x[i]);
        }
    }
}

namespace Nabla
{
    /// <summary>The fluent form of <see cref="Operations.Cast"/>.</summary>
    public static class CastExtensions
    {
        extension(Tensor x)
        {
            /// <summary>The same numbers in another element type; fractions are cut off, what does not fit becomes the nearest that does.</summary>
            public Tensor Cast(DType dtype) => x.DType == dtype ? x : new Cast(dtype).Apply(x);
        }
    }
}
