using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels;

/// <summary>Runs a formula over memory: whole registers first, then the rest through a padded register, so that an element's bits never depend on its place.</summary>
internal static unsafe class ElementwiseKernel
{
    // 16,384 floats are 64 KB a stream: a task long enough to hide the few µs of a dispatch, and the streams of one task stay in L2.
    private const int TaskLength = 16 * 1024;

    public static void MapUnary<TFormula>(TFormula formula, Buffers buffers)
        where TFormula : struct, IUnaryFormula
    {
        int count = buffers.OutputSpec.Shape.Count;
        switch (buffers.OutputSpec.DType)
        {
            case DType.Float32:
                Split(count, new UnaryWork<TFormula, float>(formula, buffers.InputPointer<float>(0), buffers.OutputPointer<float>(), count));
                break;
            case DType.Float64:
                Split(count, new UnaryWork<TFormula, double>(formula, buffers.InputPointer<double>(0), buffers.OutputPointer<double>(), count));
                break;
            case DType.Int32: MapIntegers<TFormula, int>(formula, buffers); break;
            case DType.Int64: MapIntegers<TFormula, long>(formula, buffers); break;
            default: MapIntegers<TFormula, byte>(formula, buffers); break;
        }
    }

    public static void MapGradient<TFormula>(TFormula formula, Buffers buffers)
        where TFormula : struct, IUnaryFormula
    {
        int count = buffers.OutputSpec.Shape.Count;
        if (buffers.OutputSpec.DType == DType.Float32) Run<float>(formula, buffers, count);
        else Run<double>(formula, buffers, count);

        static void Run<T>(TFormula formula, Buffers buffers, int count)
            where T : unmanaged
            => Split(count, new GradientWork<TFormula, T>(
                formula, buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.InputPointer<T>(2), buffers.OutputPointer<T>(), count));
    }

    public static void MapBinary<TFormula>(TFormula formula, Buffers buffers)
        where TFormula : struct, IBinaryFormula
    {
        DType type = buffers.OutputSpec.DType;
        if (buffers.OutputSpec.Shape.Count == 1 && type.IsFloating)
        {
            // The plan of a broadcast would take longer than the operation.
            if (type == DType.Float32) Single(formula, buffers.InputPointer<float>(0), buffers.InputPointer<float>(1), buffers.OutputPointer<float>());
            else Single(formula, buffers.InputPointer<double>(0), buffers.InputPointer<double>(1), buffers.OutputPointer<double>());
            return;
        }
        BroadcastPlan plan = BroadcastPlan.Of(buffers.OutputSpec.Shape, [buffers.InputSpec(0).Shape, buffers.InputSpec(1).Shape]);
        switch (type)
        {
            case DType.Float32: Run<float>(formula, buffers, plan); break;
            case DType.Float64: Run<double>(formula, buffers, plan); break;
            case DType.Int32: MapBinaryIntegers<TFormula, int>(formula, buffers, plan); break;
            case DType.Int64: MapBinaryIntegers<TFormula, long>(formula, buffers, plan); break;
            default: MapBinaryIntegers<TFormula, byte>(formula, buffers, plan); break;
        }

        static void Run<T>(TFormula formula, Buffers buffers, in BroadcastPlan plan)
            where T : unmanaged
            => SplitRuns(plan, new BinaryWork<TFormula, T>(
                formula, plan, buffers.InputPointer<T>(0), buffers.InputPointer<T>(1), buffers.OutputPointer<T>()));
    }

    /// <summary>Cuts a flat length into tasks.</summary>
    public static void Split<TWork>(int count, in TWork work)
        where TWork : struct, IWork
    {
        int tasks = (count + TaskLength - 1) / TaskLength;
        if (tasks == 1) work.Run(0);
        else ForkJoin.Run(tasks, work);
    }

    /// <summary>The elements of one task of <see cref="Split"/>.</summary>
    public static (int Start, int Length) Part(int task, int count) => (task * TaskLength, Math.Min(TaskLength, count - (task * TaskLength)));

    /// <summary>Cuts a broadcast into tasks: parts of its one run, or groups of short runs.</summary>
    public static void SplitRuns<TWork>(in BroadcastPlan plan, in TWork work)
        where TWork : struct, IWork
    {
        int tasks = RunTasks(plan);
        if (tasks == 1) work.Run(0);
        else ForkJoin.Run(tasks, work);
    }

    /// <summary>What one task of <see cref="SplitRuns"/> covers: runs first..end − 1, and of each the elements start..start + length − 1.</summary>
    public static (int First, int End, int Start, int Length) RunPart(int task, in BroadcastPlan plan)
    {
        if (plan.Rank == 1)
        {
            (int start, int length) = Part(task, plan.RunLength);
            return (0, 1, start, length);
        }
        int group = GroupOf(plan);
        return (task * group, Math.Min(plan.RunCount, (task + 1) * group), 0, plan.RunLength);
    }

    private static int GroupOf(in BroadcastPlan plan) => Math.Max(1, TaskLength / Math.Max(1, plan.RunLength));

    private static int RunTasks(in BroadcastPlan plan)
    {
        int group = plan.Rank == 1 ? TaskLength : GroupOf(plan), count = plan.Rank == 1 ? plan.RunLength : plan.RunCount;
        return (int)(((long)count + group - 1) / group);
    }

    // The widest registers the processor has: elements come out alike in either width.
    private static void Loop<TFormula, T>(TFormula formula, T* x, T* y, int count)
        where TFormula : struct, IUnaryFormula
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated) Loop<TFormula, Register512<T>, T>(formula, x, y, count);
        else Loop<TFormula, Register256<T>, T>(formula, x, y, count);
    }

    // Never inlined, here and wherever a loop holds a long formula: in its warm caller the compiler's budget for inlining ends in the middle of the
    // formula, and what is left over becomes calls (GELU took nine times as long).
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Loop<TFormula, TRegister, T>(TFormula formula, T* x, T* y, int count)
        where TFormula : struct, IUnaryFormula
        where TRegister : struct, IRegisterLane<TRegister, T>
        where T : unmanaged
    {
        int i = 0;
        for (; i <= count - TRegister.Count; i += TRegister.Count) formula.Value(TRegister.Load(x + i)).Store(y + i);
        if (i < count) StorePart<TRegister, T>(formula.Value(LoadPart<TRegister, T>(x + i, count - i)), y + i, count - i);
    }

    private static void Loop<TFormula, T>(TFormula formula, T* upstream, T* x, T* y, T* downstream, int count)
        where TFormula : struct, IUnaryFormula
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated) Loop<TFormula, Register512<T>, T>(formula, upstream, x, y, downstream, count);
        else Loop<TFormula, Register256<T>, T>(formula, upstream, x, y, downstream, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Loop<TFormula, TRegister, T>(TFormula formula, T* upstream, T* x, T* y, T* downstream, int count)
        where TFormula : struct, IUnaryFormula
        where TRegister : struct, IRegisterLane<TRegister, T>
        where T : unmanaged
    {
        int i = 0;
        for (; i <= count - TRegister.Count; i += TRegister.Count)
            (TRegister.Load(upstream + i) * formula.Derivative(TRegister.Load(x + i), TRegister.Load(y + i))).Store(downstream + i);
        if (i == count) return;
        int rest = count - i;
        TRegister local = formula.Derivative(LoadPart<TRegister, T>(x + i, rest), LoadPart<TRegister, T>(y + i, rest));
        StorePart<TRegister, T>(LoadPart<TRegister, T>(upstream + i, rest) * local, downstream + i, rest);
    }

    /// <summary>One tile of a unary formula; an input that stands still gives one value for all.</summary>
    public static void Tile<TFormula, T>(TFormula formula, T* x, int stride, T* y, int count)
        where TFormula : struct, IUnaryFormula
        where T : unmanaged
    {
        if (stride != 0)
        {
            Loop(formula, x, y, count);
            return;
        }
        Loop(formula, x, y, 1);
        new Span<T>(y, count).Fill(*y);
    }

    /// <summary>One tile of a binary formula.</summary>
    public static void Tile<TFormula, T>(TFormula formula, T* x, int xStride, T* y, int yStride, T* z, int count)
        where TFormula : struct, IBinaryFormula
        where T : unmanaged
        => Loop(formula, x, xStride, y, yStride, z, count);

    /// <summary>One tile of a unary formula's gradient: upstream, x, y.</summary>
    public static void TileGradient<TFormula, T>(TFormula formula, T** inputs, int* strides, T* downstream, int count)
        where TFormula : struct, IUnaryFormula
        where T : unmanaged
    {
        System.Diagnostics.Debug.Assert(strides[0] + strides[1] + strides[2] == 3 || count == 1);
        Loop(formula, inputs[0], inputs[1], inputs[2], downstream, count);
    }

    private static void Loop<TFormula, T>(TFormula formula, T* x, int xStride, T* y, int yStride, T* z, int count)
        where TFormula : struct, IBinaryFormula
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated) Loop<TFormula, Register512<T>, T>(formula, x, xStride, y, yStride, z, count);
        else Loop<TFormula, Register256<T>, T>(formula, x, xStride, y, yStride, z, count);
    }

    // One input of a run may stand still: then its register is filled once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Loop<TFormula, TRegister, T>(TFormula formula, T* x, int xStride, T* y, int yStride, T* z, int count)
        where TFormula : struct, IBinaryFormula
        where TRegister : struct, IRegisterLane<TRegister, T>
        where T : unmanaged
    {
        TRegister xs = TRegister.Fill(*x), ys = TRegister.Fill(*y);
        int i = 0;
        for (; i <= count - TRegister.Count; i += TRegister.Count)
        {
            if (xStride != 0) xs = TRegister.Load(x + i);
            if (yStride != 0) ys = TRegister.Load(y + i);
            formula.Value(xs, ys).Store(z + i);
        }
        if (i == count) return;
        int rest = count - i;
        if (xStride != 0) xs = LoadPart<TRegister, T>(x + i, rest);
        if (yStride != 0) ys = LoadPart<TRegister, T>(y + i, rest);
        StorePart<TRegister, T>(formula.Value(xs, ys), z + i, rest);
    }

    /// <summary>One element of a <see cref="Unary{TFormula}"/>: in every lane of a register, as the end of a row is.</summary>
    public static void SingleUnary<TFormula, T>(Operation operation, void* x, void* unused, void* unusedToo, void* y)
        where TFormula : struct, IUnaryFormula
        where T : unmanaged
    {
        TFormula formula = Unsafe.As<Unary<TFormula>>(operation).Formula;
        if (Vector512.IsHardwareAccelerated) *(T*)y = formula.Value(Register512<T>.Fill(*(T*)x)).First();
        else *(T*)y = formula.Value(Register256<T>.Fill(*(T*)x)).First();
    }

    /// <summary>One element of a <see cref="UnaryGradient{TFormula}"/>.</summary>
    public static void SingleGradient<TFormula, T>(Operation operation, void* upstream, void* x, void* y, void* downstream)
        where TFormula : struct, IUnaryFormula
        where T : unmanaged
    {
        TFormula formula = Unsafe.As<UnaryGradient<TFormula>>(operation).Formula;
        if (Vector512.IsHardwareAccelerated)
        {
            Register512<T> local = formula.Derivative(Register512<T>.Fill(*(T*)x), Register512<T>.Fill(*(T*)y));
            *(T*)downstream = (Register512<T>.Fill(*(T*)upstream) * local).First();
        }
        else
        {
            Register256<T> local = formula.Derivative(Register256<T>.Fill(*(T*)x), Register256<T>.Fill(*(T*)y));
            *(T*)downstream = (Register256<T>.Fill(*(T*)upstream) * local).First();
        }
    }

    /// <summary>One element of a <see cref="Binary{TFormula}"/>.</summary>
    public static void SingleBinary<TFormula, T>(Operation operation, void* x, void* y, void* unused, void* z)
        where TFormula : struct, IBinaryFormula
        where T : unmanaged
        => Single(Unsafe.As<Binary<TFormula>>(operation).Formula, (T*)x, (T*)y, (T*)z);

    private static void Single<TFormula, T>(TFormula formula, T* x, T* y, T* z)
        where TFormula : struct, IBinaryFormula
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated) *z = formula.Value(Register512<T>.Fill(*x), Register512<T>.Fill(*y)).First();
        else *z = formula.Value(Register256<T>.Fill(*x), Register256<T>.Fill(*y)).First();
    }

    /// <summary>A register whose first elements come from memory and whose others are copies of the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TRegister LoadPart<TRegister, T>(T* source, int count)
        where TRegister : struct, IRegisterLane<TRegister, T>
        where T : unmanaged
    {
        T* padded = stackalloc T[TRegister.Count];
        TRegister.Fill(*source).Store(padded);
        for (int i = 0; i < count; i++) padded[i] = source[i];
        return TRegister.Load(padded);
    }

    /// <inheritdoc cref="LoadPart{TRegister, T}"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadPart<T>(T* source, int count)
        where T : unmanaged
        => LoadPart<Register512<T>, T>(source, count).Value;

    /// <summary>Stores the first elements of a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart<T>(Vector512<T> value, T* destination, int count)
        where T : unmanaged
        => StorePart<Register512<T>, T>(new(value), destination, count);

    /// <summary>Stores the first elements of a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart<TRegister, T>(TRegister value, T* destination, int count)
        where TRegister : struct, IRegisterLane<TRegister, T>
        where T : unmanaged
    {
        T* padded = stackalloc T[TRegister.Count];
        value.Store(padded);
        for (int i = 0; i < count; i++) destination[i] = padded[i];
    }

    private static void MapIntegers<TFormula, T>(TFormula formula, Buffers buffers)
        where TFormula : struct, IUnaryFormula
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> x = buffers.Input<T>(0);
        Span<T> y = buffers.Output<T>();
        for (int i = 0; i < y.Length; i++) y[i] = formula.Value(new Integer<T>(x[i])).Value;
    }

    private static void MapBinaryIntegers<TFormula, T>(TFormula formula, Buffers buffers, in BroadcastPlan plan)
        where TFormula : struct, IBinaryFormula
        where T : unmanaged, IBinaryInteger<T>
    {
        T* x = buffers.InputPointer<T>(0), y = buffers.InputPointer<T>(1), z = buffers.OutputPointer<T>();
        for (int run = 0; run < plan.RunCount; run++)
        {
            nint left = plan.Offset(run, 0), right = plan.Offset(run, 1);
            for (int i = 0; i < plan.RunLength; i++)
            {
                Integer<T> a = new(x[left + (i * plan.RunStride(0))]), b = new(y[right + (i * plan.RunStride(1))]);
                *z++ = formula.Value(a, b).Value;
            }
        }
    }

    private readonly struct UnaryWork<TFormula, T>(TFormula formula, T* x, T* y, int count) : IWork
        where TFormula : struct, IUnaryFormula
        where T : unmanaged
    {
        public void Run(int task)
        {
            (int start, int length) = Part(task, count);
            Loop(formula, x + start, y + start, length);
        }
    }

    private readonly struct GradientWork<TFormula, T>(TFormula formula, T* upstream, T* x, T* y, T* downstream, int count) : IWork
        where TFormula : struct, IUnaryFormula
        where T : unmanaged
    {
        public void Run(int task)
        {
            (int start, int length) = Part(task, count);
            Loop(formula, upstream + start, x + start, y + start, downstream + start, length);
        }
    }

    private readonly struct BinaryWork<TFormula, T>(TFormula formula, BroadcastPlan plan, T* x, T* y, T* z) : IWork
        where TFormula : struct, IBinaryFormula
        where T : unmanaged
    {
        public void Run(int task)
        {
            (int first, int end, int start, int length) = RunPart(task, plan);
            int xStride = plan.RunStride(0), yStride = plan.RunStride(1);
            for (int run = first; run < end; run++)
            {
                T* left = x + plan.Offset(run, 0) + (start * xStride), right = y + plan.Offset(run, 1) + (start * yStride);
                Loop(formula, left, xStride, right, yStride, z + ((nint)run * plan.RunLength) + start, length);
            }
        }
    }
}
