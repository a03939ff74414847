using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nabla.Compilation;
using Nabla.Operations;

namespace Nabla.Kernels;

/// <summary>
/// What is done to an element of a product when its sum is complete and still lies in the nearest cache:
/// c = activation(sum + bias) + residual. The sum is a · b, or c + a · b where the product accumulates.
/// </summary>
/// <remarks>
/// Each step rounds as the operation does that it stands for, so the result has the bits of the product, the sum with the bias, the activation and
/// the sum with the residual one after the other. Every part may be left out.
/// </remarks>
internal readonly unsafe struct GemmEpilogue<T> where T : unmanaged
{
    // The elements of a row that are finished at a time: a multiple of the lanes of every register.
    private const int Most = 64;

    /// <summary>The bias of element (i, j) lies at Bias + i · BiasRow + j · BiasColumn; null for none.</summary>
    public T* Bias { get; init; }

    /// <summary>1 for a bias of each row, 0 for one of each column; any stride for a matrix.</summary>
    public nint BiasRow { get; init; }

    /// <summary>1 for a bias of each column, 0 for one of each row.</summary>
    public nint BiasColumn { get; init; }

    /// <summary>From one product's bias to the next one's, in a batch; 0 for one that all share.</summary>
    public nint BiasBatch { get; init; }

    /// <summary>An elementwise operation of one input; null for none.</summary>
    public IElementwise? Activation { get; init; }

    /// <summary>The residual of element (i, j) lies at Residual + i · ResidualRow + j; null for none. It does not overlap c.</summary>
    public T* Residual { get; init; }

    /// <summary>From one row of the residual to the next.</summary>
    public nint ResidualRow { get; init; }

    /// <summary>From one product's residual to the next one's, in a batch.</summary>
    public nint ResidualBatch { get; init; }

    /// <summary>Steps that come last and whose result goes to <see cref="Target"/>, not to c; null for none.</summary>
    public GemmChain? Chain { get; init; }

    /// <summary>Where the inputs of the chain begin.</summary>
    public T** ChainInputs { get; init; }

    /// <summary>Where the chain's result goes; its rows lie as far apart as those of the chain's inputs. It may be one of those, and c where k is one block.</summary>
    public T* Target { get; init; }

    /// <summary>From one row of the target to the next.</summary>
    public nint TargetRow { get; init; }

    /// <summary>Whether nothing is to be done.</summary>
    public bool IsEmpty => Bias == null && Activation is null && Residual == null && Chain is null;

    /// <summary>Whether all of it is done in registers, so that <see cref="FinishWhole"/> can work in c itself.</summary>
    public bool IsSimple => Chain is null && (Activation is null or Unary<Relu>);

    /// <summary>Adds a part of c to a tile.</summary>
    public static void Add(T* c, nint cRow, T* tile, int pitch, int rows, int columns)
    {
        if (Vector512.IsHardwareAccelerated) Pass<Register512<T>, Same>(tile, pitch, tile, pitch, rows, columns, c, cRow, null, 0, 0, null, 0);
        else Pass<Register256<T>, Same>(tile, pitch, tile, pitch, rows, columns, c, cRow, null, 0, 0, null, 0);
    }

    /// <summary>Asks for what the chain reads beside a tile that is about to be computed.</summary>
    public void Fetch(int rows, int columns, int row, int column) => Chain?.Fetch(ChainInputs, TargetRow, rows, columns, row, column);

    /// <summary>The epilogue of one product of a batch.</summary>
    public GemmEpilogue<T> OfBatch(nint batch) => this with
    {
        Bias = Bias == null ? null : Bias + (batch * BiasBatch),
        Residual = Residual == null ? null : Residual + (batch * ResidualBatch),
    };

    /// <summary>Whether the rows of a batch's products, m each, may be taken as the rows of one.</summary>
    public bool JoinsBatches(int m) => (Bias == null || BiasBatch == m * BiasRow) && (Residual == null || ResidualBatch == m * ResidualRow);

    /// <summary>
    /// Finishes elements (row…, column…) of the product, whose last sums lie in <paramref name="tile"/>, and puts them into c.
    /// </summary>
    /// <param name="tile">[rows, pitch] of the caller's memory; the places from columns to pitch are computed along and let go.</param>
    /// <param name="pitch">A multiple of the lanes of the widest register.</param>
    /// <param name="c">The place of element (row, column) in the product.</param>
    /// <param name="cRow">From one row of c to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns, at most pitch.</param>
    /// <param name="row">The first row.</param>
    /// <param name="column">The first column.</param>
    /// <param name="add">Whether c holds the sum so far.</param>
    public void Finish(T* tile, int pitch, T* c, nint cRow, int rows, int columns, int row, int column, bool add)
    {
        if (Vector512.IsHardwareAccelerated) Finish<Register512<T>>(tile, pitch, c, cRow, rows, columns, row, column, add);
        else Finish<Register256<T>>(tile, pitch, c, cRow, rows, columns, row, column, add);
    }

    /// <summary>Finishes a tile of the product, (row…, column…), that was just put into c; only where <see cref="IsSimple"/>.</summary>
    public void FinishWhole(T* c, nint cRow, int rows, int columns, int row, int column)
    {
        if (Vector512.IsHardwareAccelerated) Simple<Register512<T>>(c, cRow, c, cRow, rows, columns, row, column, null);
        else Simple<Register256<T>>(c, cRow, c, cRow, rows, columns, row, column, null);
    }

    /// <summary>Finishes elements (row…, column…) of the product that lie in c already.</summary>
    [SkipLocalsInit]
    public void FinishInPlace(T* c, nint cRow, int rows, int columns, int row, int column)
    {
        T* tile = stackalloc T[Most];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j += Most)
            {
                int count = Math.Min(Most, columns - j);
                T* place = c + (i * cRow) + j;
                Packing.Copy(place, tile, count);
                Finish(tile, Most, place, cRow, 1, count, row + i, column + j, add: false);
            }
        }
    }

    /// <summary>Finishes elements row… of a product with one column, which lie in c already: the column is a row whose elements lie apart.</summary>
    [SkipLocalsInit]
    public void FinishColumn(T* c, nint cRow, int rows, int row)
    {
        T* tile = stackalloc T[Most];
        for (int begin = 0; begin < rows; begin += Most)
        {
            int count = Math.Min(Most, rows - begin);
            T* place = c + (begin * cRow);
            for (int i = 0; i < count; i++)
            {
                T value = place[i * cRow];
                tile[i] = Bias == null ? value : Scalars.Add(value, Bias[(row + begin + i) * BiasRow]);
            }
            if (Activation is not null) RunActivation(tile, count);
            for (int i = 0; i < count; i++)
            {
                place[i * cRow] = Residual == null ? tile[i] : Scalars.Add(tile[i], Residual[(row + begin + i) * ResidualRow]);
            }
        }
    }

    private void Finish<TRegister>(T* tile, int pitch, T* c, nint cRow, int rows, int columns, int row, int column, bool add)
        where TRegister : struct, IRegisterLane<TRegister, T>
    {
        T* target = Target + (row * TargetRow) + column;
        if (Chain is not null && Bias == null && Activation is null && Residual == null)
        {
            Chain.Run(ChainInputs, TargetRow, tile, pitch, add ? c : null, cRow, target, TargetRow, rows, columns, row, column);
            return;
        }
        if (IsSimple)
        {
            Simple<TRegister>(tile, pitch, c, cRow, rows, columns, row, column, add ? c : null);
            return;
        }
        T* bias = Bias == null ? null : Bias + (row * BiasRow) + (column * BiasColumn);
        if (add || bias != null)
        {
            Pass<TRegister, Same>(tile, pitch, tile, pitch, rows, columns, add ? c : null, cRow, bias, BiasRow, BiasColumn, null, 0);
        }
        // Over the whole tile at once, so that the call costs little.
        if (Activation is not null) RunActivation(tile, rows == 1 ? columns : rows * pitch);
        T* residual = Residual == null ? null : Residual + (row * ResidualRow) + column;
        if (Chain is null)
        {
            Pass<TRegister, Same>(tile, pitch, c, cRow, rows, columns, null, 0, null, 0, 0, residual, ResidualRow);
            return;
        }
        if (residual != null) Pass<TRegister, Same>(tile, pitch, tile, pitch, rows, columns, null, 0, null, 0, 0, residual, ResidualRow);
        Chain.Run(ChainInputs, TargetRow, tile, pitch, null, 0, target, TargetRow, rows, columns, row, column);
    }

    // The rectifier, of which every second network is made, is a few instructions: it is taken along in the registers.
    private void Simple<TRegister>(T* tile, nint pitch, T* c, nint cRow, int rows, int columns, int row, int column, T* sum)
        where TRegister : struct, IRegisterLane<TRegister, T>
    {
        T* bias = Bias == null ? null : Bias + (row * BiasRow) + (column * BiasColumn);
        T* residual = Residual == null ? null : Residual + (row * ResidualRow) + column;
        if (Activation is null)
        {
            Pass<TRegister, Same>(tile, pitch, c, cRow, rows, columns, sum, cRow, bias, BiasRow, BiasColumn, residual, ResidualRow);
        }
        else
        {
            Pass<TRegister, Rectified>(tile, pitch, c, cRow, rows, columns, sum, cRow, bias, BiasRow, BiasColumn, residual, ResidualRow);
        }
    }

    private void RunActivation(T* tile, int count)
    {
        int stride = 1;
        if (typeof(T) == typeof(float))
        {
            float* from = (float*)tile;
            Activation!.RunTile(&from, &stride, from, count);
        }
        else
        {
            double* from = (double*)tile;
            Activation!.RunTile(&from, &stride, from, count);
        }
    }

    private interface IEnd
    {
        static abstract TLane Of<TLane>(TLane x)
            where TLane : ILane<TLane>;
    }

    private readonly struct Same : IEnd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLane Of<TLane>(TLane x)
            where TLane : ILane<TLane>
            => x;
    }

    private readonly struct Rectified : IEnd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLane Of<TLane>(TLane x)
            where TLane : ILane<TLane>
            => default(Relu).Value(x);
    }

    // to = end(sum + tile + bias) + residual, a register at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Pass<TRegister, TEnd>(
        T* tile, nint pitch, T* to, nint toRow, int rows, int columns,
        T* sum, nint sumRow, T* bias, nint biasRow, nint biasColumn, T* residual, nint residualRow)
        where TRegister : struct, IRegisterLane<TRegister, T> where TEnd : struct, IEnd
    {
        // What is not there stays null.
        (sumRow, biasRow, residualRow) = (sum == null ? 0 : sumRow, bias == null ? 0 : biasRow, residual == null ? 0 : residualRow);
        if (columns % TRegister.Count == 0 && (bias == null || (biasRow == 0 && biasColumn == 1)))
        {
            // Down a column of registers, so that a bias of columns is read once.
            for (int column = 0; column < columns; column += TRegister.Count)
            {
                T* from = tile + column, target = to + column, before = sum + column, beside = residual + column;
                TRegister shift = bias == null ? TRegister.Fill(default) : TRegister.Load(bias + column);
                for (int row = 0; row < rows; row++)
                {
                    TRegister value = TRegister.Load(from);
                    if (sum != null) value = TRegister.Load(before) + value;
                    if (bias != null) value += shift;
                    value = TEnd.Of(value);
                    if (residual != null) value += TRegister.Load(beside);
                    value.Store(target);
                    from += pitch;
                    target += toRow;
                    before += sumRow;
                    beside += residualRow;
                }
            }
            return;
        }
        for (int row = 0; row < rows; row++)
        {
            int column = 0;
            for (; column <= columns - TRegister.Count; column += TRegister.Count)
            {
                TRegister value = TRegister.Load(tile + column);
                if (sum != null) value = TRegister.Load(sum + column) + value;
                if (bias != null) value += biasColumn == 0 ? TRegister.Fill(*bias) : TRegister.Load(bias + column);
                value = TEnd.Of(value);
                if (residual != null) value += TRegister.Load(residual + column);
                value.Store(to + column);
            }
            if (column < columns)
            {
                End<TRegister, TEnd>(
                    tile + column, to + column, columns - column,
                    sum == null ? null : sum + column, bias == null ? null : bias + (column * biasColumn), biasColumn,
                    residual == null ? null : residual + column);
            }
            tile += pitch;
            to += toRow;
            sum += sumRow;
            bias += biasRow;
            residual += residualRow;
        }
    }

    // Fewer elements than a register holds. A method of its own: the calls it makes would cost the loop its registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void End<TRegister, TEnd>(T* tile, T* to, int left, T* sum, T* bias, nint biasColumn, T* residual)
        where TRegister : struct, IRegisterLane<TRegister, T> where TEnd : struct, IEnd
    {
        TRegister value = TRegister.Load(tile);
        if (sum != null) value = ElementwiseKernel.LoadPart<TRegister, T>(sum, left) + value;
        if (bias != null) value += biasColumn == 0 ? TRegister.Fill(*bias) : ElementwiseKernel.LoadPart<TRegister, T>(bias, left);
        value = TEnd.Of(value);
        if (residual != null) value += ElementwiseKernel.LoadPart<TRegister, T>(residual, left);
        ElementwiseKernel.StorePart(value, to, left);
    }
}
