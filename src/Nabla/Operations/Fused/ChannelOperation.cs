namespace Nabla.Operations;

/// <summary>An operation on each channel of images by itself. x: [batch, channels, pixels…].</summary>
internal abstract record ChannelOperation : FloatingOperation
{
    private protected TensorSpec RequireChannels(TensorSpec input)
    {
        RequireFloating(input);
        return input.Shape.Rank >= 2 && input.Shape.Count > 0
            ? input
            : throw new ShapeException($"{Name} needs [batch, channels, …] with at least one element a channel, got {input.Shape}");
    }

    private protected void RequireLike(TensorSpec input, TensorSpec needed, string what)
    {
        if (input != needed) throw new ShapeException($"{Name} needs {what} of {needed}, got {input}");
    }

    private protected static (int Batch, int Channels, int Pixels) Extents(Shape shape) => (shape[0], shape[1], shape.Product(2, shape.Rank));
}
