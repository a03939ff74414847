using System.Runtime.CompilerServices;

namespace Nabla.Kernels;

/// <summary>
/// The one-dimensional transforms of F(4, 3): four results of a filter of three taps from six inputs by six multiplications. Each reads and writes
/// registers that lie a stride apart; a lane is a channel.
/// </summary>
/// <remarks>
/// <para>
/// The points are 0, ±a, ±b and ∞ (S. Winograd, <i>Arithmetic complexity of computations</i>, 1980; A. Lavin, S. Gray, <i>Fast algorithms for
/// convolutional neural networks</i>, 2015). With m(p) = p (p² − a²)(p² − b²) the inputs' transform of a point holds the coefficients of
/// m(p) / (p − point), the filter's the powers of the point over the product of its distances to the others, and the results' its powers.
/// </para>
/// <para>
/// a = 5/8 and b = 3/2 and all products of them that occur are float32 numbers. In two dimensions the error is twice the direct sum's at 64
/// channels and six times at one; with the usual 1 and 2 it is four and twelve times.
/// </para>
/// </remarks>
internal static unsafe class WinogradLines<TRegister, TVector>
    where TRegister : struct, IRegister<TVector, float> where TVector : struct
{
    private const float A = 5f / 8, B = 3f / 2, A2 = A * A, B2 = B * B, A3 = A * A2, B3 = B * B2;

    // One over the product of a point's distances to the other points.
    private const float AtZero = (float)(1 / ((double)A2 * B2));
    private const float AtA = (float)(1 / (2.0 * A2 * (A2 - B2)));
    private const float AtB = (float)(1 / (2.0 * B2 * (B2 - A2)));

    /// <summary>Six inputs become six.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input(float* from, nint fromStride, float* to, nint toStride)
    {
        float* from3 = from + (3 * fromStride);
        TVector d0 = TRegister.Load(from), d1 = TRegister.Load(from + fromStride), d2 = TRegister.Load(from + (2 * fromStride));
        TVector d3 = TRegister.Load(from3), d4 = TRegister.Load(from3 + fromStride), d5 = TRegister.Load(from3 + (2 * fromStride));
        TVector evenA = Add(d4, -B2, d2), oddA = Add(d3, -B2, d1), evenB = Add(d4, -A2, d2), oddB = Add(d3, -A2, d1);
        float* to3 = to + (3 * toStride);
        TRegister.Store(Add(Add(d4, -(A2 + B2), d2), A2 * B2, d0), to);
        TRegister.Store(Add(evenA, A, oddA), to + toStride);
        TRegister.Store(Add(evenA, -A, oddA), to + (2 * toStride));
        TRegister.Store(Add(evenB, B, oddB), to3);
        TRegister.Store(Add(evenB, -B, oddB), to3 + toStride);
        TRegister.Store(Add(Add(d5, -(A2 + B2), d3), A2 * B2, d1), to3 + (2 * toStride));
    }

    /// <summary>Three taps become six.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Filter(float* from, nint fromStride, float* to, nint toStride)
    {
        TVector g0 = TRegister.Load(from), g1 = TRegister.Load(from + fromStride), g2 = TRegister.Load(from + (2 * fromStride));
        TVector evenA = Scale(AtA, Add(g0, A2, g2)), evenB = Scale(AtB, Add(g0, B2, g2));
        float* to3 = to + (3 * toStride);
        TRegister.Store(Scale(AtZero, g0), to);
        TRegister.Store(Add(evenA, A * AtA, g1), to + toStride);
        TRegister.Store(Add(evenA, -A * AtA, g1), to + (2 * toStride));
        TRegister.Store(Add(evenB, B * AtB, g1), to3);
        TRegister.Store(Add(evenB, -B * AtB, g1), to3 + toStride);
        TRegister.Store(g2, to3 + (2 * toStride));
    }

    /// <summary>Six products become four results.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TVector Y0, TVector Y1, TVector Y2, TVector Y3) Output(float* from, nint fromStride)
    {
        float* from3 = from + (3 * fromStride);
        TVector m1 = TRegister.Load(from + fromStride), m2 = TRegister.Load(from + (2 * fromStride));
        TVector m3 = TRegister.Load(from3), m4 = TRegister.Load(from3 + fromStride);
        TVector evenA = TRegister.Add(m1, m2), oddA = Add(m1, -1, m2), evenB = TRegister.Add(m3, m4), oddB = Add(m3, -1, m4);
        return (
            TRegister.Add(TRegister.Add(TRegister.Load(from), evenA), evenB),
            Add(Scale(A, oddA), B, oddB),
            Add(Scale(A2, evenA), B2, evenB),
            Add(Add(TRegister.Load(from3 + (2 * fromStride)), A3, oddA), B3, oddB));
    }

    /// <summary>The way back of <see cref="Output"/>: four upstreams become six.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Upstream(float* from, nint fromStride, float* to, nint toStride)
    {
        TVector y0 = TRegister.Load(from), y1 = TRegister.Load(from + fromStride);
        TVector y2 = TRegister.Load(from + (2 * fromStride)), y3 = TRegister.Load(from + (3 * fromStride));
        TVector evenA = Add(y0, A2, y2), oddA = Add(y1, A2, y3), evenB = Add(y0, B2, y2), oddB = Add(y1, B2, y3);
        float* to3 = to + (3 * toStride);
        TRegister.Store(y0, to);
        TRegister.Store(Add(evenA, A, oddA), to + toStride);
        TRegister.Store(Add(evenA, -A, oddA), to + (2 * toStride));
        TRegister.Store(Add(evenB, B, oddB), to3);
        TRegister.Store(Add(evenB, -B, oddB), to3 + toStride);
        TRegister.Store(y3, to3 + (2 * toStride));
    }

    /// <summary>The way back of <see cref="Filter"/>: six become the gradients of three taps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FilterGradient(float* from, nint fromStride, float* to, nint toStride)
    {
        float* from3 = from + (3 * fromStride);
        TVector u0 = TRegister.Load(from), u1 = TRegister.Load(from + fromStride), u2 = TRegister.Load(from + (2 * fromStride));
        TVector u3 = TRegister.Load(from3), u4 = TRegister.Load(from3 + fromStride), u5 = TRegister.Load(from3 + (2 * fromStride));
        TVector evenA = Scale(AtA, TRegister.Add(u1, u2)), oddA = Scale(A * AtA, Add(u1, -1, u2));
        TVector evenB = Scale(AtB, TRegister.Add(u3, u4)), oddB = Scale(B * AtB, Add(u3, -1, u4));
        TRegister.Store(TRegister.Add(Add(evenA, AtZero, u0), evenB), to);
        TRegister.Store(TRegister.Add(oddA, oddB), to + toStride);
        TRegister.Store(Add(Add(u5, A2, evenA), B2, evenB), to + (2 * toStride));
    }

    // sum + factor · x, rounded once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add(TVector sum, float factor, TVector x) => TRegister.MultiplyAdd(TRegister.Broadcast(factor), x, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Scale(float factor, TVector x) => TRegister.MultiplyAdd(TRegister.Broadcast(factor), x, default);
}
