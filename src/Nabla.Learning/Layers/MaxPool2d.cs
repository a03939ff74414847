namespace Nabla;

/// <summary>The largest element of each window that moves over the images. Gradients go to the largest, the first one at ties.</summary>
/// <remarks>x: [batch, channels, height, width]   y: [batch, channels, (height + 2 padding − size) / stride + 1, the same for the width], rounded
/// down.</remarks>
public sealed class MaxPool2d : Module
{
    /// <summary>A pooling layer.</summary>
    /// <param name="size">The window's extent, at least 1: one number, or height and width.</param>
    /// <param name="stride">How far the window moves: one number or two; as far as the window is large if none.</param>
    /// <param name="padding">How far the window may stand outside, at most half of it: one number or two; 0 if none.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public MaxPool2d(Axes size, Axes stride = default, Axes padding = default)
    {
        (int height, int width) = Pair.Of(size, otherwise: 0, least: 1, nameof(MaxPool2d), nameof(size));
        Pair.Of(stride, otherwise: 1, least: 1, nameof(MaxPool2d), nameof(stride));
        (int down, int across) = Pair.Of(padding, otherwise: 0, least: 0, nameof(MaxPool2d), nameof(padding));
        if (2 * down > height || 2 * across > width)
            throw new ArgumentException($"MaxPool2d needs a padding of at most half the window {size}, got {padding}", nameof(padding));
        (Size, Stride, Padding) = (size, stride, padding);
    }

    /// <summary>The window's extent.</summary>
    public Axes Size { get; }

    /// <summary>How far the window moves; none is as far as it is large.</summary>
    public Axes Stride { get; }

    /// <summary>How far the window may stand outside; none is 0.</summary>
    public Axes Padding { get; }

    /// <inheritdoc/>
    public override string Summary => $"{Pair.Text("MaxPool2d", Size)}{Pair.Text(", stride", Stride)}{Pair.Text(", padding", Padding)}";

    /// <inheritdoc/>
    /// <exception cref="ShapeException">x has no planes, or the window is larger than the padded plane.</exception>
    protected override Tensor Forward(Tensor x, Pass pass) => x.MaxPool2d(Size, Stride, Padding);
}
