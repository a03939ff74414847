using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>The gradient of <see cref="LayerNormalization"/> in one pass, where no graph of it is wanted. Inputs: x, upstream.</summary>
/// <param name="Epsilon">Added to the variance; above 0.</param>
public sealed record LayerNormalizationGradient(double Epsilon) : RowOperation
{
    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        LayerNormalization.RequireEpsilon(Name, Epsilon);
        TensorSpec spec = RequireRows(inputs, 2);
        return spec.Shape[^1] > 0 ? spec : throw new ShapeException($"{Name} needs at least one element a row, got {spec}");
    }

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers)
    {
        (int rows, int length) = RowsOf(buffers.OutputSpec.Shape);
        LayerNormalizationKernel<T>.Gradient(
            buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.OutputPointer<T>(), rows, length, Epsilon);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
        Gradients.Through(
            inputs => Graph(inputs[0], new LayerNormalization(Epsilon).Apply(inputs[0]), inputs[1], Epsilon), application.Inputs, upstream);

    internal static Tensor Graph(Tensor x, Tensor y, Tensor upstream, double epsilon)
    {
        Tensor deviation = (x.Variance(-1, keepAxes: true, correction: 0) + epsilon).Sqrt();
        return (upstream - upstream.Mean(-1, keepAxes: true) - (y * (upstream * y).Mean(-1, keepAxes: true))) / deviation;
    }
}
