using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>
/// downstream = (softmax(logits) − onehot(targets)) upstream, in one pass: the gradient of <see cref="CrossEntropy"/>. Inputs: logits, targets,
/// upstream.
/// </summary>
public sealed record CrossEntropyGradient : RowOperation
{
    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 3);
        TensorSpec losses = new CrossEntropy().Losses(inputs[0], inputs[1]);
        return inputs[2] == losses ? inputs[0] : throw new ShapeException($"{Name} needs an upstream gradient of {losses}, got {inputs[2]}");
    }

    /// <inheritdoc/>
    protected override unsafe void Forward<T>(Buffers buffers)
    {
        (int rows, int classes) = RowsOf(buffers.OutputSpec.Shape);
        T* logits = buffers.InputPointer<T>(0), upstream = buffers.InputPointer<T>(2), downstream = buffers.OutputPointer<T>();
        CrossEntropy.RequireTargets(buffers, classes);
        if (buffers.InputSpec(1).DType == DType.Int32)
            Softmax<T>.CrossEntropyGradient(logits, buffers.InputPointer<int>(1), upstream, downstream, rows, classes);
        else
            Softmax<T>.CrossEntropyGradient(logits, buffers.InputPointer<long>(1), upstream, downstream, rows, classes);
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
        Gradients.Through(
            inputs => (inputs[0].Softmax() - inputs[1].OneHot(inputs[0].Shape[^1], inputs[0].DType)) * inputs[2].Unsqueeze(-1),
            application.Inputs,
            upstream);
}
