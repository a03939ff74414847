namespace Nabla.Compilation;

/// <summary>A recording ready to run: every operand bound to its place, nothing allocated while it runs.</summary>
internal sealed class Plan
{
    private readonly Storage? arena;
    private readonly Line[] lines;
    private readonly (int Line, int Operand, int Input)[] bindings;
    private readonly Tensor?[] places;
    private readonly (Cell Cell, int Slot)[] assignments;
    private readonly Cell[] computedInPlace;
    private readonly bool snapshot;
    private readonly Lock gate = new();

    private Plan(Recording traced)
    {
        Recording = Optimize(traced, Steps = []);
        Memory = MemoryPlan.Of(Recording);
        if (Memory.Bytes > 0) arena = Storage.Alone(Memory.Bytes);
        places = new Tensor?[Recording.Slots.Length];
        foreach ((Cell cell, int slot) in Recording.Cells) places[slot] = cell.Stored;
        foreach ((Tensor constant, int slot) in Recording.Constants) places[slot] = constant;
        List<(int, int, int)> inputs = [];
        List<Line> walked = [];
        for (int i = 0; i < Recording.Instructions.Length; i++)
        {
            int end = EndOfScalars(i);
            if (end > i)
            {
                walked.Add(ScalarsFrom(i, end));
                i = end - 1;
                continue;
            }
            Instruction line = Recording.Instructions[i];
            Tensor output = places[line.Output] = PlaceOf(line.Output);
            if (line.Operation.KeepsElements && Memory.Root(line.Output) != line.Output) continue;
            Tensor[] operands = new Tensor[line.Inputs.Length];
            for (int k = 0; k < operands.Length; k++)
            {
                int slot = line.Inputs[k];
                if (Recording.Slots[slot].Kind == SlotKind.Input) inputs.Add((walked.Count, k, slot));
                else operands[k] = places[slot]!;
            }
            walked.Add(new(line.Operation, operands, output, Scalars: null, First: i));
        }
        lines = [.. walked];
        bindings = [.. inputs];
        assignments = [.. Recording.Assignments.Where(a => !IsInPlace(a))];
        computedInPlace = [.. Recording.Assignments.Where(IsInPlace).Select(a => a.Cell)];
        snapshot = assignments.Any(a => places[a.Slot]?.Cell is not null);
    }

    /// <summary>What is run.</summary>
    public Recording Recording { get; }

    /// <summary>Where it lies.</summary>
    public MemoryPlan Memory { get; }

    /// <summary>The passes, and how many lines each left.</summary>
    public List<(string Pass, int Lines)> Steps { get; }

    public static Plan Of(Recording recording) => new(recording);

    /// <summary>What is walked at each run: what shares its input's place is left out, lines on one number in a row are one.</summary>
    public PlanLine[] Lines
    {
        get
        {
            PlanLine[] result = new PlanLine[lines.Length];
            for (int i = 0; i < result.Length; i++)
            {
                Instruction first = Recording.Instructions[lines[i].First];
                result[i] = lines[i].Scalars is { Count: > 1 } scalars
                    ? new($"{scalars.Count} lines on one number", scalars.Count, scalars.Bytes)
                    : Recording.Estimate(first);
            }
            return result;
        }
    }

    /// <summary>Runs with a watch on each line.</summary>
    /// <param name="inputs">The arguments.</param>
    /// <param name="ticks">For each of <see cref="Lines"/> the shortest time so far, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
    public Tensor[] Run(ReadOnlySpan<Tensor> inputs, Span<long> ticks)
    {
        lock (gate)
        {
            Bind(inputs);
            for (int i = 0; i < lines.Length; i++)
            {
                long start = System.Diagnostics.Stopwatch.GetTimestamp();
                Run(lines[i], inputs);
                ticks[i] = Math.Min(ticks[i], System.Diagnostics.Stopwatch.GetTimestamp() - start);
            }
            return Finish(inputs);
        }
    }

    public Tensor[] Run(ReadOnlySpan<Tensor> inputs)
    {
        // The arena is one: two threads that run the same function take turns.
        lock (gate)
        {
            Bind(inputs);
            foreach (ref readonly Line line in lines.AsSpan()) Run(line, inputs);
            return Finish(inputs);
        }
    }

    private void Bind(ReadOnlySpan<Tensor> inputs)
    {
        foreach ((int line, int operand, int input) in bindings) lines[line].Operands[operand] = inputs[input];
    }

    private static void Run(in Line line, ReadOnlySpan<Tensor> inputs)
    {
        if (line.Scalars is { } scalars) scalars.Run(inputs);
        else line.Operation.Forward(new Buffers(line.Operands, line.Output));
    }

    private Tensor[] Finish(ReadOnlySpan<Tensor> inputs)
    {
        Tensor[] results = Recording.Outputs.IsEmpty ? [] : new Tensor[Recording.Outputs.Length];
        for (int i = 0; i < results.Length; i++) results[i] = Copy(Value(Recording.Outputs[i], inputs));
        Assign(inputs);
        return results;
    }

    private static Recording Optimize(Recording traced, List<(string Pass, int Lines)> steps)
    {
        steps.Add(("traced", traced.Instructions.Length));
        Recording recording = CommonSubexpressions.Run(traced);
        steps.Add(("common subexpressions", recording.Instructions.Length));
        recording = FoldConstants.Run(recording);
        steps.Add(("constants", recording.Instructions.Length));
        recording = FinishProducts.Run(recording);
        steps.Add(("finished products", recording.Instructions.Length));
        recording = FuseElementwise.Run(recording);
        steps.Add(("elementwise chains", recording.Instructions.Length));
        recording = FinishWithChains.Run(recording);
        steps.Add(("chains behind products", recording.Instructions.Length));
        return recording;
    }

    private int EndOfScalars(int start)
    {
        int end = start;
        while (end < Recording.Instructions.Length && ScalarRun.Takes(Recording, Recording.Instructions[end])) end++;
        return end;
    }

    private Line ScalarsFrom(int start, int end)
    {
        ReadOnlySpan<Instruction> run = Recording.Instructions.AsSpan()[start..end];
        foreach (Instruction line in run) places[line.Output] = PlaceOf(line.Output);
        return new(run[^1].Operation, [], places[run[^1].Output]!, new(run, Recording, places), First: start);
    }

    private Tensor PlaceOf(int slot)
    {
        TensorSpec spec = Recording.Slots[slot].Spec;
        return Memory.InPlace.TryGetValue(slot, out Cell? cell)
            ? cell.Stored
            : new Tensor(spec, arena!.Slice(Memory.Offset(slot), spec.Bytes), isConstant: true);
    }

    private bool IsInPlace((Cell Cell, int Slot) assignment) => Memory.InPlace.ContainsKey(assignment.Slot);

    private Tensor Value(int slot, ReadOnlySpan<Tensor> inputs) => Recording.Slots[slot].Kind == SlotKind.Input ? inputs[slot] : places[slot]!;

    private void Assign(ReadOnlySpan<Tensor> inputs)
    {
        foreach (Cell cell in computedInPlace) cell.MarkAssigned();
        if (assignments.Length == 0) return;
        // One new value may be the old value of another cell: then all are read before any is written.
        Tensor[] values = snapshot ? new Tensor[assignments.Length] : [];
        for (int i = 0; i < values.Length; i++) values[i] = Copy(Value(assignments[i].Slot, inputs));
        for (int i = 0; i < assignments.Length; i++)
            assignments[i].Cell.Overwrite(snapshot ? values[i] : Value(assignments[i].Slot, inputs));
    }

    private static Tensor Copy(Tensor value)
    {
        Tensor copy = Tensor.Empty(value.Spec, isConstant: true);
        value.Bytes.CopyTo(copy.Bytes);
        return copy;
    }

    private readonly record struct Line(Operation Operation, Tensor[] Operands, Tensor Output, ScalarRun? Scalars, int First);
}
