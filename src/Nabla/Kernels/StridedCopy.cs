using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>Copies elements from one set of strides to another: permuted axes, slices, reversed axes, and their inverses.</summary>
/// <remarks>Neighbouring axes are merged where both sides allow it, so that a copy runs over as few axes as it can.</remarks>
internal unsafe struct StridedCopy
{
    // 64 KB of float32: long enough to hide a dispatch.
    private const int TaskLength = 16 * 1024;

    private int rank;
    private fixed int extents[Shape.MaxRank];
    private fixed long from[Shape.MaxRank];
    private fixed long to[Shape.MaxRank];

    /// <summary>The plan of a copy over these extents, with a stride in elements for each axis of the source and of the destination.</summary>
    public static StridedCopy Of(ReadOnlySpan<int> extents, ReadOnlySpan<nint> from, ReadOnlySpan<nint> to)
    {
        StridedCopy plan = default;
        foreach (int extent in extents)
            if (extent == 0) return plan;
        for (int axis = 0; axis < extents.Length; axis++)
        {
            if (extents[axis] == 1) continue;
            int last = plan.rank - 1;
            if (last >= 0 && plan.from[last] == from[axis] * extents[axis] && plan.to[last] == to[axis] * extents[axis])
            {
                plan.extents[last] *= extents[axis];
                (plan.from[last], plan.to[last]) = (from[axis], to[axis]);
                continue;
            }
            (plan.extents[plan.rank], plan.from[plan.rank], plan.to[plan.rank]) = (extents[axis], from[axis], to[axis]);
            plan.rank++;
        }
        // At least two axes, so that every copy is planes of rows.
        while (plan.rank < 2)
        {
            for (int axis = plan.rank; axis > 0; axis--)
                (plan.extents[axis], plan.from[axis], plan.to[axis]) = (plan.extents[axis - 1], plan.from[axis - 1], plan.to[axis - 1]);
            bool none = plan.rank == 0;
            (plan.extents[0], plan.from[0], plan.to[0]) = (1, none ? 1 : 0, none ? 1 : 0);
            plan.rank++;
        }
        return plan;
    }

    /// <summary>Copies elements of one size, whatever they stand for.</summary>
    public readonly void Run(int size, byte* source, byte* destination)
    {
        switch (size)
        {
            case 8: Run((long*)source, (long*)destination); break;
            case 4: Run((int*)source, (int*)destination); break;
            default: Run(source, destination); break;
        }
    }

    private readonly void Run<T>(T* source, T* destination)
        where T : unmanaged
    {
        if (rank == 0) return;
        Work<T> work = new(this, source, destination);
        ForkJoin.Run(work.Tasks, work);
    }

    // The axis along which the source is contiguous, where the destination is so along another: those two are transposed in tiles.
    private readonly int RowAxis(out bool transposes)
    {
        int inner = rank - 1;
        transposes = false;
        if (to[inner] != 1 || from[inner] == 1) return rank - 2;
        for (int axis = inner - 1; axis >= 0; axis--)
        {
            if (from[axis] != 1) continue;
            transposes = true;
            return axis;
        }
        return rank - 2;
    }

    private readonly struct Work<T> : IWork
        where T : unmanaged
    {
        private readonly StridedCopy plan;
        private readonly T* source, destination;
        private readonly int rowAxis, rows, columns, rowsOfUnit, unitsOfPlane, units, unitsOfTask;
        private readonly bool transposes;

        public Work(in StridedCopy plan, T* source, T* destination)
        {
            this.plan = plan;
            this.source = source;
            this.destination = destination;
            rowAxis = plan.RowAxis(out transposes);
            rows = plan.extents[rowAxis];
            columns = plan.extents[plan.rank - 1];
            rowsOfUnit = Math.Min(rows, ((TaskLength / columns) + 16) & ~15);
            unitsOfPlane = (rows + rowsOfUnit - 1) / rowsOfUnit;
            int planes = 1;
            for (int axis = 0; axis < plan.rank - 1; axis++)
                if (axis != rowAxis) planes *= plan.extents[axis];
            units = planes * unitsOfPlane;
            unitsOfTask = Math.Max(1, TaskLength / Math.Max(1, rowsOfUnit * columns));
        }

        public int Tasks => (units + unitsOfTask - 1) / unitsOfTask;

        public void Run(int task)
        {
            int end = Math.Min(units, (task + 1) * unitsOfTask);
            for (int unit = task * unitsOfTask; unit < end; unit++)
            {
                (int plane, int part) = Math.DivRem(unit, unitsOfPlane);
                int first = part * rowsOfUnit, count = Math.Min(rowsOfUnit, rows - first);
                nint read = (nint)(first * plan.from[rowAxis]), write = (nint)(first * plan.to[rowAxis]);
                for (int axis = plan.rank - 2; axis >= 0; axis--)
                {
                    if (axis == rowAxis) continue;
                    (plane, int coordinate) = Math.DivRem(plane, plan.extents[axis]);
                    read += (nint)(coordinate * plan.from[axis]);
                    write += (nint)(coordinate * plan.to[axis]);
                }
                int inner = plan.rank - 1;
                nint fromRow = (nint)plan.from[rowAxis], toRow = (nint)plan.to[rowAxis];
                nint fromColumn = (nint)plan.from[inner], toColumn = (nint)plan.to[inner];
                if (transposes) Transpose(source + read, fromColumn, destination + write, toRow, count, columns);
                else Rows(source + read, fromRow, fromColumn, destination + write, toRow, toColumn, count, columns);
            }
        }
    }

    private static void Rows<T>(T* source, nint fromRow, nint fromColumn, T* destination, nint toRow, nint toColumn, int rows, int columns)
        where T : unmanaged
    {
        for (int row = 0; row < rows; row++, source += fromRow, destination += toRow)
        {
            if (fromColumn == 1 && toColumn == 1)
            {
                new ReadOnlySpan<T>(source, columns).CopyTo(new Span<T>(destination, columns));
                continue;
            }
            T* read = source, write = destination;
            for (int column = 0; column < columns; column++, read += fromColumn, write += toColumn) *write = *read;
        }
    }

    /// <summary>destination[row · toRow + column] = source[column · fromColumn + row].</summary>
    // Sixteen rows at a time: each line of 64 bytes that is read is used up before the next tile, and sixteen lines are written side by side.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose<T>(T* source, nint fromColumn, T* destination, nint toRow, int rows, int columns)
        where T : unmanaged
    {
        for (int row = 0; row < rows; row += 16)
        {
            int height = Math.Min(16, rows - row), column = 0;
            if (sizeof(T) == 4 && Avx.IsSupported && height == 16)
            {
                for (; column <= columns - 8; column += 8)
                {
                    float* read = (float*)(source + (column * fromColumn) + row), write = (float*)(destination + (row * toRow) + column);
                    Transpose8(read, fromColumn, write, toRow);
                    Transpose8(read + 8, fromColumn, write + (8 * toRow), toRow);
                }
            }
            for (; column < columns; column++)
            {
                T* read = source + (column * fromColumn) + row, write = destination + (row * toRow) + column;
                for (int i = 0; i < height; i++, write += toRow) *write = read[i];
            }
        }
    }

    // Eight registers of eight: pairs of rows are interleaved by one, then by two, then by four lanes. Lanes are moved, never computed with.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8(float* read, nint from, float* write, nint to)
    {
        Debug.Assert(Avx.IsSupported);
        Vector256<float> a = Vector256.Load(read), b = Vector256.Load(read + from);
        Vector256<float> c = Vector256.Load(read + (2 * from)), d = Vector256.Load(read + (3 * from));
        read += 4 * from;
        Vector256<float> e = Vector256.Load(read), f = Vector256.Load(read + from);
        Vector256<float> g = Vector256.Load(read + (2 * from)), h = Vector256.Load(read + (3 * from));
        (a, b, c, d) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b), Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
        (e, f, g, h) = (Avx.UnpackLow(e, f), Avx.UnpackHigh(e, f), Avx.UnpackLow(g, h), Avx.UnpackHigh(g, h));
        (a, c, b, d) = (Avx.Shuffle(a, c, 0x44), Avx.Shuffle(a, c, 0xEE), Avx.Shuffle(b, d, 0x44), Avx.Shuffle(b, d, 0xEE));
        (e, g, f, h) = (Avx.Shuffle(e, g, 0x44), Avx.Shuffle(e, g, 0xEE), Avx.Shuffle(f, h, 0x44), Avx.Shuffle(f, h, 0xEE));
        Avx.Permute2x128(a, e, 0x20).Store(write);
        Avx.Permute2x128(c, g, 0x20).Store(write + to);
        Avx.Permute2x128(b, f, 0x20).Store(write + (2 * to));
        Avx.Permute2x128(d, h, 0x20).Store(write + (3 * to));
        write += 4 * to;
        Avx.Permute2x128(a, e, 0x31).Store(write);
        Avx.Permute2x128(c, g, 0x31).Store(write + to);
        Avx.Permute2x128(b, f, 0x31).Store(write + (2 * to));
        Avx.Permute2x128(d, h, 0x31).Store(write + (3 * to));
    }
}
