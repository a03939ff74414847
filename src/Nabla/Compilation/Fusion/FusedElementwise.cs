using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla.Compilation;

/// <summary>One step of a fused chain: an elementwise operation, and where its operands stand: inputs first, then the results of earlier steps.</summary>
internal readonly record struct FusedStep(Operation Operation, ImmutableArray<int> Operands)
{
    public bool Equals(FusedStep other) => Operation.Equals(other.Operation) && Operands.SequenceEqual(other.Operands);

    public override int GetHashCode() => HashCode.Combine(Operation, Operands.Length);
}

/// <summary>A chain of elementwise operations run tile by tile, so that what flows between them stays in the first-level cache.</summary>
/// <remarks>
/// Each step is its operation's own kernel, so the bits are those of running the operations one by one. Only the compiler makes this operation, after
/// gradients have been taken; it has no backward.
/// </remarks>
internal sealed record FusedElementwise : Operation
{
    /// <summary>The most inputs a chain may have.</summary>
    public const int MaxInputs = BroadcastPlan.MaxInputs;

    /// <summary>The most steps a chain may have.</summary>
    public const int MaxSteps = 24;

    // 2,048 floats are 8 KB a stream: a handful of streams stays in the first-level cache. Between 1,024 and 8,192 the time differs little.
    private const int TileLength = 2048;

    // The inputs' shapes are those of the recording, so how to run over them is decided once.
    private readonly BroadcastPlan plan;

    public FusedElementwise(TensorSpec output, ReadOnlySpan<Shape> inputs, ImmutableArray<FusedStep> steps)
    {
        Output = output;
        Steps = steps;
        plan = BroadcastPlan.Of(output.Shape, inputs);
    }

    /// <summary>What comes out of the last step.</summary>
    public TensorSpec Output { get; }

    /// <summary>The operations in order.</summary>
    public ImmutableArray<FusedStep> Steps { get; }

    public override string Name => "Fused";

    public override Needs Needs => Needs.None;

    public override bool HasGradient => false;

    public bool Equals(FusedElementwise? other) => other is not null && Output == other.Output && Steps.SequenceEqual(other.Steps);

    public override int GetHashCode() => HashCode.Combine(Output, Steps.Length, Steps[^1]);

    public override double Arithmetic(ReadOnlySpan<TensorSpec> inputs, TensorSpec output) => (double)Steps.Length * output.Shape.Count;

    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs) => Output;

    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
        throw new InvalidOperationException("a fused chain is made after gradients are taken and has none of its own");

    public override void Forward(Buffers buffers)
    {
        if (Output.DType == DType.Float32) Run<float>(buffers);
        else Run<double>(buffers);
    }

    protected override bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.AppendJoin(", ", Steps.Select((step, i) => $"{step.Operation}({string.Join(", ", step.Operands.Select(o => $"${o}"))})"));
        return true;
    }

    private unsafe void Run<T>(Buffers buffers)
        where T : unmanaged
    {
        Work<T> work = new(this, plan, buffers.Count, buffers.OutputPointer<T>());
        for (int i = 0; i < buffers.Count; i++) work.SetInput(i, buffers.InputPointer<T>(i));
        ElementwiseKernel.SplitRuns(work.Plan, work);
    }

    private unsafe struct Work<T>(FusedElementwise chain, BroadcastPlan plan, int inputCount, T* output) : IWork
        where T : unmanaged
    {
        private fixed long inputs[MaxInputs];

        public readonly BroadcastPlan Plan => plan;

        public void SetInput(int index, T* pointer) => inputs[index] = (long)pointer;

        public void Run(int task)
        {
            (int first, int end, int start, int length) = ElementwiseKernel.RunPart(task, plan);
            T* scratch = Scratch.Rent<T>(Scratch.Slot.Tiles, MaxSteps * TileLength);
            T** places = stackalloc T*[MaxInputs + MaxSteps];
            int* moves = stackalloc int[MaxInputs + MaxSteps];
            new Span<int>(moves + inputCount, MaxSteps).Fill(1);
            T** operands = stackalloc T*[3];
            int* strides = stackalloc int[3];
            ReadOnlySpan<FusedStep> steps = chain.Steps.AsSpan();
            for (int run = first; run < end; run++)
            {
                for (int done = 0; done < length; done += TileLength)
                {
                    int count = Math.Min(TileLength, length - done);
                    for (int i = 0; i < inputCount; i++)
                    {
                        moves[i] = plan.RunStride(i);
                        places[i] = (T*)inputs[i] + plan.Offset(run, i) + ((nint)(start + done) * moves[i]);
                    }
                    T* result = output + ((nint)run * plan.RunLength) + start + done;
                    for (int s = 0; s < steps.Length; s++)
                    {
                        ReadOnlySpan<int> slots = steps[s].Operands.AsSpan();
                        for (int k = 0; k < slots.Length; k++)
                        {
                            operands[k] = places[slots[k]];
                            strides[k] = moves[slots[k]];
                        }
                        T* target = s == steps.Length - 1 ? result : scratch + (s * TileLength);
                        places[inputCount + s] = target;
                        IElementwise operation = (IElementwise)steps[s].Operation;
                        if (typeof(T) == typeof(float)) operation.RunTile((float**)operands, strides, (float*)target, count);
                        else operation.RunTile((double**)operands, strides, (double*)target, count);
                    }
                }
            }
        }
    }
}
