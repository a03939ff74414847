using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Softmax, its logarithm, cross-entropy and their gradients, row by row. x: [rows, length].</summary>
/// <remarks>
/// A row is summed in one register's lanes, which are then joined; the last register of a row is filled up with zeros. So the bits depend on the
/// row's length alone, and rows are cut into tasks by size.
/// </remarks>
internal static unsafe partial class Softmax<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int ElementsOfTask = 16 * 1024;

    private interface IRow
    {
        static abstract void Run(T* x, T* other, T* y, int length);
    }

    /// <summary>y = e^(x − max) / Σ e^(x − max). A row of −∞ alone gives NaN: there is nothing to choose from.</summary>
    public static void Forward(T* x, T* y, int rows, int length) => Run<ForwardRow>(x, null, y, rows, length);

    /// <summary>downstream = y (upstream − Σ upstream y).</summary>
    public static void Gradient(T* upstream, T* y, T* downstream, int rows, int length) => Run<GradientRow>(upstream, y, downstream, rows, length);

    /// <summary>y = x − max − ln Σ e^(x − max).</summary>
    public static void Log(T* x, T* y, int rows, int length) => Run<LogRow>(x, null, y, rows, length);

    /// <summary>downstream = upstream − e^y Σ upstream.</summary>
    public static void LogGradient(T* upstream, T* y, T* downstream, int rows, int length) =>
        Run<LogGradientRow>(upstream, y, downstream, rows, length);

    /// <summary>losses[row] = max + ln Σ e^(x − max) − x[target]. Targets are in range.</summary>
    public static void CrossEntropy<TIndex>(T* x, TIndex* targets, T* losses, int rows, int length)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        int each = RowsOfTask(rows, length);
        ForkJoin.Run((rows + each - 1) / each, new LossWork<TIndex>(x, targets, losses, rows, length, each));
    }

    /// <summary>downstream = (softmax(x) − onehot(target)) upstream[row].</summary>
    public static void CrossEntropyGradient<TIndex>(T* x, TIndex* targets, T* upstream, T* downstream, int rows, int length)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        int each = RowsOfTask(rows, length);
        ForkJoin.Run((rows + each - 1) / each, new LossGradientWork<TIndex>(x, targets, upstream, downstream, rows, length, each));
    }

    private static int RowsOfTask(int rows, int length) => Math.Clamp(ElementsOfTask / Math.Max(1, length), 1, Math.Max(1, rows));

    private static void Run<TRow>(T* x, T* other, T* y, int rows, int length)
        where TRow : struct, IRow
    {
        if (length == 0) return;
        int each = RowsOfTask(rows, length);
        ForkJoin.Run((rows + each - 1) / each, new Work<TRow>(x, other, y, rows, length, each));
    }

    private readonly struct Work<TRow>(T* x, T* other, T* y, int rows, int length, int each) : IWork
        where TRow : struct, IRow
    {
        public void Run(int task)
        {
            int end = Math.Min(rows, (task + 1) * each);
            for (int row = task * each; row < end; row++)
            {
                nint begin = (nint)row * length;
                TRow.Run(x + begin, other + begin, y + begin, length);
            }
        }
    }

    private readonly struct LossWork<TIndex>(T* x, TIndex* targets, T* losses, int rows, int length, int each) : IWork
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public void Run(int task)
        {
            int end = Math.Min(rows, (task + 1) * each);
            for (int row = task * each; row < end; row++)
            {
                T* from = x + ((nint)row * length);
                T max = Max(from, length);
                losses[row] = T.Log(Exponentials(from, max, null, length)) - (from[int.CreateTruncating(targets[row])] - max);
            }
        }
    }

    private readonly struct LossGradientWork<TIndex>(T* x, TIndex* targets, T* upstream, T* downstream, int rows, int length, int each) : IWork
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public void Run(int task)
        {
            int end = Math.Min(rows, (task + 1) * each);
            for (int row = task * each; row < end; row++)
            {
                T* from = x + ((nint)row * length), to = downstream + ((nint)row * length);
                T sum = Exponentials(from, Max(from, length), to, length), factor = upstream[row];
                int target = int.CreateTruncating(targets[row]);
                T atTarget = ((to[target] / sum) - T.One) * factor;
                Divide(to, sum, factor, length);
                to[target] = atTarget;
            }
        }
    }

    private readonly struct ForwardRow : IRow
    {
        public static void Run(T* x, T* other, T* y, int length)
        {
            T sum = Exponentials(x, Max(x, length), y, length);
            Divide(y, sum, T.One, length);
        }
    }

    private readonly struct LogRow : IRow
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public static void Run(T* x, T* other, T* y, int length)
        {
            T max = Max(x, length), log = T.Log(Exponentials(x, max, null, length));
            Vector512<T> shift = Vector512.Create(max), logs = Vector512.Create(log);
            int i = 0;
            for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count) (Vector512.Load(x + i) - shift - logs).Store(y + i);
            if (i < length) RowSums.StoreFirst(RowSums.LoadFirst(x + i, length - i) - shift - logs, y + i, length - i);
        }
    }

    private readonly struct GradientRow : IRow
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public static void Run(T* x, T* other, T* y, int length)
        {
            Vector512<T> dots = Vector512.Create(RowSums.Dot(x, other, length));
            int i = 0;
            for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count)
                (Vector512.Load(other + i) * (Vector512.Load(x + i) - dots)).Store(y + i);
            if (i == length) return;
            int rest = length - i;
            RowSums.StoreFirst(RowSums.LoadFirst(other + i, rest) * (RowSums.LoadFirst(x + i, rest) - dots), y + i, rest);
        }
    }

    private readonly struct LogGradientRow : IRow
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public static void Run(T* x, T* other, T* y, int length)
        {
            Vector512<T> sums = Vector512.Create(RowSums.Sum(x, length));
            int i = 0;
            for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count)
                (Vector512.Load(x + i) - (Register512<T>.Exp(new(Vector512.Load(other + i))).Value * sums)).Store(y + i);
            if (i == length) return;
            int rest = length - i;
            Vector512<T> exponentials = Register512<T>.Exp(new(RowSums.LoadFirst(other + i, rest))).Value;
            RowSums.StoreFirst(RowSums.LoadFirst(x + i, rest) - (exponentials * sums), y + i, rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Max(T* x, int length)
    {
        // Lanes beyond the row hold the row's first element, which changes no maximum.
        Vector512<T> max = Vector512.Create(*x);
        int i = 0;
        for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count) max = Vector512.Max(max, Vector512.Load(x + i));
        if (i < length)
        {
            Vector512<T> last = RowSums.LoadFirst(x + i, length - i);
            max = Vector512.ConditionalSelect(RowSums.FirstLanes(Vector512<T>.AllBitsSet, length - i), Vector512.Max(max, last), max);
        }
        Vector256<T> half = Vector256.Max(max.GetLower(), max.GetUpper());
        Vector128<T> quarter = Vector128.Max(half.GetLower(), half.GetUpper());
        T highest = T.Max(quarter[0], quarter[1]);
        return sizeof(T) == 8 ? highest : T.Max(highest, T.Max(quarter[2], quarter[3]));
    }

    /// <summary>Σ e^(x − shift); each exponential is stored too, unless y is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static T Exponentials(T* x, T shift, T* y, int length)
    {
        Vector512<T> shifts = Vector512.Create(shift), sum = Vector512<T>.Zero;
        int i = 0;
        for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            Vector512<T> e = Register512<T>.Exp(new(Vector512.Load(x + i) - shifts)).Value;
            if (y is not null) e.Store(y + i);
            sum += e;
        }
        if (i < length)
        {
            int rest = length - i;
            Vector512<T> e = Register512<T>.Exp(new(RowSums.LoadFirst(x + i, rest) - shifts)).Value;
            if (y is not null) RowSums.StoreFirst(e, y + i, rest);
            sum += RowSums.FirstLanes(e, rest);
        }
        return RowSums.Lanes(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Divide(T* y, T divisor, T factor, int length)
    {
        Vector512<T> divisors = Vector512.Create(divisor), factors = Vector512.Create(factor);
        int i = 0;
        for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count) (Vector512.Load(y + i) / divisors * factors).Store(y + i);
        if (i < length) RowSums.StoreFirst(RowSums.LoadFirst(y + i, length - i) / divisors * factors, y + i, length - i);
    }
}
