using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>
/// Zeros of a shape with the input's elements put where a <see cref="Slice"/> would take them: the transpose of <see cref="Slice"/>.
/// </summary>
/// <param name="Starts">Where the first element goes along each axis.</param>
/// <param name="Steps">How far apart the elements go.</param>
/// <param name="Target">The shape of the result.</param>
public sealed record SliceGradient(Axes Starts, Axes Steps, Shape Target) : Operation
{
    /// <inheritdoc/>
    public override Needs Needs => Needs.None;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 1);
        Slice.RequireInside(Name, Target, Starts, Steps, Axes.Create(inputs[0].Shape.AsSpan()));
        return inputs[0] with { Shape = Target };
    }

    /// <inheritdoc/>
    public override void Forward(Buffers buffers)
    {
        buffers.OutputBytes.Clear();
        Put(buffers, Starts, Steps);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
        [new Slice(Starts, Steps, Axes.Create(application.Inputs[0].Shape.AsSpan())).Apply(upstream)];

    /// <summary>Writes the input into the output at a window; the rest stays as it is.</summary>
    internal static unsafe void Put(Buffers buffers, Axes starts, Axes steps)
    {
        Shape input = buffers.InputSpec(0).Shape, output = buffers.OutputSpec.Shape;
        Span<nint> from = stackalloc nint[input.Rank], to = stackalloc nint[input.Rank];
        Slice.Strides(input, from);
        nint start = Slice.Window(output, starts, steps, to);
        int size = buffers.OutputSpec.DType.Size;
        fixed (byte* source = buffers.InputBytes(0), destination = buffers.OutputBytes)
            StridedCopy.Of(input.AsSpan(), from, to).Run(size, source, destination + (start * size));
    }
}
