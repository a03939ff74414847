using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nabla.Operations;

namespace Nabla.Kernels;

/// <summary>Random elements, of which each depends on the key and its own place alone.</summary>
internal static unsafe class RandomKernel
{
    // Words made at a time, 4 KB on the stack; a task is a whole number of them.
    private const int Block = 1024, ElementsOfTask = 16 * Block;

    private interface IFill<T>
        where T : unmanaged
    {
        /// <summary>Words that one element takes.</summary>
        static abstract int WordsOfElement { get; }

        /// <summary>Turns words into elements: at most <see cref="Block"/> words, a whole number of counters.</summary>
        void Run(uint* words, T* x, T* y, int count);
    }

    /// <summary>y uniform in [low, high).</summary>
    public static void Uniform<T>(ulong key, T* y, int count, double low, double high)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T first = T.CreateTruncating(low), last = T.CreateTruncating(high);
        Run(key, default, y, count, new UniformFill<T>(first, last - first, T.BitDecrement(last)));
    }

    /// <summary>y normal with mean 0 and deviation 1.</summary>
    public static void Normal<T>(ulong key, T* y, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Run(key, default, y, count, new NormalFill<T>());

    /// <summary>y = 0 with the given probability, else scale · x.</summary>
    public static void Dropout<T>(ulong key, T* x, T* y, int count, double rate)
        where T : unmanaged, IFloatingPointIeee754<T>
        => Run(key, x, y, count, new DropoutFill<T>((uint)(rate * 4294967296.0), T.CreateTruncating(1 / (1 - rate))));

    private static void Run<T, TFill>(ulong key, T* x, T* y, int count, TFill fill)
        where T : unmanaged
        where TFill : struct, IFill<T>
        => ForkJoin.Run((int)(((long)count + ElementsOfTask - 1) / ElementsOfTask), new Work<T, TFill>(key, x, y, count, fill));

    private readonly struct Work<T, TFill>(ulong key, T* x, T* y, int count, TFill fill) : IWork
        where T : unmanaged
        where TFill : struct, IFill<T>
    {
        public void Run(int task)
        {
            uint* words = stackalloc uint[Block];
            int elements = Block / TFill.WordsOfElement, end = (int)Math.Min(count, ((long)task + 1) * ElementsOfTask);
            for (int begin = task * ElementsOfTask; begin < end; begin += elements)
            {
                int now = Math.Min(elements, end - begin), counters = ((now * TFill.WordsOfElement) + 3) / 4;
                Words(key, (ulong)begin * (ulong)TFill.WordsOfElement / 4, words, counters);
                fill.Run(words, x + begin, y + begin, now);
            }
        }
    }

    /// <summary>The words of successive counters, four a counter: <see cref="Philox.Words"/>, eight counters at once.</summary>
    // Each of the four words of a counter has a register of its own, in the low halves of eight 64-bit lanes, where products have room.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Words(ulong key, ulong firstCounter, uint* words, int counters)
    {
        Vector512<ulong> low = Vector512.Create(0xFFFF_FFFFUL);
        Vector512<ulong> multiplierA = Vector512.Create(0xD251_1F53UL), multiplierB = Vector512.Create(0xCD9E_8D57UL);
        Vector512<ulong> lanes = Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);
        ulong* pairs = stackalloc ulong[16];
        int done = 0;
        for (; done <= counters - 8; done += 8)
        {
            Vector512<ulong> counter = Vector512.Create(firstCounter + (ulong)done) + lanes;
            Vector512<ulong> a = counter & low, b = counter >>> 32, c = Vector512<ulong>.Zero, d = Vector512<ulong>.Zero;
            uint keyA = (uint)key, keyB = (uint)(key >> 32);
            for (int round = 0; round < 10; round++)
            {
                Vector512<ulong> productA = Product(a, multiplierA), productB = Product(c, multiplierB);
                (a, c) = ((productB >>> 32) ^ b ^ Vector512.Create((ulong)keyA), (productA >>> 32) ^ d ^ Vector512.Create((ulong)keyB));
                (b, d) = (productB & low, productA & low);
                keyA += 0x9E37_79B9;
                keyB += 0xBB67_AE85;
            }
            (a | (b << 32)).Store(pairs);
            (c | (d << 32)).Store(pairs + 8);
            ulong* to = (ulong*)(words + (4 * done));
            for (int lane = 0; lane < 8; lane++) (to[2 * lane], to[(2 * lane) + 1]) = (pairs[lane], pairs[lane + 8]);
        }
        for (; done < counters; done++)
        {
            uint* to = words + (4 * done);
            (to[0], to[1], to[2], to[3]) = Philox.Words(key, firstCounter + (ulong)done);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Product(Vector512<ulong> x, Vector512<ulong> y) =>
        Avx512F.IsSupported ? Avx512F.Multiply(x.AsUInt32(), y.AsUInt32()) : x * y;

    // Words are drawn for one element: float32 takes one, float64 two.
    private static T Unit<T>(uint* words, int element)
        where T : unmanaged, IFloatingPointIeee754<T>
        => typeof(T) == typeof(float)
            ? (T)(object)Philox.ToUnitFloat(words[element])
            : (T)(object)Philox.ToUnitDouble(words[2 * element], words[(2 * element) + 1]);

    private readonly struct UniformFill<T>(T low, T width, T last) : IFill<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int WordsOfElement => sizeof(T) / 4;

        // Rounding may reach the upper end, which does not belong to the interval.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(uint* words, T* x, T* y, int count)
        {
            int i = 0;
            if (typeof(T) == typeof(float))
            {
                Vector512<float> scale = Vector512.Create(1f / (1 << 24)), from = Vector512.Create((float)(object)low);
                Vector512<float> widths = Vector512.Create((float)(object)width), to = Vector512.Create((float)(object)last);
                for (; i <= count - 16; i += 16)
                {
                    Vector512<float> unit = Vector512.ConvertToSingle((Vector512.Load(words + i) >>> 8).AsInt32()) * scale;
                    Vector512.Max(from, Vector512.Min(to, from + (unit * widths))).Store((float*)y + i);
                }
            }
            for (; i < count; i++) y[i] = T.Max(low, T.Min(last, low + (Unit<T>(words, i) * width)));
        }
    }

    // G. E. P. Box, M. E. Muller, A note on the generation of random normal deviates, 1958: two uniform numbers become two normal ones.
    private readonly struct NormalFill<T> : IFill<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int WordsOfElement => sizeof(T) / 4;

        public void Run(uint* words, T* x, T* y, int count)
        {
            int lanes = Vector512<T>.Count;
            T* radii = stackalloc T[lanes], angles = stackalloc T[lanes];
            T scale = T.CreateTruncating(typeof(T) == typeof(float) ? 1.0 / (1UL << 32) : 1.0 / (1UL << 53)), half = T.CreateTruncating(0.5);
            for (int begin = 0; begin < count; begin += 2 * lanes)
            {
                // In (0, 1], so that the logarithm is finite. Lanes beyond the end hold words of the counter block, or what was there before.
                for (int j = 0; j < lanes; j++)
                {
                    int pair = begin + (2 * j) < count ? begin + (2 * j) : begin;
                    if (typeof(T) == typeof(float))
                    {
                        radii[j] = (T.CreateTruncating(words[pair]) + half) * scale;
                        angles[j] = T.CreateTruncating(words[pair + 1]) * scale;
                    }
                    else
                    {
                        uint* own = words + (2 * pair);
                        radii[j] = (T.CreateTruncating((((ulong)own[0] << 32) | own[1]) >> 11) + half) * scale;
                        angles[j] = T.CreateTruncating((((ulong)own[2] << 32) | own[3]) >> 11) * scale;
                    }
                }
                Register512<T> radius = Register512<T>.Sqrt(-2 * Register512<T>.Log(new(Vector512.Load(radii))));
                Register512<T> angle = 2 * Math.PI * new Register512<T>(Vector512.Load(angles));
                (radius * Register512<T>.Cos(angle)).Value.Store(radii);
                (radius * Register512<T>.Sin(angle)).Value.Store(angles);
                int rest = Math.Min(2 * lanes, count - begin);
                for (int i = 0; i < rest; i++) y[begin + i] = i % 2 == 0 ? radii[i / 2] : angles[i / 2];
            }
        }
    }

    private readonly struct DropoutFill<T>(uint threshold, T scale) : IFill<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int WordsOfElement => 1;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(uint* words, T* x, T* y, int count)
        {
            int i = 0;
            if (typeof(T) == typeof(float))
            {
                Vector512<uint> thresholds = Vector512.Create(threshold);
                Vector512<T> scales = Vector512.Create(scale);
                for (; i <= count - 16; i += 16)
                {
                    Vector512<T> kept = Vector512.GreaterThanOrEqual(Vector512.Load(words + i), thresholds).As<uint, T>();
                    (Vector512.Load(x + i) * scales & kept).Store(y + i);
                }
            }
            for (; i < count; i++) y[i] = words[i] >= threshold ? x[i] * scale : T.Zero;
        }
    }
}
