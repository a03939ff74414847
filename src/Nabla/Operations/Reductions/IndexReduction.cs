using System.Collections.Immutable;
using System.Numerics;

namespace Nabla.Operations;

/// <summary>An operation that folds one axis into a place on it. No gradient flows.</summary>
/// <param name="Axis">Which axis; negative ones count from the innermost.</param>
/// <param name="KeepAxis">Whether the axis stays, with extent 1.</param>
public abstract record IndexReduction(int Axis, bool KeepAxis) : Operation
{
    /// <inheritdoc/>
    public override Needs Needs => Needs.None;

    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 1);
        Shape shape = inputs[0].Shape;
        int axis = shape.Axis(Axis, Name);
        if (shape[axis] == 0) throw new ShapeException($"{Name} needs at least one element along axis {axis}, got {shape}");
        return new(KeepAxis ? shape.With(axis, 1) : shape.Without(axis), DType.Int32);
    }

    /// <inheritdoc/>
    public override void Forward(Buffers buffers)
    {
        switch (buffers.InputSpec(0).DType)
        {
            case DType.Float32: Find<float>(buffers); break;
            case DType.Float64: Find<double>(buffers); break;
            case DType.Int32: Find<int>(buffers); break;
            case DType.Int64: Find<long>(buffers); break;
            default: Find<byte>(buffers); break;
        }
    }

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null];

    private protected abstract unsafe void Find<T>(T* x, int* index, int outer, int extent, int inner)
        where T : unmanaged, INumber<T>;

    private unsafe void Find<T>(Buffers buffers)
        where T : unmanaged, INumber<T>
    {
        Shape shape = buffers.InputSpec(0).Shape;
        int axis = shape.Axis(Axis, Name);
        Find(buffers.InputPointer<T>(0), buffers.OutputPointer<int>(), shape.Product(0, axis), shape[axis], shape.Product(axis + 1, shape.Rank));
    }
}
