using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Reads and adds at places that indices give. Additions to one place happen in the order of the indices, on one thread.</summary>
internal static unsafe class IndexedCopy
{
    // 64 KB of float32: long enough to hide a dispatch.
    private const int TaskLength = 16 * 1024;

    // Columns that a task of an addition takes at least, where rows are long enough to be shared out.
    private const int ColumnsOfTask = 512;

    /// <summary>Throws for the first index outside 0 to extent − 1; the message gives its position and its value.</summary>
    public static void RequireInside<TIndex>(ReadOnlySpan<TIndex> indices, Shape shape, int extent, string name, string of)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        for (int i = 0; i < indices.Length; i++)
        {
            long index = long.CreateTruncating(indices[i]);
            if ((ulong)index >= (ulong)extent) ThrowOutside(index, i, shape, extent, name, of);
        }
    }

    private static void ThrowOutside(long index, int position, Shape shape, int extent, string name, string of)
    {
        int[] coordinates = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--) (position, coordinates[axis]) = Math.DivRem(position, shape[axis]);
        throw new ArgumentOutOfRangeException(
            "index", index, $"{name} needs {of} from 0 to {extent - 1}, got {index} at [{string.Join(", ", coordinates)}] of {shape}");
    }

    /// <summary>
    /// y[o, j, …] = x[o, index[j], …] for rows of <paramref name="inner"/> elements. x: [outer, extent, inner]   y: [outer, count, inner].
    /// </summary>
    public static void Rows<T, TIndex>(T* x, TIndex* index, T* y, int outer, int extent, int count, int inner)
        where T : unmanaged
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        if (outer == 0 || count == 0 || inner == 0) return;
        RowsWork<T, TIndex> work = new(x, index, y, outer, extent, count, inner);
        ForkJoin.Run(work.Tasks, work);
    }

    /// <summary>y = 0, then y[o, index[j], …] += x[o, j, …]. x: [outer, count, inner]   y: [outer, extent, inner].</summary>
    public static void AddRows<T, TIndex>(T* x, TIndex* index, T* y, int outer, int extent, int count, int inner)
        where T : unmanaged, INumber<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        if (outer == 0 || extent == 0 || inner == 0) return;
        AddRowsWork<T, TIndex> work = new(x, index, y, outer, extent, count, inner);
        ForkJoin.Run(work.Tasks, work);
    }

    /// <summary>y[o, j, i] = x[o, index[o, j, i], i]. x: [outer, extent, inner]   index, y: [outer, count, inner].</summary>
    public static void Along<T, TIndex>(T* x, TIndex* index, T* y, int outer, int extent, int count, int inner)
        where T : unmanaged
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        if (outer == 0 || count == 0 || inner == 0) return;
        AlongWork<T, TIndex> work = new(x, index, y, outer, extent, count, inner);
        ForkJoin.Run(work.Tasks, work);
    }

    /// <summary>y = 0, then y[o, index[o, j, i], i] += x[o, j, i]. index, x: [outer, count, inner]   y: [outer, extent, inner].</summary>
    public static void AddAlong<T, TIndex>(T* x, TIndex* index, T* y, int outer, int extent, int count, int inner)
        where T : unmanaged, INumber<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        if (outer == 0 || extent == 0 || inner == 0) return;
        AddAlongWork<T, TIndex> work = new(x, index, y, outer, extent, count, inner);
        ForkJoin.Run(work.Tasks, work);
    }

    // How many of something make a task, when one of them holds so many elements.
    private static int Each(long elements, int most) => (int)Math.Clamp(TaskLength / Math.Max(1, elements), 1, most);

    private static int At<TIndex>(TIndex index, int extent)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        int at = int.CreateTruncating(index);
        Debug.Assert((uint)at < (uint)extent);
        return at;
    }

    private readonly struct RowsWork<T, TIndex>(T* x, TIndex* index, T* y, int outer, int extent, int count, int inner) : IWork
        where T : unmanaged
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        private readonly int rows = outer * count;
        private readonly int each = Each(inner, outer * count);

        public int Tasks => (rows + each - 1) / each;

        public void Run(int task)
        {
            int end = Math.Min(rows, (task + 1) * each);
            for (int row = task * each; row < end; row++)
            {
                (int o, int j) = Math.DivRem(row, count);
                T* from = x + ((((nint)o * extent) + At(index[j], extent)) * inner);
                if (inner == 1) y[row] = *from;
                else new ReadOnlySpan<T>(from, inner).CopyTo(new Span<T>(y + ((nint)row * inner), inner));
            }
        }
    }

    private readonly struct AddRowsWork<T, TIndex>(T* x, TIndex* index, T* y, int outer, int extent, int count, int inner) : IWork
        where T : unmanaged, INumber<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        private readonly int each = Each((long)inner * Math.Max(extent, count), outer);
        private readonly int parts = Math.Max(1, inner / ColumnsOfTask);

        public int Tasks => (outer + each - 1) / each * parts;

        public void Run(int task)
        {
            (int group, int part) = Math.DivRem(task, parts);
            int begin = (int)((long)part * inner / parts), length = (int)((long)(part + 1) * inner / parts) - begin;
            int end = Math.Min(outer, (group + 1) * each);
            for (int o = group * each; o < end; o++)
            {
                T* to = y + ((nint)o * extent * inner) + begin, from = x + ((nint)o * count * inner) + begin;
                for (int row = 0; row < extent; row++) new Span<T>(to + ((nint)row * inner), length).Clear();
                for (int j = 0; j < count; j++) Add(from + ((nint)j * inner), to + ((nint)At(index[j], extent) * inner), length);
            }
        }

        private static void Add(T* from, T* to, int length)
        {
            int i = 0;
            for (; i <= length - Vector512<T>.Count; i += Vector512<T>.Count) (Vector512.Load(to + i) + Vector512.Load(from + i)).Store(to + i);
            for (; i < length; i++) to[i] += from[i];
        }
    }

    private readonly struct AlongWork<T, TIndex>(T* x, TIndex* index, T* y, int outer, int extent, int count, int inner) : IWork
        where T : unmanaged
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        private readonly int each = Each((long)inner * count, outer);

        public int Tasks => (outer + each - 1) / each;

        public void Run(int task)
        {
            int end = Math.Min(outer, (task + 1) * each);
            for (int o = task * each; o < end; o++)
            {
                nint begin = (nint)o * count * inner;
                T* from = x + ((nint)o * extent * inner);
                for (int j = 0; j < count; j++)
                    for (int i = 0; i < inner; i++, begin++) y[begin] = from[((nint)At(index[begin], extent) * inner) + i];
            }
        }
    }

    private readonly struct AddAlongWork<T, TIndex>(T* x, TIndex* index, T* y, int outer, int extent, int count, int inner) : IWork
        where T : unmanaged, INumber<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        private readonly int each = Each((long)inner * Math.Max(extent, count), outer);

        public int Tasks => (outer + each - 1) / each;

        public void Run(int task)
        {
            int end = Math.Min(outer, (task + 1) * each);
            for (int o = task * each; o < end; o++)
            {
                nint begin = (nint)o * count * inner;
                T* to = y + ((nint)o * extent * inner);
                for (int row = 0; row < extent; row++) new Span<T>(to + ((nint)row * inner), inner).Clear();
                for (int j = 0; j < count; j++)
                    for (int i = 0; i < inner; i++, begin++) to[((nint)At(index[begin], extent) * inner) + i] += x[begin];
            }
        }
    }
}
