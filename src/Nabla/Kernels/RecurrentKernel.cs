using System.Numerics;
using Nabla.Operations;

namespace Nabla.Kernels;

/// <summary>Recurrent layers over all time steps. drive: [time, batch, sums]   kept: [time, batch, kept].</summary>
/// <remarks>
/// A task takes some rows of the batch through all steps by itself: rows do not touch one another, so nothing waits between steps, and the weight,
/// laid out once for all tasks, stays in each core's second-level cache.
/// </remarks>
internal static unsafe class RecurrentKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static void Forward(
        RecurrentCell cell, T* drive, T* inputBias, T* hiddenBias, T* weight, T* kept, int time, int batch, int hidden)
    {
        if (batch == 0 || hidden == 0) return;
        int sums = cell.Gates * hidden, pitch = Pitch(sums);
        T* transposed = Scratch.Rent<T>(Scratch.Slot.Columns, (nint)hidden * pitch);
        StridedCopy.Of([hidden, sums], [1, hidden], [pitch, 1]).Run(sizeof(T), (byte*)weight, (byte*)transposed);
        ForwardWork work = new(cell, drive, inputBias, hiddenBias, transposed, pitch, kept, time, batch, hidden);
        ForkJoin.Run(Tasks(batch), work);
    }

    /// <summary>The hidden states of rows, out of what was kept.</summary>
    public static void CopyStates(RecurrentCell cell, T* kept, T* states, int rows, int hidden)
    {
        nint width = (nint)cell.Kept * hidden;
        StridedCopy.Of([rows, hidden], [width, 1], [hidden, 1]).Run(sizeof(T), (byte*)(kept + width - hidden), (byte*)states);
    }

    public static void Gradient(RecurrentCell cell, T* kept, T* weight, T* upstream, T* gradient, int time, int batch, int hidden, bool lastOnly)
    {
        if (batch == 0 || hidden == 0) return;
        int sums = cell.Gates * hidden, pitch = Pitch(hidden);
        T* padded = Scratch.Rent<T>(Scratch.Slot.Columns, (nint)sums * pitch);
        StridedCopy.Of([sums, hidden], [hidden, 1], [pitch, 1]).Run(sizeof(T), (byte*)weight, (byte*)padded);
        GradientWork work = new(cell, kept, padded, pitch, upstream, gradient, time, batch, hidden, lastOnly);
        ForkJoin.Run(Tasks(batch), work);
    }

    public static void HiddenGradient(RecurrentCell cell, T* gradient, T* kept, T* hiddenGradient, int rows, int hidden)
    {
        HiddenWork work = new(cell, gradient, kept, hiddenGradient, rows, hidden);
        ForkJoin.Run((rows + HiddenWork.Rows - 1) / HiddenWork.Rows, work);
    }

    // Two tasks from 32 rows on, and no fewer than a tile's rows in each where there are that many.
    private static int RowsOfTask(int batch) => batch >= 64 ? 32 : 16;

    private static int Tasks(int batch) => (batch + RowsOfTask(batch) - 1) / RowsOfTask(batch);

    // Rows that start on a register's boundary and do not compete for the same lines of the first-level cache.
    private static int Pitch(int columns)
    {
        int pitch = (columns + 15) / 16 * 16;
        return pitch * sizeof(T) % 1024 == 0 ? pitch + 16 : pitch;
    }

    private readonly struct ForwardWork(
        RecurrentCell cell, T* drive, T* inputBias, T* hiddenBias, T* weight, int pitch, T* kept, int time, int batch, int hidden) : IWork
    {
        public void Run(int task)
        {
            int first = task * RowsOfTask(batch), rows = Math.Min(RowsOfTask(batch), batch - first);
            int sums = cell.Gates * hidden, width = cell.Kept * hidden;
            T* before = null;
            for (int t = 0; t < time; t++)
            {
                nint row = ((nint)t * batch) + first;
                T* now = kept + (row * width);
                cell.Begin(rows, hidden, drive + (row * sums), inputBias, hiddenBias, now);
                if (t > 0)
                {
                    Gemm.Run(
                        Gemm.Width, rows, sums, hidden, before + width - hidden, width, 1, weight, pitch, 1, now, width, accumulate: true, inPlace: true);
                }
                cell.Finish(rows, hidden, now, before);
                before = now;
            }
        }
    }

    private readonly struct GradientWork(
        RecurrentCell cell, T* kept, T* weight, int pitch, T* upstream, T* gradient, int time, int batch, int hidden, bool lastOnly) : IWork
    {
        public void Run(int task)
        {
            int first = task * RowsOfTask(batch), rows = Math.Min(RowsOfTask(batch), batch - first);
            int sums = cell.Gates * hidden, width = cell.Kept * hidden;
            nint states = (nint)rows * hidden;
            T* toState = Scratch.Rent<T>(Scratch.Slot.Tiles, (2 * states) + ((nint)rows * sums)), carry = toState + states, ownHidden = carry + states;
            new Span<T>(carry, (int)states).Clear();
            for (int t = time - 1; t >= 0; t--)
            {
                nint row = ((nint)t * batch) + first;
                T* now = kept + (row * width), before = t > 0 ? kept + ((row - batch) * width) : null;
                T* entering = upstream + ((lastOnly ? first : row) * hidden);
                if (t == time - 1) new Span<T>(entering, (int)states).CopyTo(new(toState, (int)states));
                else if (!lastOnly) AddTo(toState, entering, (int)states);
                T* toSums = gradient + (row * sums);
                cell.Back(rows, hidden, now, before, toState, carry, toSums);
                if (t == 0) break;
                if (cell.HasOwnHiddenGradient)
                {
                    cell.Hide(rows, hidden, now, toSums, ownHidden);
                    toSums = ownHidden;
                }
                Gemm.Run(Gemm.Width, rows, hidden, sums, toSums, sums, 1, weight, pitch, 1, toState, hidden, cell.PassesState, inPlace: true);
            }
        }

        private static void AddTo(T* sum, T* x, int count) => ElementwiseKernel.Tile(new Add(), sum, 1, x, 1, sum, count);
    }

    private readonly struct HiddenWork(RecurrentCell cell, T* gradient, T* kept, T* hiddenGradient, int rows, int hidden) : IWork
    {
        public const int Rows = 128;

        public void Run(int task)
        {
            nint first = (nint)task * Rows;
            int count = (int)Math.Min(Rows, rows - first), sums = cell.Gates * hidden;
            cell.Hide(count, hidden, kept + (first * cell.Kept * hidden), gradient + (first * sums), hiddenGradient + (first * sums));
        }
    }
}
