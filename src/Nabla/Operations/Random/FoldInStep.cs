using System.Collections.Immutable;

namespace Nabla.Operations;

/// <summary>
/// A random key of its own for each value of a counter. Inputs: the key, an Int64 scalar; the counter, an Int32, Int64 or whole Float64 scalar.
/// </summary>
public sealed record FoldInStep : Operation
{
    /// <inheritdoc/>
    public override Needs Needs => Needs.None;

    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override int? KeyInput => 1;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 2);
        FoldIn.RequireKey(this, inputs[0]);
        if (inputs[1].Shape.Rank != 0 || inputs[1].DType is not (DType.Int32 or DType.Int64 or DType.Float64))
            throw new ArgumentException($"{Name} needs a step that is an Int32, Int64 or Float64 scalar, got {inputs[1]}; Cast or Reshape it");
        return inputs[0];
    }

    /// <inheritdoc/>
    public override void Forward(Buffers buffers) =>
        buffers.Output<long>()[0] = unchecked((long)Philox.Derive((ulong)buffers.Input<long>(0)[0], (ulong)Step(buffers)));

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null, null];

    private static long Step(Buffers buffers)
    {
        switch (buffers.InputSpec(1).DType)
        {
            case DType.Int32: return buffers.Input<int>(1)[0];
            case DType.Int64: return buffers.Input<long>(1)[0];
            default:
                double step = buffers.Input<double>(1)[0];
                if (double.IsInteger(step) && Math.Abs(step) < 1L << 53) return (long)step;
                throw new ArgumentException($"FoldInStep needs a whole step, got {step}");
        }
    }
}
