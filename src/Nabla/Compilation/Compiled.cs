using Nabla.Compilation;

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
    private readonly List<(TensorSpec[] Specs, Plan Plan)> plans = [];
    private Plan? last;

    private Compiled(Func<Tensor[], Tensor[]> function) => this.function = function;

    /// <summary>How many times the function was traced: once for each set of input specs seen.</summary>
    public int TraceCount => plans.Count;

    /// <summary>What was traced last, before any pass changed it; null before the first trace.</summary>
    public Recording? Recording { get; private set; }

    /// <summary>The passes that made the plan that ran last, in order, and how many lines each left; empty before the first trace.</summary>
    public IReadOnlyList<(string Pass, int Lines)> Passes => last?.Steps ?? [];

    /// <summary>The lines of the plan that ran last, in the order they run; empty before the first trace.</summary>
    public IReadOnlyList<PlanLine> Lines => last?.Lines ?? [];

    /// <summary>The bytes that the plan that ran last computes in, beside inputs, cells and constants; 0 before the first trace.</summary>
    public long ArenaBytes => last?.Memory.Bytes ?? 0;

    /// <summary>The plan that ran last: its lines after each pass, its memory, its program, and what each line computes and moves.</summary>
    public override string ToString() => Describe();

    /// <summary>Runs as often as asked and measures each line by itself. The runs are real ones: cells are assigned.</summary>
    /// <param name="runs">At least 1; the shortest time of each line counts.</param>
    /// <param name="inputs">The arguments of each run.</param>
    /// <returns>The lines in the order they run, with their times.</returns>
    /// <exception cref="TraceException">Called inside a trace, or the function did what a recording cannot repeat.</exception>
    public IReadOnlyList<PlanLine> Profile(int runs, params ReadOnlySpan<Tensor> inputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        Plan plan = PlanOf(inputs);
        PlanLine[] lines = plan.Lines;
        long[] ticks = new long[lines.Length];
        Array.Fill(ticks, long.MaxValue);
        for (int run = 0; run < runs; run++) plan.Run(inputs, ticks);
        for (int i = 0; i < lines.Length; i++)
            lines[i] = lines[i] with { Time = System.Diagnostics.Stopwatch.GetElapsedTime(0, ticks[i]) };
        return lines;
    }

    /// <summary>The plan that ran last: its lines after each pass, its memory, its program, and what each line computes and moves.</summary>
    public string Describe()
    {
        if (last is null) return "not traced yet";
        System.Text.StringBuilder text = new();
        foreach ((string pass, int lines) in last.Steps) text.Append($"{lines,5} lines: {pass}\n");
        text.Append($"arena {last.Memory.Bytes:N0} bytes ({last.Memory.BytesWithoutSharing:N0} without sharing), ");
        text.Append($"{last.Memory.InPlace.Count} cells computed in place\n");
        text.Append(last.Recording).Append('\n');
        foreach (PlanLine line in last.Lines) text.Append($"{line.Arithmetic,16:N0} operations {line.Bytes,14:N0} bytes  {line.Text}\n");
        return text.ToString();
    }

    /// <summary>A function that is traced at its first run.</summary>
    /// <param name="function">From inputs to results. It is called again only for input specs not seen before.</param>
    public static Compiled Trace(Func<Tensor[], Tensor[]> function) => new(function);

    /// <summary>A function traced at once for inputs of these specs.</summary>
    /// <exception cref="TraceException">The function did what a recording cannot repeat.</exception>
    public static Compiled Trace(Func<Tensor[], Tensor[]> function, params ReadOnlySpan<TensorSpec> specs)
    {
        Compiled compiled = new(function);
        compiled.PlanFor(specs);
        return compiled;
    }

    /// <summary>Replays the recording for these inputs; traces first if their specs are new.</summary>
    /// <returns>The results, in the order the function gave them: copies of their own. A function without results allocates nothing per run.</returns>
    /// <exception cref="TraceException">Called inside a trace, or the function did what a recording cannot repeat.</exception>
    public Tensor[] Run(params ReadOnlySpan<Tensor> inputs) => PlanOf(inputs).Run(inputs);

    private Plan PlanOf(ReadOnlySpan<Tensor> inputs)
    {
        if (TraceContext.Current is not null)
            throw new TraceException("a compiled function was run inside a trace; call the function itself there");
        Span<TensorSpec> specs = inputs.Length <= 8 ? stackalloc TensorSpec[inputs.Length] : new TensorSpec[inputs.Length];
        for (int i = 0; i < inputs.Length; i++) specs[i] = inputs[i].Spec;
        return PlanFor(specs);
    }

    private Plan PlanFor(ReadOnlySpan<TensorSpec> specs)
    {
        lock (plans)
        {
            foreach ((TensorSpec[] known, Plan plan) in plans)
                if (specs.SequenceEqual(known)) return last = plan;
            Recording traced = TraceContext.Trace(function, specs);
            last = Plan.Of(traced);
            plans.Add((specs.ToArray(), last));
            Recording = traced;
            return last;
        }
    }
}
