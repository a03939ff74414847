using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>Numbers drawn uniformly from [low, high); each depends on the key and its own place alone. Input: the key, an Int64 scalar.</summary>
/// <param name="Target">The shape of the result.</param>
/// <param name="Type">Float32 (24 random bits an element) or Float64 (53).</param>
/// <param name="Low">The lower end, which belongs to the interval.</param>
/// <param name="High">The upper end, which does not.</param>
public sealed record RandomUniform(Shape Target, DType Type = DType.Float32, double Low = 0, double High = 1) : FloatingOperation
{
    /// <inheritdoc/>
    public override Needs Needs => Needs.None;

    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override int? KeyInput => 0;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 1);
        FoldIn.RequireKey(this, inputs[0]);
        if (!(Low < High) || !double.IsFinite(High - Low))
            throw new ArgumentException($"{Name} needs a finite interval with low below high, got {Low} to {High}");
        TensorSpec spec = new(Target, Type);
        RequireFloating(spec);
        return spec;
    }

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers) =>
        RandomKernel.Uniform(unchecked((ulong)buffers.Input<long>(0)[0]), buffers.OutputPointer<T>(), Target.Count, Low, High);

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null];
}
