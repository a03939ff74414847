using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels;

/// <summary>The loops around the tile: what is packed, how c is cut into tasks, and products with a single row or column.</summary>
/// <remarks>
/// c is cut into strips of rows, of nearly equal height so that no tile is much lower than the others, and strips of two registers of columns.
/// A strip of a or b is either read where it lies or packed first; both orders of memory feed the same loop.
/// </remarks>
internal static unsafe class Gemm<TRegister, TVector, T>
    where TRegister : struct, IRegister<TVector, T> where TVector : struct where T : unmanaged
{
    // What is packed at once: 256 steps of up to 1,536 rows and 2,048 columns are 1.5 MB and 2 MB of float32, which are still near when they are
    // read. With four times the steps 1024³ takes a twentieth longer.
    private const int MostRows = 1536, MostColumns = 2048;

    // Few rows, or two blocks of up to 2 MB, are packed for several blocks of k at once, which saves dispatches.
    private const int MostBlocks = 4;
    private const long TwoBlocks = 1 << 19;

    // 24 strips of a · 256 steps are 288 KB of the second-level cache. 256 x 1024 x 1024 on one busy core: 118 GFLOP/s with all of b packed first.
    private const int MostFreshStrips = 24;

    // Bytes of a b whose strips are found again in the first-level cache, or close behind it.
    private const long NearColumns = 1 << 16;

    // Below this many multiplications (about ten µs on one core) sharing the work costs more than it saves.
    private const long WorthSharing = 1 << 18;

    private static int StripColumns => 2 * TRegister.Lanes;

    public static void Run(in GemmProblem<T> problem)
    {
        if (problem.M == 1 || problem.N == 1)
        {
            VectorProduct<TRegister, TVector, T>.Run(problem);
            return;
        }
        int block = Gemm.Block(problem.K);
        if ((long)problem.M * problem.N * problem.K <= Gemm.MostOfTiny)
        {
            Tiny(problem);
            return;
        }
        int rowStrips = (problem.M + TRegister.Rows - 1) / TRegister.Rows, columnStrips = (problem.N + StripColumns - 1) / StripColumns;
        // A strip of a is read once for each strip of columns, a strip of b once for each strip of rows: packing pays from a few reads on,
        // or where the rows lie so far apart that they compete for the same cache lines.
        // Beside a b that is read in place, a small a is read so often that it stays near by itself.
        bool far = Collides(problem.AColumn == 1 ? problem.ARow : problem.AColumn);
        bool packA = (columnStrips > 4 && !(problem.InPlace && (long)problem.M * problem.K <= 1 << 16)) || (columnStrips > 1 && rowStrips > 1 && far);
        // A small b stays near where it lies: 64 x 64 x 64 then takes 2.2 µs instead of 2.6 on one core, and on two 1.4 instead of 2.5.
        int mostReads = (long)problem.K * problem.N * sizeof(T) <= NearColumns ? MostFreshStrips : 3;
        bool packB = !problem.InPlace && (problem.BColumn != 1 || rowStrips > mostReads || (rowStrips > 1 && Collides(problem.BRow)));
        // Where one task takes all rows, it packs each strip of b into its first-level cache just before it is used, and b crosses the memory once.
        // With too few strips to keep all threads busy by them, rows are shared too, and b is packed beforehand: 100 x 784 x 50 on two cores
        // 270 GFLOP/s against 170.
        bool fresh = packB && rowStrips <= MostFreshStrips && (columnStrips > 3 || ForkJoin.IsInline);
        bool packsSeveral = rowStrips <= MostFreshStrips || (problem.K <= 2 * block && (long)problem.M * problem.K <= TwoBlocks);
        int mostSteps = packsSeveral ? MostBlocks * block : block;
        bool small = (long)problem.M * problem.N * problem.K < WorthSharing;
        for (int n0 = 0; n0 < problem.N; n0 += MostColumns)
        {
            int n = Math.Min(MostColumns, problem.N - n0);
            for (int k0 = 0; k0 < problem.K; k0 += mostSteps)
            {
                int k = Math.Min(mostSteps, problem.K - k0);
                for (int m0 = 0; m0 < problem.M; m0 += MostRows)
                {
                    int m = Math.Min(MostRows, problem.M - m0);
                    Piece piece = new(problem, m0, m, n0, n, k0, k, block, packA, packB, fresh, packColumns: m0 == 0 && !fresh);
                    if (small)
                    {
                        for (int strip = 0; strip < piece.Packings; strip++)
                        {
                            piece.Pack(strip);
                        }
                        piece.Multiply(0, piece.RowStrips, 0, piece.ColumnStrips);
                        continue;
                    }
                    if (piece.Packings > 0)
                    {
                        ForkJoin.Run(piece.Packings, new PackWork(&piece));
                    }
                    MultiplyWork multiply = new(&piece);
                    ForkJoin.Run(multiply.Tasks, multiply);
                }
            }
        }
    }

    // A handful of products is done before strips are laid out; k is at most 64, one block.
    private static void Tiny(in GemmProblem<T> problem)
    {
        for (int row = 0; row < problem.M; row++)
        {
            for (int column = 0; column < problem.N; column++)
            {
                T* a = problem.A + (row * problem.ARow), b = problem.B + (column * problem.BColumn), c = problem.C + (row * problem.CRow) + column;
                T sum = default;
                for (int p = 0; p < problem.K; p++, a += problem.AColumn, b += problem.BRow)
                {
                    sum = Scalars.MultiplyAdd(*a, *b, sum);
                }
                *c = problem.Accumulate ? Scalars.Add(*c, sum) : sum;
            }
        }
        if (!problem.Epilogue.IsEmpty) problem.Epilogue.FinishInPlace(problem.C, problem.CRow, problem.M, problem.N, 0, 0);
    }

    private static bool Collides(nint stride) => stride * sizeof(T) % 1024 == 0;

    private readonly struct PackWork(Piece* piece) : IWork
    {
        public void Run(int task) => piece->Pack(task);
    }

    private readonly struct MultiplyWork : IWork
    {
        private readonly Piece* piece;
        private readonly int rowTasks, columnTasks;

        // A task's strips of a (16 · 12 rows · 256 steps = 192 KB) and b (8 · 32 columns · 256 steps = 256 KB) fit a second-level cache of 1 MB
        // and leave room for its part of c.
        // For other threads to share, small products are cut finer, down to about 2^17 multiplications a task, until there are 16: columns first,
        // since a strip of b serves all of a task's rows from the first-level cache, and is packed by each task that uses it where that is done
        // freshly: then rows stay together (64 x 1568 x 128 on two cores 240 -> 380 GFLOP/s). No cut changes a bit.
        public MultiplyWork(Piece* piece)
        {
            this.piece = piece;
            rowTasks = piece->Fresh ? 1 : (piece->RowStrips + 15) / 16;
            columnTasks = (piece->ColumnStrips + 7) / 8;
            long work = (long)piece->M * piece->N * piece->K;
            while (!ForkJoin.IsInline && rowTasks * columnTasks < 16 && work / (rowTasks * columnTasks) > 1 << 17)
            {
                if (columnTasks < piece->ColumnStrips)
                {
                    columnTasks = Math.Min(piece->ColumnStrips, columnTasks * 2);
                }
                else if (rowTasks < piece->RowStrips && !piece->Fresh)
                {
                    rowTasks = Math.Min(piece->RowStrips, rowTasks * 2);
                }
                else
                {
                    break;
                }
            }
        }

        public int Tasks => rowTasks * columnTasks;

        public void Run(int task)
        {
            int row = task % rowTasks, column = task / rowTasks;
            piece->Multiply(
                row * piece->RowStrips / rowTasks, (row + 1) * piece->RowStrips / rowTasks,
                column * piece->ColumnStrips / columnTasks, (column + 1) * piece->ColumnStrips / columnTasks);
        }
    }

    /// <summary>The part of a product whose strips are packed at once.</summary>
    private readonly struct Piece
    {
        public readonly int M, N, K, RowStrips, ColumnStrips;
        public readonly bool Fresh;
        private readonly int block, rowPackings, firstPackedColumnStrip, columnPackings;
        private readonly T* a, b, c, packedA, packedB;
        private readonly nint aRow, aColumn, bRow, bColumn, cRow;
        private readonly bool add;
        private readonly int firstRow, firstColumn;

        // Where this piece completes the sums: the problem's epilogue, which holds a reference and stays on the caller's stack.
        private readonly void* epilogue;

        public Piece(
            in GemmProblem<T> problem, int m0, int m, int n0, int n, int k0, int k, int block, bool packA, bool packB, bool fresh, bool packColumns)
        {
            (M, N, K, this.block, Fresh) = (m, n, k, block, fresh);
            (aRow, aColumn, bRow, bColumn, cRow) = (problem.ARow, problem.AColumn, problem.BRow, problem.BColumn, problem.CRow);
            a = problem.A + (m0 * aRow) + (k0 * aColumn);
            b = problem.B + (k0 * bRow) + (n0 * bColumn);
            c = problem.C + (m0 * cRow) + n0;
            add = problem.Accumulate || k0 > 0;
            (firstRow, firstColumn) = (m0, n0);
            epilogue = k0 + k < problem.K || problem.Epilogue.IsEmpty ? null : Unsafe.AsPointer(ref Unsafe.AsRef(in problem.Epilogue));
            RowStrips = (m + TRegister.Rows - 1) / TRegister.Rows;
            ColumnStrips = (n + StripColumns - 1) / StripColumns;
            rowPackings = packA ? RowStrips : 0;
            // Where b is read in place, its last strip is packed nevertheless if it ends inside a register.
            firstPackedColumnStrip = packB ? 0 : n % TRegister.Lanes == 0 ? ColumnStrips : ColumnStrips - 1;
            columnPackings = packColumns ? ColumnStrips - firstPackedColumnStrip : 0;
            int packedColumnStrips = fresh ? 0 : ColumnStrips - firstPackedColumnStrip;
            nint room = (nint)k * ((packA ? RowStrips * TRegister.Rows : 0) + (packedColumnStrips * StripColumns));
            if (room > 0)
            {
                // b's strips come first: they stay where they are while the rows of a move on to the next piece.
                packedB = Scratch.Rent<T>(Scratch.Slot.Panels, room);
                packedA = packedB + ((nint)k * packedColumnStrips * StripColumns);
            }
        }

        public int Packings => rowPackings + columnPackings;

        public void Pack(int strip)
        {
            for (int k0 = 0; k0 < K; k0 += block)
            {
                int steps = Math.Min(block, K - k0);
                if (strip < rowPackings)
                {
                    int row = FirstRow(strip), rows = FirstRow(strip + 1) - row;
                    Packing.Panel(rows, TRegister.Rows, steps, a + (row * aRow) + (k0 * aColumn), aRow, aColumn, PackedA(strip, k0, steps));
                    continue;
                }
                int columnStrip = strip - rowPackings + firstPackedColumnStrip;
                PackColumns(columnStrip, k0, steps, PackedB(columnStrip, k0, steps));
            }
        }

        private void PackColumns(int strip, int k0, int steps, T* panel)
        {
            int column = strip * StripColumns, columns = Math.Min(StripColumns, N - column);
            Packing.Panel(columns, WidthOf(columns), steps, b + (k0 * bRow) + (column * bColumn), bColumn, bRow, panel);
        }

        // Asks for one of equal parts of the strip that will be packed next, so that the memory works while tiles are computed: with weights that
        // come from the third-level cache a twentieth faster.
        private void FetchColumns(int strip, int k0, int part, int parts)
        {
            if (!Sse.IsSupported) return;
            int column = strip * StripColumns, columns = Math.Min(StripColumns, N - column), steps = Math.Min(block, K - k0);
            bool across = bColumn == 1;
            (int rows, int length, nint pitch) = across ? (steps, columns, bRow) : (columns, steps, bColumn);
            T* first = b + (k0 * bRow) + (column * bColumn);
            for (int row = part * rows / parts; row < (part + 1) * rows / parts; row++)
            {
                for (int i = 0; i < length; i += 64 / sizeof(T)) Sse.Prefetch1(first + (row * pitch) + i);
            }
        }

        // All strips of a block of k lie side by side: what a task reads at a time is then contiguous and spreads evenly over a cache's sets.
        private T* PackedA(int strip, int k0, int steps) => packedA + ((((nint)k0 * RowStrips) + ((nint)strip * steps)) * TRegister.Rows);

        private T* PackedB(int strip, int k0, int steps) =>
            packedB + ((((nint)k0 * (ColumnStrips - firstPackedColumnStrip)) + ((nint)(strip - firstPackedColumnStrip) * steps)) * StripColumns);

        // The last strip is one register wide if that holds it.
        private static int WidthOf(int columns) => columns > TRegister.Lanes ? StripColumns : TRegister.Lanes;

        private int FirstRow(int strip) => (int)((long)strip * M / RowStrips);

        public void Multiply(int rowBegin, int rowEnd, int columnBegin, int columnEnd)
        {
            for (int k0 = 0; k0 < K; k0 += block)
            {
                MultiplyBlock(k0, Math.Min(block, K - k0), rowBegin, rowEnd, columnBegin, columnEnd);
            }
        }

        // Zeroing the edge's memory would take longer than a small product.
        [SkipLocalsInit]
        private void MultiplyBlock(int k0, int steps, int rowBegin, int rowEnd, int columnBegin, int columnEnd)
        {
            bool sum = add || k0 > 0, finish = epilogue != null && k0 + steps == K;
            bool finishInPlace = finish && Unsafe.AsRef<GemmEpilogue<T>>(epilogue).IsSimple;
            bool fetch = finish && Unsafe.AsRef<GemmEpilogue<T>>(epilogue).Chain is not null;
            // A register that crosses a cache line costs two accesses and is not forwarded to the load that follows.
            byte* room = stackalloc byte[(TRegister.Rows * StripColumns * sizeof(T)) + 63];
            T* edge = (T*)(((nuint)room + 63) & ~(nuint)63);
            T* own = Fresh ? Scratch.Rent<T>(Scratch.Slot.Strip, (nint)steps * StripColumns) : null;
            for (int strip = columnBegin; strip < columnEnd; strip++)
            {
                int column = strip * StripColumns, columns = Math.Min(StripColumns, N - column);
                int width = WidthOf(columns), registers = width / TRegister.Lanes;
                bool packed = strip >= firstPackedColumnStrip, whole = columns == width;
                T* stripB = Fresh ? own : packed ? PackedB(strip, k0, steps) : b + (k0 * bRow) + column;
                if (Fresh) PackColumns(strip, k0, steps, own);
                (int nextStrip, int nextK) = strip + 1 < columnEnd ? (strip + 1, k0) : (columnBegin, k0 + steps);
                nint stepB = packed ? width : bRow;
                for (int i = rowBegin; i < rowEnd; i++)
                {
                    if (Fresh) FetchColumns(nextStrip, nextK, i - rowBegin, rowEnd - rowBegin);
                    int row = FirstRow(i), rows = FirstRow(i + 1) - row;
                    T* stripA = rowPackings > 0 ? PackedA(i, k0, steps) : a + (row * aRow) + (k0 * aColumn);
                    nint rowA = rowPackings > 0 ? 1 : aRow, stepA = rowPackings > 0 ? TRegister.Rows : aColumn;
                    T* tile = c + (row * cRow) + column;
                    if (whole && (!finish || finishInPlace))
                    {
                        GemmTile.Run<TRegister, TVector, T>(rows, registers, steps, stripA, rowA, stepA, stripB, stepB, tile, cRow, sum);
                        if (finish)
                        {
                            Unsafe.AsRef<GemmEpilogue<T>>(epilogue).FinishWhole(tile, cRow, rows, columns, firstRow + row, firstColumn + column);
                        }
                        continue;
                    }
                    if (fetch) Unsafe.AsRef<GemmEpilogue<T>>(epilogue).Fetch(rows, columns, firstRow + row, firstColumn + column);
                    GemmTile.Run<TRegister, TVector, T>(rows, registers, steps, stripA, rowA, stepA, stripB, stepB, edge, width, add: false);
                    if (finish)
                    {
                        Unsafe.AsRef<GemmEpilogue<T>>(epilogue).Finish(
                            edge, width, tile, cRow, rows, columns, firstRow + row, firstColumn + column, sum);
                        continue;
                    }
                    GemmEdge.Put<TRegister, TVector, T>(edge, width, tile, cRow, rows, columns, sum);
                }
            }
        }
    }
}

/// <summary>Brings the part of a tile that lies inside c from memory of its own into c.</summary>
internal static unsafe class GemmEdge
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Put<TRegister, TVector, T>(T* tile, nint tileRow, T* c, nint cRow, int rows, int columns, bool add)
        where TRegister : struct, IRegister<TVector, T> where TVector : struct where T : unmanaged
    {
        for (int row = 0; row < rows; row++, tile += tileRow, c += cRow)
        {
            if (!add)
            {
                Packing.Copy(tile, c, columns);
                continue;
            }
            int column = 0;
            for (; column <= columns - TRegister.Lanes; column += TRegister.Lanes)
            {
                TRegister.Store(TRegister.Add(TRegister.Load(c + column), TRegister.Load(tile + column)), c + column);
            }
            for (; column < columns; column++)
            {
                c[column] = Scalars.Add(c[column], tile[column]);
            }
        }
    }
}
