using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Rows brought to mean 0 and variance 1, and the gradient of that. x: [rows, length].</summary>
internal static unsafe class LayerNormalizationKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int ElementsOfTask = 16 * 1024;

    /// <summary>y = (x − mean) / √(variance + epsilon).</summary>
    public static void Forward(T* x, T* y, int rows, int length, double epsilon) => Run(x, null, y, rows, length, epsilon);

    /// <summary>downstream = (upstream − mean(upstream) − y mean(upstream y)) / √(variance + epsilon).</summary>
    public static void Gradient(T* x, T* upstream, T* downstream, int rows, int length, double epsilon) =>
        Run(x, upstream, downstream, rows, length, epsilon);

    private static void Run(T* x, T* upstream, T* y, int rows, int length, double epsilon)
    {
        int each = Math.Clamp(ElementsOfTask / length, 1, Math.Max(1, rows));
        ForkJoin.Run((rows + each - 1) / each, new Work(x, upstream, y, rows, length, T.CreateTruncating(epsilon), each));
    }

    private readonly struct Work(T* x, T* upstream, T* y, int rows, int length, T epsilon, int each) : IWork
    {
        public void Run(int task)
        {
            int end = Math.Min(rows, (task + 1) * each);
            T count = T.CreateTruncating(length);
            for (int row = task * each; row < end; row++)
            {
                T* from = x + ((nint)row * length), to = y + ((nint)row * length);
                T mean = RowSums.Sum(from, length) / count;
                T inverse = T.One / T.Sqrt((RowSums.Squares(from, mean, length) / count) + epsilon);
                if (upstream is null)
                {
                    Map(from, to, mean, inverse);
                    continue;
                }
                T* above = upstream + ((nint)row * length);
                T sum = RowSums.Sum(above, length);
                // The output holds y until the downstream gradient takes its place.
                Map(from, to, mean, inverse);
                Back(above, to, sum / count, RowSums.Dot(above, to, length) / count, inverse);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Map(T* from, T* to, T mean, T inverse)
        {
            Vector512<T> means = Vector512.Create(mean), inverses = Vector512.Create(inverse);
            int i = 0;
            for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count) ((Vector512.Load(from + i) - means) * inverses).Store(to + i);
            if (i < length) RowSums.StoreFirst((RowSums.LoadFirst(from + i, length - i) - means) * inverses, to + i, length - i);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Back(T* above, T* to, T mean, T share, T inverse)
        {
            Vector512<T> means = Vector512.Create(mean), shares = Vector512.Create(share), inverses = Vector512.Create(inverse);
            int i = 0;
            for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count)
                ((Vector512.Load(above + i) - means - (Vector512.Load(to + i) * shares)) * inverses).Store(to + i);
            if (i == length) return;
            int rest = length - i;
            Vector512<T> y = RowSums.LoadFirst(to + i, rest);
            RowSums.StoreFirst((RowSums.LoadFirst(above + i, rest) - means - (y * shares)) * inverses, to + i, rest);
        }
    }
}
