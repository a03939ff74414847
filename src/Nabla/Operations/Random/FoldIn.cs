using System.Collections.Immutable;

namespace Nabla.Operations;

/// <summary>A random key of its own for each number: one key and an index become another key. Input: the key, an Int64 scalar.</summary>
/// <param name="Index">Which of the keys.</param>
public sealed record FoldIn(long Index) : Operation
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
        RequireKey(this, inputs[0]);
        return inputs[0];
    }

    /// <inheritdoc/>
    public override void Forward(Buffers buffers) =>
        buffers.Output<long>()[0] = unchecked((long)Philox.Derive((ulong)buffers.Input<long>(0)[0], (ulong)Index));

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null];

    /// <summary>Throws unless the input can be a random key.</summary>
    internal static void RequireKey(Operation operation, TensorSpec key)
    {
        if (key != new TensorSpec(Shape.Scalar, DType.Int64))
            throw new ArgumentException($"{operation.Name} needs a random key, an Int64 scalar, got {key}; make one with RandomKey.FromSeed");
    }
}
