using System.Runtime.Intrinsics;
using Nabla.Compilation;

namespace Nabla.Kernels;

/// <summary>
/// Convolutions of float32 images with windows of 3 × 3 and their gradients by a quarter of the multiplications: F(4 × 4, 3 × 3) of A. Lavin,
/// S. Gray, <i>Fast algorithms for convolutional neural networks</i>, 2015.
/// </summary>
/// <remarks>
/// <para>
/// A tile of 6 × 6 inputs gives 4 × 4 results. Inputs and weights are transformed (<see cref="WinogradLines{TRegister, TVector}"/>); in the transformed
/// space the convolution is 36 matrix products over the channels, one for each place of a tile; their results are transformed back. The
/// gradient at the images is the same with the weights turned round, the gradient at the weights the same walk in reverse.
/// </para>
/// <para>
/// A task takes a block of tiles through all of it, so nothing but images, weights and results crosses the memory. In every step a lane is a
/// channel: planes are turned into pixels once for it, and no step needs a gather.
/// </para>
/// <para>
/// An element is the same chain of operations whatever its place, the registers' width and the number of threads. A number that is not finite reaches
/// its whole tile, 4 × 4 results, where the direct algorithm keeps it to the windows that see it.
/// </para>
/// </remarks>
internal static unsafe class Winograd
{
    // Fewer channels leave most of a register empty, and the transforms take longer than the multiplications that they save.
    private const int LeastChannels = 12;

    // Fewer results than a tile would be computed for nothing.
    private const int LeastExtent = 4;

    // The transformed weights take 36 · 4 bytes for each pair of channels, and each of at least four parts of their gradient as much again: from 19 MB
    // on they stay in no cache, and nothing is won.
    private const long MostPairs = 1 << 17;

    /// <summary>Whether a convolution of this size and element type, and its gradients, go this way.</summary>
    public static bool Takes<T>(in ConvolutionSize size) =>
        typeof(T) == typeof(float) && Fits(size) && Math.Min(size.InputChannels, size.OutputChannels) >= LeastChannels
        && Math.Min(size.OutputHeight, size.OutputWidth) >= LeastExtent && (long)size.InputChannels * size.OutputChannels <= MostPairs;

    /// <summary>Whether the algorithm can compute it.</summary>
    public static bool Fits(in ConvolutionSize size) => size is
    {
        KernelHeight: 3, KernelWidth: 3, StrideY: 1, StrideX: 1, DilationY: 1, DilationX: 1, Groups: 1, PaddingY: <= 2, PaddingX: <= 2,
    };

    /// <summary>As <see cref="Convolution.Forward"/>.</summary>
    public static void Forward(in ConvolutionSize size, float* x, float* weight, float* y, float* bias = null, IElementwise? activation = null) =>
        Forward(Gemm.Width, size, x, weight, y, bias, activation);

    /// <summary>As without a width, on registers no wider than given.</summary>
    public static void Forward(
        RegisterWidth width, in ConvolutionSize size, float* x, float* weight, float* y, float* bias = null, IElementwise? activation = null)
    {
        WinogradPlanes problem = new(
            size.Batch, size.InputChannels, size.InputHeight, size.InputWidth, size.OutputChannels, size.OutputHeight, size.OutputWidth,
            size.PaddingY, size.PaddingX);
        WinogradWeights weights = new(weight, size.Taps, 9, turned: false);
        Convolve(width, problem, x, weights, y, new() { Bias = bias, BiasColumn = 1, Activation = activation });
    }

    /// <summary>The gradient at x: a convolution of the upstream with the weights turned round, inputs and outputs exchanged.</summary>
    public static void InputGradient(in ConvolutionSize size, float* upstream, float* weight, float* downstream) =>
        InputGradient(Gemm.Width, size, upstream, weight, downstream);

    /// <summary>As without a width, on registers no wider than given.</summary>
    public static void InputGradient(RegisterWidth width, in ConvolutionSize size, float* upstream, float* weight, float* downstream)
    {
        WinogradPlanes problem = new(
            size.Batch, size.OutputChannels, size.OutputHeight, size.OutputWidth, size.InputChannels, size.InputHeight, size.InputWidth,
            2 - size.PaddingY, 2 - size.PaddingX);
        WinogradWeights weights = new(weight, 9, size.Taps, turned: true);
        Convolve(width, problem, upstream, weights, downstream, default);
    }

    /// <summary>The gradient at the weight: summed over the blocks of fixed parts first, and then over the parts in order.</summary>
    public static void WeightGradient(in ConvolutionSize size, float* x, float* upstream, float* downstream) =>
        WeightGradient(Gemm.Width, size, x, upstream, downstream);

    /// <summary>As without a width, on registers no wider than given.</summary>
    public static void WeightGradient(RegisterWidth width, in ConvolutionSize size, float* x, float* upstream, float* downstream)
    {
        WinogradPlanes problem = new(
            size.Batch, size.InputChannels, size.InputHeight, size.InputWidth, size.OutputChannels, size.OutputHeight, size.OutputWidth,
            size.PaddingY, size.PaddingX);
        switch (width)
        {
            case RegisterWidth.Bits512:
                Winograd<Single512, Vector512<float>>.WeightGradient(problem, x, upstream, downstream);
                break;
            case RegisterWidth.Bits256:
                Winograd<Single256, Vector256<float>>.WeightGradient(problem, x, upstream, downstream);
                break;
            default:
                Winograd<Single128, Vector128<float>>.WeightGradient(problem, x, upstream, downstream);
                break;
        }
    }

    private static void Convolve(
        RegisterWidth width, in WinogradPlanes problem, float* x, in WinogradWeights weights, float* y, in GemmEpilogue<float> epilogue)
    {
        switch (width)
        {
            case RegisterWidth.Bits512:
                Winograd<Single512, Vector512<float>>.Convolve(problem, x, weights, y, epilogue);
                break;
            case RegisterWidth.Bits256:
                Winograd<Single256, Vector256<float>>.Convolve(problem, x, weights, y, epilogue);
                break;
            default:
                Winograd<Single128, Vector128<float>>.Convolve(problem, x, weights, y, epilogue);
                break;
        }
    }
}

/// <summary>x: [batch, inputs, input height, input width]   y: [batch, outputs, output height, output width], with as much padding above and left.</summary>
internal readonly record struct WinogradPlanes(
    int Batch, int Inputs, int InputHeight, int InputWidth, int Outputs, int OutputHeight, int OutputWidth, int PaddingY, int PaddingX)
{
    /// <summary>Floats from one pixel's inputs to the next: whole registers of 16.</summary>
    public int InputLanes => (Inputs + 15) & ~15;

    /// <summary>Floats from one pixel's outputs to the next.</summary>
    public int OutputLanes => (Outputs + 15) & ~15;

    /// <summary>One image's inputs.</summary>
    public nint InputCount => (nint)Inputs * InputHeight * InputWidth;

    /// <summary>One image's outputs.</summary>
    public nint OutputCount => (nint)Outputs * OutputHeight * OutputWidth;
}

/// <summary>Windows of 3 × 3 at weight + output · outputStride + input · inputStride, as they are or turned by half a turn.</summary>
internal readonly unsafe struct WinogradWeights(float* weight, nint outputStride, nint inputStride, bool turned)
{
    public readonly float* Weight = weight;
    public readonly nint OutputStride = outputStride, InputStride = inputStride;
    public readonly bool Turned = turned;
}
