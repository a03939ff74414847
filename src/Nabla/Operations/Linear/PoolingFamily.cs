using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>An operation on windows that move over the planes of the last two axes.</summary>
/// <param name="Window">The window's height and width.</param>
/// <param name="Stride">How far the window moves down and to the right.</param>
/// <param name="Padding">How far the window may stand outside the plane, above and below, left and right; less than the window.</param>
public abstract record PoolingFamily(Axes Window, Axes Stride, Axes Padding) : FloatingOperation
{
    private protected PoolingSize SizeOf(Shape x)
    {
        if (x.Rank < 2) throw new ShapeException($"{Name} needs planes [… , height, width], got {x}");
        RequireTwo(Window, nameof(Window), 1);
        RequireTwo(Stride, nameof(Stride), 1);
        RequireTwo(Padding, nameof(Padding), 0);
        // A window that stood wholly in the padding would have no elements.
        if (Padding[0] >= Window[0] || Padding[1] >= Window[1])
            throw new ShapeException($"{Name} needs padding less than the window, got padding {Padding} and window {Window}");
        PoolingSize size = new(
            x.Product(0, x.Rank - 2), x[^2], x[^1], Window[0], Window[1], Stride[0], Stride[1], Padding[0], Padding[1]);
        if (x[^2] == 0 || x[^1] == 0 || size.OutputHeight == 0 || size.OutputWidth == 0)
            throw new ShapeException($"{Name} needs a window that fits, got {Window} for planes of {x[^2]} × {x[^1]} with padding {Padding}");
        return size;
    }

    private protected static Shape Pooled(Shape x, in PoolingSize size) => x.With(x.Rank - 2, size.OutputHeight).With(x.Rank - 1, size.OutputWidth);

    private void RequireTwo(Axes numbers, string what, int least)
    {
        if (numbers.Count != 2 || numbers[0] < least || numbers[1] < least)
            throw new ShapeException($"{Name} needs {what} as two numbers of {least} or more, vertical and horizontal, got {numbers}");
    }
}
