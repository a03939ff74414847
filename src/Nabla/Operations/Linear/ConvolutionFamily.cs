using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>A two-dimensional convolution or one of its gradients; each is linear in both inputs, and they are one another's gradients.</summary>
/// <param name="Stride">How far the window moves down and to the right.</param>
/// <param name="Padding">How many zeros are added on each side, above and below, left and right.</param>
/// <param name="Dilation">How far apart the window's rows and columns lie.</param>
/// <param name="Groups">Into how many groups the channels are cut, each convolved by itself.</param>
public abstract record ConvolutionFamily(Axes Stride, Axes Padding, Axes Dilation, int Groups) : FloatingOperation
{
    private protected void RequirePair(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 2);
        RequireSameType(inputs[0], inputs[1]);
        RequireFloating(inputs[0]);
    }

    /// <summary>The extents, checked.</summary>
    private protected ConvolutionSize SizeOf(Shape x, Shape weight)
    {
        if (x.Rank != 4 || weight.Rank != 4)
        {
            throw new ShapeException(
                $"{Name} needs images [batch, channels, height, width] and weights [outputs, channels, height, width], got {x} and {weight}");
        }
        RequireTwo(Stride, nameof(Stride), 1);
        RequireTwo(Padding, nameof(Padding), 0);
        RequireTwo(Dilation, nameof(Dilation), 1);
        if (Groups < 1 || x[1] % Groups != 0 || weight[0] % Groups != 0)
            throw new ShapeException($"{Name} needs groups that divide the {x[1]} input channels and the {weight[0]} output channels, got {Groups}");
        if (weight[1] * Groups != x[1])
        {
            throw new ShapeException(
                $"{Name} needs equal input channels, got {x[1]} in the images {x} and {weight[1]} in the weights {weight}"
                + (Groups == 1 ? "" : $" times {Groups} groups"));
        }
        ConvolutionSize size = new(
            x[0], x[1], x[2], x[3], weight[0], weight[2], weight[3], Stride[0], Stride[1], Padding[0], Padding[1], Dilation[0], Dilation[1], Groups);
        if (weight[2] == 0 || weight[3] == 0 || size.OutputHeight == 0 || size.OutputWidth == 0)
        {
            throw new ShapeException(
                $"{Name} needs a window that fits, got {weight[2]} × {weight[3]} with dilation {Dilation} "
                + $"for images of {x[2]} × {x[3]} with padding {Padding}; pad more");
        }
        return size;
    }

    /// <summary>Throws unless the upstream has the shape that the forward convolution gives.</summary>
    private protected void RequireUpstream(in ConvolutionSize size, Shape upstream)
    {
        Shape expected = [size.Batch, size.OutputChannels, size.OutputHeight, size.OutputWidth];
        if (upstream != expected) throw new ShapeException($"{Name} needs an upstream gradient of {expected}, got {upstream}");
    }

    private void RequireTwo(Axes numbers, string what, int least)
    {
        if (numbers.Count != 2 || numbers[0] < least || numbers[1] < least)
            throw new ShapeException($"{Name} needs {what} as two numbers of {least} or more, vertical and horizontal, got {numbers}");
    }

    /// <summary>One number for both directions, two as they are, none as the default.</summary>
    internal static Axes Pair(Axes numbers, int otherwise) => numbers.Count switch
    {
        0 => [otherwise, otherwise],
        1 => [numbers[0], numbers[0]],
        _ => numbers,
    };
}
