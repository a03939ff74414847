namespace Nabla.Kernels;

/// <summary>
/// The extents of a two-dimensional convolution.
/// x: [batch, input channels, height, width]   weight: [output channels, input channels / groups, kernel height, kernel width].
/// </summary>
internal readonly record struct ConvolutionSize(
    int Batch, int InputChannels, int InputHeight, int InputWidth, int OutputChannels, int KernelHeight, int KernelWidth,
    int StrideY, int StrideX, int PaddingY, int PaddingX, int DilationY, int DilationX, int Groups)
{
    /// <summary>Positions of the window from top to bottom; 0 where the window is taller than the padded image.</summary>
    public int OutputHeight => Positions(InputHeight, KernelHeight, StrideY, PaddingY, DilationY);

    /// <summary>Positions of the window from left to right; 0 where the window is wider than the padded image.</summary>
    public int OutputWidth => Positions(InputWidth, KernelWidth, StrideX, PaddingX, DilationX);

    /// <summary>Input channels that an output channel sees.</summary>
    public int GroupInputs => InputChannels / Groups;

    /// <summary>Output channels of a group.</summary>
    public int GroupOutputs => OutputChannels / Groups;

    /// <summary>Weights of one output channel: the rows of the matrix of columns.</summary>
    public int Taps => GroupInputs * KernelHeight * KernelWidth;

    private static int Positions(int input, int kernel, int stride, int padding, int dilation)
    {
        int room = input + (2 * padding) - (dilation * (kernel - 1)) - 1;
        return room < 0 ? 0 : (room / stride) + 1;
    }
}
