namespace Nabla;

/// <summary>Slides windows of weights over images: each output is the sum of weight × pixel over one window and the channels of its group, +
/// bias.</summary>
/// <remarks>
/// x: [batch, inputs, height, width]   W: [outputs, inputs / groups, kernel height, kernel width]   b: [outputs]
/// y: [batch, outputs, (height + 2 padding − dilation (kernel − 1) − 1) / stride + 1, the same for the width], rounded down. The weight lies as in
/// PyTorch's Conv2d and is not flipped. Begins as U(−1/√fan in, 1/√fan in), weight and bias. Y. LeCun et al., <i>Backpropagation applied to
/// handwritten
/// zip code recognition</i>, 1989.
/// </remarks>
public sealed class Conv2d : Module
{
    /// <summary>A layer with random weights.</summary>
    /// <param name="inputs">The channels of what goes in, at least 1.</param>
    /// <param name="outputs">The channels of what comes out, at least 1.</param>
    /// <param name="kernel">The window's extent, at least 1: one number, or height and width.</param>
    /// <param name="key">The weights depend on it alone.</param>
    /// <param name="stride">How far the window moves: one number or two; 1 if none.</param>
    /// <param name="padding">How many zeros are added on each side: one number or two; 0 if none.</param>
    /// <param name="dilation">How far apart the window's rows and columns lie: one number or two; 1 if none.</param>
    /// <param name="groups">Into how many groups the channels are cut, each convolved by itself; divides inputs and outputs.</param>
    /// <param name="hasBias">Whether there is a b.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentException">A number is out of its range, or the groups do not divide the channels.</exception>
    public Conv2d(
        int inputs, int outputs, Axes kernel, RandomKey key, Axes stride = default, Axes padding = default, Axes dilation = default, int groups = 1,
        bool hasBias = true, DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        (int height, int width) = Pair.Of(kernel, otherwise: 0, least: 1, nameof(Conv2d), nameof(kernel));
        Pair.Of(stride, otherwise: 1, least: 1, nameof(Conv2d), nameof(stride));
        Pair.Of(padding, otherwise: 0, least: 0, nameof(Conv2d), nameof(padding));
        Pair.Of(dilation, otherwise: 1, least: 1, nameof(Conv2d), nameof(dilation));
        if (groups < 1 || inputs % groups != 0 || outputs % groups != 0)
            throw new ArgumentException($"Conv2d needs groups that divide {inputs} inputs and {outputs} outputs, got {groups}", nameof(groups));
        (Stride, Padding, Dilation, Groups) = (stride, padding, dilation, groups);
        Shape weight = [outputs, inputs / groups, height, width];
        int fanIn = Initialization.Fans(weight).In;
        Weight = new(() => Initialization.FanInUniform(weight, fanIn, key.At(0), dtype));
        Bias = hasBias ? new(() => Initialization.FanInUniform([outputs], fanIn, key.At(1), dtype)) : null;
    }

    /// <summary>W: [outputs, inputs / groups, kernel height, kernel width].</summary>
    public Parameter Weight { get; }

    /// <summary>b: [outputs], or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>How far the window moves; none is 1.</summary>
    public Axes Stride { get; }

    /// <summary>How many zeros are added on each side; none is 0.</summary>
    public Axes Padding { get; }

    /// <summary>How far apart the window's rows and columns lie; none is 1.</summary>
    public Axes Dilation { get; }

    /// <summary>Into how many groups the channels are cut.</summary>
    public int Groups { get; }

    /// <inheritdoc/>
    public override string Summary =>
        $"Conv2d {Weight.Shape[1] * Groups} → {Weight.Shape[0]}, {Weight.Shape[2]} × {Weight.Shape[3]}"
        + $"{Pair.Text(", stride", Stride)}{Pair.Text(", padding", Padding)}{Pair.Text(", dilation", Dilation)}"
        + $"{(Groups == 1 ? "" : $", {Groups} groups")}{(Bias is null ? ", without bias" : "")}";

    /// <inheritdoc/>
    /// <exception cref="ShapeException">x is not [batch, inputs, height, width], or the window is larger than the padded image.</exception>
    protected override Tensor Forward(Tensor x, Pass pass) => x.Convolve(Weight.Value, Bias?.Value, Stride, Padding, Dilation, Groups);
}
