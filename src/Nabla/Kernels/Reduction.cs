using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Sums, extremes and running sums along the middle extent. x: [outer, reduce, inner]   y: [outer, inner].</summary>
/// <remarks>
/// The tree of a sum is fixed by the extents. With inner = 1 it runs over chunks of 32,768, blocks of 1,024 in a chunk, four 64-byte registers in a
/// block, and joins blocks and chunks pairwise; else each column is added up in stretches of 128 rows, which are joined in order. 512-bit registers
/// stand for pairs of narrower ones where the processor has none, so the bits are the same everywhere.
/// </remarks>
internal static unsafe class Reduction
{
    private const int Block = 1024, Chunk = 32 * Block, Stretch = 128;

    // Columns that a task of the vertical form takes at most, and elements it should have at least.
    private const int ColumnsOfTask = 1024, WorthSharing = 1 << 15;

    /// <summary>Sums; 0 over an empty extent. NaN and infinities follow IEEE 754; integers wrap.</summary>
    public static void Sum<T>(T* x, T* y, int outer, int reduce, int inner) where T : unmanaged, INumber<T> =>
        Run<T, Adding<T>>(x, y, outer, reduce, inner);

    /// <summary>The greatest; a NaN anywhere gives NaN. reduce is at least 1.</summary>
    public static void Max<T>(T* x, T* y, int outer, int reduce, int inner) where T : unmanaged, INumber<T> =>
        Run<T, Highest<T>>(x, y, outer, reduce, inner);

    /// <summary>The least; a NaN anywhere gives NaN. reduce is at least 1.</summary>
    public static void Min<T>(T* x, T* y, int outer, int reduce, int inner) where T : unmanaged, INumber<T> =>
        Run<T, Lowest<T>>(x, y, outer, reduce, inner);

    /// <summary>Where the greatest lies, 0 to reduce - 1: the first of equal ones, or the first NaN. reduce is at least 1.</summary>
    public static void ArgMax<T>(T* x, int* index, int outer, int reduce, int inner) where T : unmanaged, INumber<T> =>
        Find<T, Highest<T>>(x, index, outer, reduce, inner);

    /// <summary>Where the least lies, 0 to reduce - 1: the first of equal ones, or the first NaN. reduce is at least 1.</summary>
    public static void ArgMin<T>(T* x, int* index, int outer, int reduce, int inner) where T : unmanaged, INumber<T> =>
        Find<T, Lowest<T>>(x, index, outer, reduce, inner);

    /// <summary>y[o, i, j] = x[o, 0, j] + … + x[o, i, j]; with <paramref name="reverse"/> x[o, length - 1, j] + … + x[o, i, j]. x may be y.</summary>
    public static void CumulativeSum<T>(T* x, T* y, int outer, int length, int inner, bool reverse) where T : unmanaged, INumber<T>
    {
        if (outer == 0 || length == 0 || inner == 0)
        {
            return;
        }
        CumulativeWork<T> work = new(x, y, outer, length, inner, reverse);
        ForkJoin.Run(work.Tasks, work);
    }

    private static void Run<T, TJoin>(T* x, T* y, int outer, int reduce, int inner) where T : unmanaged, INumber<T> where TJoin : struct, IJoin<T>
    {
        if (outer == 0 || inner == 0)
        {
            return;
        }
        if (reduce == 0)
        {
            Debug.Assert(typeof(TJoin) == typeof(Adding<T>));
            new Span<T>(y, checked(outer * inner)).Clear();
            return;
        }
        if (inner > 1)
        {
            ColumnsWork<T, TJoin> columns = new(x, y, outer, reduce, inner);
            ForkJoin.Run(columns.Tasks, columns);
            return;
        }
        if (reduce <= Chunk)
        {
            RowsWork<T, TJoin> rows = new(x, y, outer, reduce);
            ForkJoin.Run(rows.Tasks, rows);
            return;
        }
        int chunks = (int)(((long)reduce + Chunk - 1) / Chunk);
        T* parts = Scratch.Rent<T>(Scratch.Slot.Partial, (nint)chunks * outer);
        ChunksWork<T, TJoin> work = new(x, parts, reduce, chunks);
        ForkJoin.Run(checked(chunks * outer), work);
        for (int o = 0; o < outer; o++)
        {
            y[o] = Pairwise<T, TJoin>(parts + ((nint)o * chunks), chunks);
        }
    }

    private static void Find<T, TJoin>(T* x, int* index, int outer, int reduce, int inner)
        where T : unmanaged, INumber<T> where TJoin : struct, IJoin<T>
    {
        Debug.Assert(reduce > 0 || outer == 0 || inner == 0);
        if (outer == 0 || inner == 0)
        {
            return;
        }
        FindWork<T, TJoin> work = new(x, index, outer, reduce, inner);
        ForkJoin.Run(work.Tasks, work);
    }

    /// <summary>Joins two values, one at a time and many at once, to the same bits.</summary>
    private interface IJoin<T> where T : unmanaged
    {
        static abstract T Join(T x, T y);

        static abstract Vector512<T> Join(Vector512<T> x, Vector512<T> y);
    }

    private readonly struct Adding<T> : IJoin<T> where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Join(T x, T y) => x + y;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Join(Vector512<T> x, Vector512<T> y) => x + y;
    }

    // The later value wins only if it is greater, or the first NaN; a NaN that has won is never replaced, since nothing is greater.
    private readonly struct Highest<T> : IJoin<T> where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Join(T x, T y) => y > x || (T.IsNaN(y) && !T.IsNaN(x)) ? y : x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Join(Vector512<T> x, Vector512<T> y) =>
            Vector512.ConditionalSelect(Vector512.GreaterThan(y, x) | (~Vector512.Equals(y, y) & Vector512.Equals(x, x)), y, x);
    }

    private readonly struct Lowest<T> : IJoin<T> where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Join(T x, T y) => y < x || (T.IsNaN(y) && !T.IsNaN(x)) ? y : x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<T> Join(Vector512<T> x, Vector512<T> y) =>
            Vector512.ConditionalSelect(Vector512.LessThan(y, x) | (~Vector512.Equals(y, y) & Vector512.Equals(x, x)), y, x);
    }

    // Four registers, each lane a chain of its own; then registers, lanes and the tail of less than four registers are joined in order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T JoinBlock<T, TJoin>(T* x, int count) where T : unmanaged where TJoin : struct, IJoin<T>
    {
        int lanes = Vector512<T>.Count, i = 4 * lanes;
        if (count < i)
        {
            return JoinInOrder<T, TJoin>(x[0], x + 1, count - 1);
        }
        Vector512<T> a = Vector512.Load(x), b = Vector512.Load(x + lanes), c = Vector512.Load(x + (2 * lanes)), d = Vector512.Load(x + (3 * lanes));
        for (; i <= count - (4 * lanes); i += 4 * lanes)
        {
            a = TJoin.Join(a, Vector512.Load(x + i));
            b = TJoin.Join(b, Vector512.Load(x + i + lanes));
            c = TJoin.Join(c, Vector512.Load(x + i + (2 * lanes)));
            d = TJoin.Join(d, Vector512.Load(x + i + (3 * lanes)));
        }
        a = TJoin.Join(TJoin.Join(a, b), TJoin.Join(c, d));
        T* lane = stackalloc T[64];
        a.Store(lane);
        return JoinInOrder<T, TJoin>(Pairwise<T, TJoin>(lane, lanes), x + i, count - i);
    }

    private static T JoinInOrder<T, TJoin>(T first, T* x, int count) where T : unmanaged where TJoin : struct, IJoin<T>
    {
        for (int i = 0; i < count; i++)
        {
            first = TJoin.Join(first, x[i]);
        }
        return first;
    }

    private static T JoinChunk<T, TJoin>(T* x, int count) where T : unmanaged where TJoin : struct, IJoin<T>
    {
        Debug.Assert(count is > 0 and <= Chunk);
        T* blocks = stackalloc T[Chunk / Block];
        int used = 0;
        for (int begin = 0; begin < count; begin += Block)
        {
            blocks[used++] = JoinBlock<T, TJoin>(x + begin, Math.Min(Block, count - begin));
        }
        return Pairwise<T, TJoin>(blocks, used);
    }

    /// <summary>Joins neighbours, then neighbouring results, until one is left; an odd one out moves up a round. Overwrites the values.</summary>
    private static T Pairwise<T, TJoin>(T* values, int count) where T : unmanaged where TJoin : struct, IJoin<T>
    {
        for (; count > 1; count = (count + 1) / 2)
        {
            for (int i = 0; i < count / 2; i++)
            {
                values[i] = TJoin.Join(values[2 * i], values[(2 * i) + 1]);
            }
            if (count % 2 == 1)
            {
                values[count / 2] = values[count - 1];
            }
        }
        return values[0];
    }

    private readonly struct RowsWork<T, TJoin>(T* x, T* y, int outer, int reduce) : IWork where T : unmanaged where TJoin : struct, IJoin<T>
    {
        private readonly int each = Math.Clamp(WorthSharing / reduce, 1, outer);

        public int Tasks => (outer + each - 1) / each;

        public void Run(int task)
        {
            int end = Math.Min(outer, (task + 1) * each);
            for (int o = task * each; o < end; o++)
            {
                y[o] = JoinChunk<T, TJoin>(x + ((nint)o * reduce), reduce);
            }
        }
    }

    private readonly struct ChunksWork<T, TJoin>(T* x, T* parts, int reduce, int chunks) : IWork where T : unmanaged where TJoin : struct, IJoin<T>
    {
        public void Run(int task)
        {
            int chunk = task % chunks;
            nint begin = (nint)chunk * Chunk;
            parts[task] = JoinChunk<T, TJoin>(x + ((nint)(task / chunks) * reduce) + begin, (int)Math.Min(Chunk, reduce - begin));
        }
    }

    // inner > 1: neighbouring columns in neighbouring lanes, rows one after the other.
    private readonly struct ColumnsWork<T, TJoin>(T* x, T* y, int outer, int reduce, int inner) : IWork
        where T : unmanaged where TJoin : struct, IJoin<T>
    {
        private readonly int width = WidthOf(reduce, inner);
        private readonly int each = Math.Clamp((int)Math.Min(int.MaxValue, WorthSharing / ((long)reduce * inner)), 1, outer);

        // Whole register groups; narrow enough that a tall matrix with few columns still gives several tasks.
        private static int WidthOf(int reduce, int inner)
        {
            int group = 4 * Vector512<T>.Count;
            int wanted = Math.Max(group, Math.Min(ColumnsOfTask, (4 * WorthSharing / reduce) / group * group));
            return Math.Min(inner, wanted);
        }

        private int Widths => (inner + width - 1) / width;

        public int Tasks => (outer + each - 1) / each * Widths;

        public void Run(int task)
        {
            int begin = task % Widths * width, count = Math.Min(width, inner - begin);
            int first = task / Widths * each, end = Math.Min(outer, first + each);
            for (int o = first; o < end; o++)
            {
                Strip(x + ((nint)o * reduce * inner) + begin, y + ((nint)o * inner) + begin, count);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Strip(T* x, T* y, int count)
        {
            int lanes = Vector512<T>.Count;
            for (int row = 0; row < reduce; row += Stretch, x += (nint)Stretch * inner)
            {
                int rows = Math.Min(Stretch, reduce - row);
                int column = 0;
                for (; column <= count - (4 * lanes); column += 4 * lanes)
                {
                    T* from = x + column;
                    Vector512<T> a = Vector512.Load(from), b = Vector512.Load(from + lanes);
                    Vector512<T> c = Vector512.Load(from + (2 * lanes)), d = Vector512.Load(from + (3 * lanes));
                    for (int i = 1; i < rows; i++)
                    {
                        from += inner;
                        a = TJoin.Join(a, Vector512.Load(from));
                        b = TJoin.Join(b, Vector512.Load(from + lanes));
                        c = TJoin.Join(c, Vector512.Load(from + (2 * lanes)));
                        d = TJoin.Join(d, Vector512.Load(from + (3 * lanes)));
                    }
                    Put(a, y + column, row > 0);
                    Put(b, y + column + lanes, row > 0);
                    Put(c, y + column + (2 * lanes), row > 0);
                    Put(d, y + column + (3 * lanes), row > 0);
                }
                for (; column <= count - lanes; column += lanes)
                {
                    T* from = x + column;
                    Vector512<T> a = Vector512.Load(from);
                    for (int i = 1; i < rows; i++)
                    {
                        from += inner;
                        a = TJoin.Join(a, Vector512.Load(from));
                    }
                    Put(a, y + column, row > 0);
                }
                for (; column < count; column++)
                {
                    T* from = x + column;
                    T a = *from;
                    for (int i = 1; i < rows; i++)
                    {
                        from += inner;
                        a = TJoin.Join(a, *from);
                    }
                    y[column] = row > 0 ? TJoin.Join(y[column], a) : a;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Put(Vector512<T> value, T* y, bool join) => (join ? TJoin.Join(Vector512.Load(y), value) : value).Store(y);
    }

    private readonly struct FindWork<T, TJoin>(T* x, int* index, int outer, int reduce, int inner) : IWork
        where T : unmanaged, INumber<T> where TJoin : struct, IJoin<T>
    {
        private const int Width = 256;
        private readonly int each = Math.Clamp((int)Math.Min(int.MaxValue, WorthSharing / ((long)reduce * Math.Min(inner, Width))), 1, outer);

        private int Widths => (inner + Width - 1) / Width;

        public int Tasks => (outer + each - 1) / each * Widths;

        public void Run(int task)
        {
            int begin = task % Widths * Width, count = Math.Min(Width, inner - begin);
            int first = task / Widths * each, end = Math.Min(outer, first + each);
            for (int o = first; o < end; o++)
            {
                T* from = x + ((nint)o * reduce * inner) + begin;
                int* to = index + ((nint)o * inner) + begin;
                if (inner == 1)
                {
                    *to = InRow(from);
                }
                else
                {
                    InColumns(from, to, count);
                }
            }
        }

        // The extreme first, many lanes at once, and then the first place that holds it.
        private int InRow(T* row)
        {
            T best = row[0];
            for (int begin = 0; begin < reduce; begin += Chunk)
            {
                best = TJoin.Join(best, JoinChunk<T, TJoin>(row + begin, Math.Min(Chunk, reduce - begin)));
            }
            ReadOnlySpan<T> values = MemoryMarshal.CreateReadOnlySpan(ref *row, reduce);
            if (!T.IsNaN(best))
            {
                return values.IndexOf(best);
            }
            int at = 0;
            while (!T.IsNaN(row[at]))
            {
                at++;
            }
            return at;
        }

        // Row by row, as memory lies, with the best so far of up to 256 columns.
        [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
        private void InColumns(T* row, int* at, int count)
        {
            T* best = stackalloc T[Width];
            new ReadOnlySpan<T>(row, count).CopyTo(new Span<T>(best, Width));
            new Span<int>(at, count).Clear();
            for (int i = 1; i < reduce; i++)
            {
                row += inner;
                for (int column = 0; column < count; column++)
                {
                    T joined = TJoin.Join(best[column], row[column]);
                    // A value that replaces the best differs from it; only NaN differs from itself, and then stays.
                    if (joined != best[column] && !T.IsNaN(best[column]))
                    {
                        (best[column], at[column]) = (joined, i);
                    }
                }
            }
        }
    }

    private readonly struct CumulativeWork<T>(T* x, T* y, int outer, int length, int inner, bool reverse) : IWork where T : unmanaged, INumber<T>
    {
        private readonly int each = Math.Clamp((int)Math.Min(int.MaxValue, WorthSharing / ((long)length * inner)), 1, outer);

        public int Tasks => (outer + each - 1) / each;

        public void Run(int task)
        {
            int end = Math.Min(outer, (task + 1) * each);
            for (int o = task * each; o < end; o++)
            {
                nint begin = (nint)o * length * inner, last = (nint)(length - 1) * inner;
                Along(reverse ? x + begin + last : x + begin, reverse ? y + begin + last : y + begin, reverse ? -inner : inner);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Along(T* from, T* to, nint step)
        {
            if (inner == 1)
            {
                T sum = *to = *from;
                for (int i = 1; i < length; i++)
                {
                    from += step;
                    to += step;
                    *to = sum += *from;
                }
                return;
            }
            Buffer.MemoryCopy(from, to, (long)inner * sizeof(T), (long)inner * sizeof(T));
            for (int i = 1; i < length; i++)
            {
                T* before = to;
                from += step;
                to += step;
                int column = 0;
                for (; column <= inner - Vector512<T>.Count; column += Vector512<T>.Count)
                {
                    (Vector512.Load(before + column) + Vector512.Load(from + column)).Store(to + column);
                }
                for (; column < inner; column++)
                {
                    to[column] = before[column] + from[column];
                }
            }
        }
    }
}
