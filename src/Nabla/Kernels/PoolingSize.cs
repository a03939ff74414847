namespace Nabla.Kernels;

/// <summary>The extents of two-dimensional pooling; planes are the images' channels, one after the other. x: [planes, height, width].</summary>
internal readonly record struct PoolingSize(
    int Planes, int InputHeight, int InputWidth, int KernelHeight, int KernelWidth, int StrideY, int StrideX, int PaddingY, int PaddingX)
{
    /// <summary>Positions of the window from top to bottom, rounded down.</summary>
    public int OutputHeight => Positions(InputHeight, KernelHeight, StrideY, PaddingY);

    /// <summary>Positions of the window from left to right, rounded down.</summary>
    public int OutputWidth => Positions(InputWidth, KernelWidth, StrideX, PaddingX);

    private static int Positions(int input, int kernel, int stride, int padding)
    {
        int room = input + (2 * padding) - kernel;
        return room < 0 ? 0 : (room / stride) + 1;
    }
}
