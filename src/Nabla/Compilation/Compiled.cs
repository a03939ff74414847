namespace Nabla;

/// <summary>A function traced once for each set of input specs and replayed from then on; a whole training step may be one.</summary>
/// <remarks>
/// <para>Bound anew at each run: the arguments, and every <see cref="Cell"/> the function reads or assigns (weights, moments, learning rate, step number).
/// Everything else the function touched is a constant of the recording.</para>
/// <para>What depends on the run must therefore be an argument or a cell. A random operation with a constant key is refused, and so is reading a value
/// inside the function. C# control flow runs while tracing and is not part of the recording.</para>
/// <para>Equal to calling the function itself, to the bit.</para>
/// </remarks>
public sealed class Compiled
{
    private readonly Func<Tensor[], Tensor[]> function;
    private readonly List<(TensorSpec[] Specs, Recording Recording)> traces = [];

    private Compiled(Func<Tensor[], Tensor[]> function) => this.function = function;

    /// <summary>How many times the function was traced: once for each set of input specs seen.</summary>
    public int TraceCount => traces.Count;

    /// <summary>The recording that ran last, or that was traced first if none ran yet; null before the first.</summary>
    public Recording? Recording { get; private set; }

    /// <summary>A function that is traced at its first run.</summary>
    /// <param name="function">From inputs to results. It is called again only for input specs not seen before.</param>
    public static Compiled Trace(Func<Tensor[], Tensor[]> function) => new(function);

    /// <summary>A function traced at once for inputs of these specs.</summary>
    /// <exception cref="TraceException">The function did what a recording cannot repeat.</exception>
    public static Compiled Trace(Func<Tensor[], Tensor[]> function, params ReadOnlySpan<TensorSpec> specs)
    {
        Compiled compiled = new(function);
        compiled.RecordingFor(specs);
        return compiled;
    }

    /// <summary>Replays the recording for these inputs; traces first if their specs are new.</summary>
    /// <returns>The results, in the order the function gave them.</returns>
    /// <exception cref="TraceException">Called inside a trace, or the function did what a recording cannot repeat.</exception>
    public Tensor[] Run(params ReadOnlySpan<Tensor> inputs)
    {
        if (Compilation.TraceContext.Current is not null)
            throw new TraceException("a compiled function was run inside a trace; call the function itself there");
        Span<TensorSpec> specs = inputs.Length <= 8 ? stackalloc TensorSpec[inputs.Length] : new TensorSpec[inputs.Length];
        for (int i = 0; i < inputs.Length; i++) specs[i] = inputs[i].Spec;
        return Replay(RecordingFor(specs), inputs);
    }

    private Recording RecordingFor(ReadOnlySpan<TensorSpec> specs)
    {
        foreach ((TensorSpec[] known, Recording recording) in traces)
            if (specs.SequenceEqual(known)) return Recording = recording;
        Recording traced = Compilation.TraceContext.Trace(function, specs);
        traces.Add((specs.ToArray(), traced));
        return Recording = traced;
    }

    private static Tensor[] Replay(Recording recording, ReadOnlySpan<Tensor> inputs)
    {
        Tensor[] values = new Tensor[recording.Slots.Length];
        for (int i = 0; i < inputs.Length; i++) values[i] = inputs[i];
        foreach ((Cell cell, int slot) in recording.Cells) values[slot] = cell.Stored;
        foreach ((Tensor constant, int slot) in recording.Constants) values[slot] = constant;

        Tensor[] results;
        using (Scope.Begin())
        {
            foreach (Instruction line in recording.Instructions)
            {
                Tensor[] operands = new Tensor[line.Inputs.Length];
                for (int i = 0; i < operands.Length; i++) operands[i] = values[line.Inputs[i]];
                Tensor output = Tensor.Empty(recording.Slots[line.Output].Spec, isConstant: true);
                line.Operation.Forward(new Buffers(operands, output));
                values[line.Output] = output;
            }
            results = [.. recording.Outputs.Select(slot => Snapshot(values[slot]).Keep())];
            // All new values first: one of them may be the old value of another cell.
            Tensor[] replacements = [.. recording.Assignments.Select(assignment => Snapshot(values[assignment.Slot]))];
            for (int i = 0; i < replacements.Length; i++) recording.Assignments[i].Cell.Overwrite(replacements[i]);
        }
        return results;

        // A cell's value, unless copied, would change with the assignments that follow.
        static Tensor Snapshot(Tensor value) => value.Cell is null ? value : value.Detach();
    }
}
