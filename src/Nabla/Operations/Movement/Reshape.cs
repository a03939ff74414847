using System.Collections.Immutable;
using System.Runtime.CompilerServices;
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

            /// <summary>The same elements in the same order under other extents, of which one may be −1: it becomes what is left over.</summary>
            /// <param name="extents">The new extents.</param>
            /// <exception cref="ShapeException">The extents hold another number of elements, or what −1 stands for is not settled.</exception>
            [OverloadResolutionPriority(1)]
            public Tensor Reshape(params ReadOnlySpan<int> extents)
            {
                int open = extents.IndexOf(-1);
                if (open < 0) return x.Reshape(Shape.Create(extents));
                Span<int> settled = stackalloc int[extents.Length];
                extents.CopyTo(settled);
                settled[open] = 1;
                int known = settled.Contains(-1) ? 0 : Shape.Create(settled).Count;
                if (known == 0 || x.Count % known != 0)
                {
                    throw new ShapeException(
                        $"Reshape cannot settle −1 in [{string.Join(", ", extents.ToArray())}] for {x.Shape} with {x.Count} elements; "
                        + "use −1 once, beside extents whose product is above 0 and divides the number of elements");
                }
                settled[open] = x.Count / known;
                return x.Reshape(Shape.Create(settled));
            }
        }
    }
}
