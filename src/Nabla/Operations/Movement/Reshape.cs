using System.Collections.Immutable;
using Nabla.Operations;

namespace Nabla.Operations
{
    /// <summary>The same elements in the same order under another shape.</summary>
    /// <param name="Target">The new shape, of as many elements.</param>
    public sealed record Reshape(Shape Target) : Operation
    {
        /// <inheritdoc/>
        public override Needs Needs => Needs.None;

        /// <inheritdoc/>
        public override bool KeepsElements => true;

        /// <inheritdoc/>
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 1);
            if (inputs[0].Shape.Count != Target.Count)
            {
                throw new ShapeException(
                    $"Reshape keeps the number of elements, got {inputs[0].Shape} with {inputs[0].Shape.Count} for {Target} with {Target.Count}");
            }
            return inputs[0] with { Shape = Target };
        }

        /// <inheritdoc/>
        public override void Forward(Buffers buffers) => buffers.InputBytes(0).CopyTo(buffers.OutputBytes);

        /// <inheritdoc/>
        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
            [new Reshape(application.Inputs[0].Shape).Apply(upstream)];
    }
}

namespace Nabla
{
    /// <summary>The fluent forms of <see cref="Operations.Reshape"/>.</summary>
    public static class ReshapeExtensions
    {
        extension(Tensor x)
        {
            /// <summary>The same elements in the same order under another shape.</summary>
            /// <exception cref="ShapeException">The shape holds another number of elements.</exception>
            public Tensor Reshape(Shape shape) => x.Shape == shape ? x : new Reshape(shape).Apply(x);
        }
    }
}
