using System.Numerics;

namespace Nabla;

/// <summary>An operation that folds some axes into one element each.</summary>
/// <param name="Axes">Which axes; negative ones count from the innermost, none at all means every axis.</param>
/// <param name="KeepAxes">Whether the folded axes stay, with extent 1.</param>
public abstract record AxisReduction(Axes Axes, bool KeepAxes) : Operation
{
    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 1);
        Axes axes = Axes.Normalize(inputs[0].Shape, Name);
        return inputs[0] with { Shape = KeepAxes ? Kept(inputs[0].Shape, axes) : Folded(inputs[0].Shape, axes) };
    }

    /// <summary>The gradient or value of the result with the folded axes put back as extents of 1, so that it broadcasts against the input.</summary>
    protected Tensor Unfold(Tensor folded, Shape input) => folded.Reshape(Kept(input, Axes.Normalize(input, Name)));

    /// <summary>How many input elements go into one element of the result.</summary>
    protected int Folds(Shape input)
    {
        int count = 1;
        foreach (int axis in Axes.Normalize(input, Name)) count *= input[axis];
        return count;
    }

    /// <summary>Throws where a fold over no elements has no value.</summary>
    protected void RequireElements(TensorSpec input)
    {
        if (Folds(input.Shape) == 0)
            throw new ShapeException($"{Name} needs at least one element along the axes it folds, got {input} over {Axes.Normalize(input.Shape, Name)}");
    }

    private static Shape Kept(Shape shape, Axes axes)
    {
        foreach (int axis in axes) shape = shape.With(axis, 1);
        return shape;
    }

    private static Shape Folded(Shape shape, Axes axes)
    {
        for (int i = axes.Count - 1; i >= 0; i--) shape = shape.Without(axes[i]);
        return shape;
    }

    /// <summary>A fold of data seen as [outer, fold, inner] into [outer, inner].</summary>
    internal unsafe delegate void Fold<T>(T* x, T* y, int outer, int fold, int inner)
        where T : unmanaged, INumber<T>;

    /// <summary>Runs a fold over each group of neighbouring axes, the innermost group first.</summary>
    internal unsafe void Run<T>(Buffers buffers, Fold<T> fold)
        where T : unmanaged, INumber<T>
    {
        Shape shape = buffers.InputSpec(0).Shape;
        Axes axes = Axes.Normalize(shape, Name);
        T* source = buffers.InputPointer<T>(0);
        if (axes.Count == 0)
        {
            fold(source, buffers.OutputPointer<T>(), shape.Count, 1, 1);
            return;
        }
        Tensor? between = null;
        for (int last = axes.Count - 1; last >= 0;)
        {
            int first = last;
            while (first > 0 && axes[first - 1] == axes[first] - 1) first--;
            int outer = shape.Product(0, axes[first]), folds = shape.Product(axes[first], axes[last] + 1);
            int inner = shape.Product(axes[last] + 1, shape.Rank);
            Tensor? next = first == 0 ? null : Tensor.Empty(new([outer, inner], buffers.OutputSpec.DType));
            fold(source, next is null ? buffers.OutputPointer<T>() : next.Pointer<T>(), outer, folds, inner);
            for (int i = last; i >= first; i--) shape = shape.With(axes[i], 1);
            between?.Release();
            between = next;
            if (next is not null) source = next.Pointer<T>();
            last = first - 1;
        }
    }
}
