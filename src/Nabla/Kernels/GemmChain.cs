using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nabla.Compilation;
using Nabla.Operations;

namespace Nabla.Kernels;

/// <summary>How an input of a chain lies beside a product's result.</summary>
internal enum ChainInput
{
    /// <summary>It is the result.</summary>
    Product,

    /// <summary>An element for each of the result's.</summary>
    Whole,

    /// <summary>An element for each column.</summary>
    Row,

    /// <summary>One element for all.</summary>
    One,
}

/// <summary>Elementwise steps that follow a product, done to a tile of it that still lies in the first-level cache: an update, the gradient of an activation.</summary>
/// <remarks>
/// What the steps read beside the product is gathered into tiles of the same layout, so that each step is one call of its operation's own kernel
/// and its bits are those of the operation alone. The two chains that most steps of training end in are taken along in the registers:
/// w − rate · product, and product · relu′(y).
/// </remarks>
internal sealed unsafe class GemmChain
{
    /// <summary>The most inputs a chain may have, the product among them.</summary>
    public const int MaxInputs = 6;

    /// <summary>The most steps: their tiles have to stay in the first-level cache beside those of the product.</summary>
    public const int MaxSteps = 8;

    private enum Kind
    {
        Steps,
        Descent,
        Rectifier,
    }

    private readonly ImmutableArray<FusedStep> steps;
    private readonly ImmutableArray<ChainInput> inputs;
    private readonly Kind kind;

    // Of the two short chains: the input of the result's shape, and the one number.
    private readonly int beside, factor;

    /// <summary>A chain.</summary>
    /// <param name="steps">At most <see cref="MaxSteps"/>, each of the result's shape; an operand is an input or, behind those, an earlier step.</param>
    /// <param name="inputs">At most <see cref="MaxInputs"/>, exactly one of them the product.</param>
    public GemmChain(ImmutableArray<FusedStep> steps, ImmutableArray<ChainInput> inputs)
    {
        (this.steps, this.inputs) = (steps, inputs);
        int product = inputs.IndexOf(ChainInput.Product);
        if (steps is [{ Operation: UnaryGradient<Relu>, Operands: [int upstream, _, int y] }] && upstream == product && inputs[y] == ChainInput.Whole)
        {
            (kind, beside) = (Kind.Rectifier, y);
        }
        else if (steps is [{ Operation: Binary<Multiply>, Operands: [int left, int right] }, { Operation: Binary<Subtract>, Operands: [int from, int less] }]
            && less == inputs.Length && from < inputs.Length && inputs[from] == ChainInput.Whole
            && (left == product || right == product) && left + right - product < inputs.Length && inputs[left + right - product] == ChainInput.One)
        {
            (kind, beside, factor) = (Kind.Descent, from, left + right - product);
        }
    }

    /// <summary>Asks for what will be read beside a tile of the product, so that it is near when the tile's sums are ready.</summary>
    public void Fetch<T>(T** places, nint pitch, int rows, int columns, int row, int column)
        where T : unmanaged
    {
        if (!Sse.IsSupported) return;
        int line = 64 / sizeof(T);
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] != ChainInput.Whole) continue;
            T* place = places[i] + (row * pitch) + column;
            for (int r = 0; r < rows; r++, place += pitch)
                for (int j = 0; j < columns; j += line) Sse.Prefetch0(place + j);
        }
    }

    /// <summary>Does the steps to a tile and puts what comes out into the target.</summary>
    /// <param name="places">Where each input begins; the product's own is not looked at.</param>
    /// <param name="pitch">From one row of a whole input to the next.</param>
    /// <param name="tile">[rows, tileRow] of the caller's memory.</param>
    /// <param name="tileRow">A multiple of the lanes of the widest register, unless there is one row.</param>
    /// <param name="sum">What is added to the tile first; null for nothing.</param>
    /// <param name="sumRow">From one row of the sum to the next.</param>
    /// <param name="target">The place of element (row, column); may be that of an input.</param>
    /// <param name="targetRow">From one row of the target to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="row">The first row.</param>
    /// <param name="column">The first column.</param>
    public void Run<T>(
        T** places, nint pitch, T* tile, int tileRow, T* sum, nint sumRow, T* target, nint targetRow, int rows, int columns, int row, int column)
        where T : unmanaged
    {
        if (kind == Kind.Steps)
        {
            if (sum != null) GemmEpilogue<T>.Add(sum, sumRow, tile, tileRow, rows, columns);
            RunSteps(places, pitch, tile, tileRow, target, targetRow, rows, columns, row, column);
            return;
        }
        T* other = places[beside] + (row * pitch) + column;
        T number = kind == Kind.Descent ? *places[factor] : default;
        if (Vector512.IsHardwareAccelerated)
        {
            RunShort<Register512<T>, T>(tile, tileRow, sum, sumRow, other, pitch, number, target, targetRow, rows, columns);
        }
        else
        {
            RunShort<Register256<T>, T>(tile, tileRow, sum, sumRow, other, pitch, number, target, targetRow, rows, columns);
        }
    }

    private void RunSteps<T>(
        T** places, nint pitch, T* tile, int tileRow, T* target, nint targetRow, int rows, int columns, int row, int column)
        where T : unmanaged
    {
        int count = rows * tileRow;
        T* next = Scratch.Rent<T>(Scratch.Slot.Tiles, (nint)count * (MaxInputs + MaxSteps));
        T** near = stackalloc T*[MaxInputs + MaxSteps];
        int* moves = stackalloc int[MaxInputs + MaxSteps];
        for (int i = 0; i < inputs.Length; i++)
        {
            moves[i] = inputs[i] == ChainInput.One ? 0 : 1;
            near[i] = inputs[i] switch
            {
                ChainInput.Product => tile,
                ChainInput.One => places[i],
                _ => next,
            };
            if (near[i] != next) continue;
            T* from = places[i] + (inputs[i] == ChainInput.Whole ? row * pitch : 0) + column;
            for (int r = 0; r < rows; r++)
            {
                Packing.Copy(from, next + (r * tileRow), columns);
                if (inputs[i] == ChainInput.Whole) from += pitch;
            }
            next += count;
        }
        T** operands = stackalloc T*[3];
        int* strides = stackalloc int[3];
        for (int s = 0; s < steps.Length; s++)
        {
            ReadOnlySpan<int> slots = steps[s].Operands.AsSpan();
            for (int k = 0; k < slots.Length; k++)
            {
                operands[k] = near[slots[k]];
                strides[k] = moves[slots[k]];
            }
            near[inputs.Length + s] = next;
            moves[inputs.Length + s] = 1;
            IElementwise operation = (IElementwise)steps[s].Operation;
            if (typeof(T) == typeof(float)) operation.RunTile((float**)operands, strides, (float*)next, count);
            else operation.RunTile((double**)operands, strides, (double*)next, count);
            next += count;
        }
        next -= count;
        for (int r = 0; r < rows; r++) Packing.Copy(next + (r * tileRow), target + (r * targetRow), columns);
    }

    private void RunShort<TRegister, T>(
        T* tile, int tileRow, T* sum, nint sumRow, T* other, nint otherRow, T number, T* target, nint targetRow, int rows, int columns)
        where TRegister : struct, IRegisterLane<TRegister, T>
        where T : unmanaged
    {
        if (kind == Kind.Descent)
        {
            Pass<TRegister, T, Descent>(tile, tileRow, sum, sumRow, other, otherRow, number, target, targetRow, rows, columns);
        }
        else
        {
            Pass<TRegister, T, Rectifier>(tile, tileRow, sum, sumRow, other, otherRow, number, target, targetRow, rows, columns);
        }
    }

    private interface IEnd
    {
        static abstract TLane Of<TLane>(TLane product, TLane beside, TLane factor)
            where TLane : ILane<TLane>;
    }

    private readonly struct Descent : IEnd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLane Of<TLane>(TLane product, TLane beside, TLane factor)
            where TLane : ILane<TLane>
            => beside - (factor * product);
    }

    private readonly struct Rectifier : IEnd
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLane Of<TLane>(TLane product, TLane beside, TLane factor)
            where TLane : ILane<TLane>
            => product * default(Relu).Derivative(beside, beside);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Pass<TRegister, T, TEnd>(
        T* tile, nint tileRow, T* sum, nint sumRow, T* other, nint otherRow, T number, T* target, nint targetRow, int rows, int columns)
        where TRegister : struct, IRegisterLane<TRegister, T>
        where T : unmanaged
        where TEnd : struct, IEnd
    {
        TRegister factor = TRegister.Fill(number);
        for (int row = 0; row < rows; row++)
        {
            int column = 0;
            for (; column <= columns - TRegister.Count; column += TRegister.Count)
            {
                TRegister value = TRegister.Load(tile + column);
                if (sum != null) value = TRegister.Load(sum + column) + value;
                TEnd.Of(value, TRegister.Load(other + column), factor).Store(target + column);
            }
            if (column < columns)
            {
                EndOfRow<TRegister, T, TEnd>(
                    tile + column, sum == null ? null : sum + column, other + column, number, target + column, columns - column);
            }
            tile += tileRow;
            if (sum != null) sum += sumRow;
            other += otherRow;
            target += targetRow;
        }
    }

    // Fewer elements than a register holds. A method of its own: the calls it makes would cost the loop its registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EndOfRow<TRegister, T, TEnd>(T* tile, T* sum, T* other, T number, T* target, int left)
        where TRegister : struct, IRegisterLane<TRegister, T>
        where T : unmanaged
        where TEnd : struct, IEnd
    {
        TRegister value = ElementwiseKernel.LoadPart<TRegister, T>(tile, left);
        if (sum != null) value = ElementwiseKernel.LoadPart<TRegister, T>(sum, left) + value;
        value = TEnd.Of(value, ElementwiseKernel.LoadPart<TRegister, T>(other, left), TRegister.Fill(number));
        ElementwiseKernel.StorePart(value, target, left);
    }
}
