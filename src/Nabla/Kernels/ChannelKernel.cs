using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Batch normalization. x: [batch, channels, pixels]; a task is one channel, whose images are visited in order.</summary>
/// <remarks>
/// A channel's sum runs in the lanes of one 512-bit register through its images, one image's rest after the other; the lanes are joined pairwise at the
/// end. The second pass over a channel, for the squares, finds it in the second-level cache.
/// </remarks>
internal static unsafe class ChannelKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>moments: [2, channels].</summary>
    public static void Moments(T* x, T* moments, int batch, int channels, int pixels) =>
        ForkJoin.Run(channels, new MomentsWork(x, moments, batch, channels, pixels));

    public static void Normalize(T* x, T* weight, T* bias, T* moments, T* y, int batch, int channels, int pixels, double epsilon) =>
        ForkJoin.Run(channels, new NormalizeWork(x, weight, bias, moments, y, batch, channels, pixels, T.CreateChecked(epsilon)));

    public static void GradientSums(T* x, T* moments, T* upstream, T* sums, int batch, int channels, int pixels, double epsilon) =>
        ForkJoin.Run(channels, new SumsWork(x, moments, upstream, sums, batch, channels, pixels, T.CreateChecked(epsilon)));

    public static void Gradient(
        T* x, T* weight, T* moments, T* upstream, T* sums, T* downstream, int batch, int channels, int pixels, double epsilon) =>
        ForkJoin.Run(channels, new GradientWork(x, weight, moments, upstream, sums, downstream, batch, channels, pixels, T.CreateChecked(epsilon)));

    private readonly struct MomentsWork(T* x, T* moments, int batch, int channels, int pixels) : IWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int task)
        {
            nint step = (nint)channels * pixels;
            T* first = x + ((nint)task * pixels);
            T count = T.CreateChecked((long)batch * pixels);
            Vector512<T> sum = Vector512<T>.Zero;
            for (int image = 0; image < batch; image++) sum = Sum(first + (image * step), pixels, sum);
            T mean = RowSums.Lanes(sum) / count;
            sum = Vector512<T>.Zero;
            for (int image = 0; image < batch; image++) sum = Squares(first + (image * step), mean, pixels, sum);
            moments[task] = mean;
            moments[channels + task] = RowSums.Lanes(sum) / count;
        }

        // Four chains hide the latency of an addition; they are joined before the rest.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static Vector512<T> Sum(T* from, int length, Vector512<T> sum)
        {
            int lanes = Vector512<T>.Count, i = 0;
            Vector512<T> b = Vector512<T>.Zero, c = Vector512<T>.Zero, d = Vector512<T>.Zero;
            for (; i <= length - (4 * lanes); i += 4 * lanes)
            {
                sum += Vector512.Load(from + i);
                b += Vector512.Load(from + i + lanes);
                c += Vector512.Load(from + i + (2 * lanes));
                d += Vector512.Load(from + i + (3 * lanes));
            }
            sum = (sum + b) + (c + d);
            for (; i <= length - lanes; i += lanes) sum += Vector512.Load(from + i);
            if (i < length) sum += RowSums.FirstLanes(RowSums.LoadFirst(from + i, length - i), length - i);
            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static Vector512<T> Squares(T* from, T mean, int length, Vector512<T> sum)
        {
            Vector512<T> means = Vector512.Create(mean), other = Vector512<T>.Zero;
            int lanes = Vector512<T>.Count, i = 0;
            for (; i <= length - (2 * lanes); i += 2 * lanes)
            {
                Vector512<T> p = Vector512.Load(from + i) - means, q = Vector512.Load(from + i + lanes) - means;
                sum += p * p;
                other += q * q;
            }
            sum += other;
            for (; i < length; i += lanes)
            {
                int left = Math.Min(lanes, length - i);
                Vector512<T> p = (left == lanes ? Vector512.Load(from + i) : RowSums.LoadFirst(from + i, left)) - means;
                sum += left == lanes ? p * p : RowSums.FirstLanes(p * p, left);
            }
            return sum;
        }
    }

    private readonly struct NormalizeWork(T* x, T* weight, T* bias, T* moments, T* y, int batch, int channels, int pixels, T epsilon) : IWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int task)
        {
            T scale = weight[task] / T.Sqrt(moments[channels + task] + epsilon), mean = moments[task], shift = bias[task];
            Vector512<T> scales = Vector512.Create(scale), means = Vector512.Create(mean), shifts = Vector512.Create(shift);
            nint step = (nint)channels * pixels;
            for (int image = 0; image < batch; image++)
            {
                nint begin = (image * step) + ((nint)task * pixels);
                T* from = x + begin, to = y + begin;
                int i = 0;
                for (; i <= pixels - Vector512<T>.Count; i += Vector512<T>.Count)
                    (((Vector512.Load(from + i) - means) * scales) + shifts).Store(to + i);
                if (i < pixels) RowSums.StoreFirst(((RowSums.LoadFirst(from + i, pixels - i) - means) * scales) + shifts, to + i, pixels - i);
            }
        }
    }

    private readonly struct SumsWork(T* x, T* moments, T* upstream, T* sums, int batch, int channels, int pixels, T epsilon) : IWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int task)
        {
            T mean = moments[task], scale = T.One / T.Sqrt(moments[channels + task] + epsilon);
            Vector512<T> means = Vector512.Create(mean), plain = Vector512<T>.Zero, product = plain, plain2 = plain, product2 = plain;
            int lanes = Vector512<T>.Count;
            nint step = (nint)channels * pixels;
            for (int image = 0; image < batch; image++)
            {
                nint begin = (image * step) + ((nint)task * pixels);
                T* from = x + begin, above = upstream + begin;
                int i = 0;
                for (; i <= pixels - (2 * lanes); i += 2 * lanes)
                {
                    Vector512<T> u = Vector512.Load(above + i), v = Vector512.Load(above + i + lanes);
                    plain += u;
                    plain2 += v;
                    product += u * (Vector512.Load(from + i) - means);
                    product2 += v * (Vector512.Load(from + i + lanes) - means);
                }
                for (; i < pixels; i += lanes)
                {
                    int left = Math.Min(lanes, pixels - i);
                    bool whole = left == lanes;
                    Vector512<T> u = whole ? Vector512.Load(above + i) : RowSums.FirstLanes(RowSums.LoadFirst(above + i, left), left);
                    plain += u;
                    product += u * ((whole ? Vector512.Load(from + i) : RowSums.LoadFirst(from + i, left)) - means);
                }
            }
            sums[task] = RowSums.Lanes(plain + plain2);
            sums[channels + task] = RowSums.Lanes(product + product2) * scale;
        }
    }

    private readonly struct GradientWork(
        T* x, T* weight, T* moments, T* upstream, T* sums, T* downstream, int batch, int channels, int pixels, T epsilon) : IWork
    {
        // downstream = a (upstream − mean of upstream) − b (x − mean), with a = weight / σ and b = a · mean of (upstream n) / σ.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int task)
        {
            T count = T.CreateChecked((long)batch * pixels), inverse = T.One / T.Sqrt(moments[channels + task] + epsilon);
            T scale = weight[task] * inverse, slope = scale * inverse * (sums[channels + task] / count);
            Vector512<T> a = Vector512.Create(scale), b = Vector512.Create(slope);
            Vector512<T> means = Vector512.Create(moments[task]), meanAbove = Vector512.Create(sums[task] / count);
            nint step = (nint)channels * pixels;
            for (int image = 0; image < batch; image++)
            {
                nint begin = (image * step) + ((nint)task * pixels);
                T* from = x + begin, above = upstream + begin, to = downstream + begin;
                int i = 0;
                for (; i <= pixels - Vector512<T>.Count; i += Vector512<T>.Count)
                    ((a * (Vector512.Load(above + i) - meanAbove)) - (b * (Vector512.Load(from + i) - means))).Store(to + i);
                if (i == pixels) continue;
                int rest = pixels - i;
                Vector512<T> last = (a * (RowSums.LoadFirst(above + i, rest) - meanAbove)) - (b * (RowSums.LoadFirst(from + i, rest) - means));
                RowSums.StoreFirst(last, to + i, rest);
            }
        }
    }
}
