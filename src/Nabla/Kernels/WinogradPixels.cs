using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Turns planes, [channel, row, column], into pixels, [row, column, channel], and back.</summary>
internal static unsafe class WinogradPixels
{
    /// <summary>
    /// Copies a window of the planes that begins at (top, left), where the planes end zeros; channels up to lanes, a multiple of four, are zeros too.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(
        float* planes, int channels, int planeHeight, int planeWidth, int top, int left, int height, int width, float* pixels, int lanes)
    {
        int first = Math.Clamp(-left, 0, width), past = Math.Clamp(planeWidth - left, first, width);
        nint plane = (nint)planeHeight * planeWidth;
        for (int y = 0; y < height; y++, pixels += (nint)width * lanes)
        {
            if ((uint)(top + y) >= (uint)planeHeight || first == past)
            {
                new Span<float>(pixels, width * lanes).Clear();
                continue;
            }
            new Span<float>(pixels, first * lanes).Clear();
            new Span<float>(pixels + ((nint)past * lanes), (width - past) * lanes).Clear();
            ToPixels(planes + ((nint)(top + y) * planeWidth) + left + first, plane, channels, past - first, pixels + ((nint)first * lanes), lanes);
        }
    }

    /// <summary>Copies pixels to a window of the planes that begins at (top, left); what lies outside is let go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter(
        float* pixels, int lanes, int width, float* planes, int channels, int planeHeight, int planeWidth, int top, int left, int height)
    {
        nint plane = (nint)planeHeight * planeWidth;
        int rows = Math.Min(height, planeHeight - top), columns = Math.Min(width, planeWidth - left);
        for (int y = 0; y < rows; y++)
        {
            ToPlanes(pixels + ((nint)y * width * lanes), lanes, columns, channels, planes + ((nint)(top + y) * planeWidth) + left, plane);
        }
    }

    // Squares of four channels and four pixels; the last ones reach back over what is already copied. Both ways go along the planes, which lie far apart:
    // one transposition for both would go across them once, and a step of the residual network takes a fifth longer.
    private static void ToPixels(float* source, nint plane, int channels, int count, float* target, int lanes)
    {
        for (int channel = channels & ~3; channel < lanes; channel += 4)
        {
            for (int i = 0; i < count; i++) Vector128<float>.Zero.Store(target + ((nint)i * lanes) + channel);
        }
        if (channels < 4 || count < 4 || !Packing.CanTranspose)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                for (int i = 0; i < count; i++) target[((nint)i * lanes) + channel] = source[(channel * plane) + i];
            }
            return;
        }
        for (int block = 0; block < channels; block += 4)
        {
            int channel = Math.Min(block, channels - 4);
            float* s0 = source + (channel * plane), s1 = s0 + plane, s2 = s1 + plane, s3 = s2 + plane, to = target + channel;
            for (int step = 0; step < count; step += 4)
            {
                nint i = Math.Min(step, count - 4);
                (Vector128<float> t0, Vector128<float> t1, Vector128<float> t2, Vector128<float> t3) =
                    Packing.Square(s0 + i, s1 + i, s2 + i, s3 + i);
                float* at = to + (i * lanes);
                t0.Store(at);
                t1.Store(at + lanes);
                t2.Store(at + (2 * lanes));
                t3.Store(at + (3 * lanes));
            }
        }
    }

    private static void ToPlanes(float* source, int lanes, int count, int channels, float* target, nint plane)
    {
        if (channels < 4 || count < 4 || !Packing.CanTranspose)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                for (int i = 0; i < count; i++) target[(channel * plane) + i] = source[((nint)i * lanes) + channel];
            }
            return;
        }
        for (int block = 0; block < channels; block += 4)
        {
            int channel = Math.Min(block, channels - 4);
            float* t0 = target + (channel * plane), t1 = t0 + plane, t2 = t1 + plane, t3 = t2 + plane, from = source + channel;
            for (int step = 0; step < count; step += 4)
            {
                nint i = Math.Min(step, count - 4);
                float* at = from + (i * lanes);
                (Vector128<float> p0, Vector128<float> p1, Vector128<float> p2, Vector128<float> p3) =
                    Packing.Square(at, at + lanes, at + (2 * lanes), at + (3 * lanes));
                p0.Store(t0 + i);
                p1.Store(t1 + i);
                p2.Store(t2 + i);
                p3.Store(t3 + i);
            }
        }
    }
}
