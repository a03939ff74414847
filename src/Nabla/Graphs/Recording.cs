using System.Collections.Immutable;
using System.Text;

namespace Nabla;

/// <summary>One line of a recording: an operation, where its inputs stand and where its output goes.</summary>
/// <param name="Operation">What is applied.</param>
/// <param name="Inputs">Slots read.</param>
/// <param name="Output">The slot written.</param>
public readonly record struct Instruction(Operation Operation, ImmutableArray<int> Inputs, int Output)
{
    /// <summary>The named stretch of code it was recorded in.</summary>
    public GraphGroup? Group { get; init; }
}

/// <summary>What a slot of a recording holds before the first line.</summary>
public enum SlotKind : byte
{
    /// <summary>An argument of the traced function.</summary>
    Input,

    /// <summary>A cell: read anew at each replay.</summary>
    Cell,

    /// <summary>A value that was there before the trace and does not change.</summary>
    Constant,

    /// <summary>The result of a line.</summary>
    Result,
}

/// <summary>A slot of a recording.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Spec">Shape and element type.</param>
/// <param name="Name">What people call it, if it has a name.</param>
public readonly record struct Slot(SlotKind Kind, TensorSpec Spec, string? Name);

/// <summary>A function as a list of applications: the computational graph as a program.</summary>
public sealed class Recording
{
    internal Recording(
        ImmutableArray<Slot> slots,
        ImmutableArray<Instruction> instructions,
        ImmutableArray<int> outputs,
        ImmutableArray<(Cell Cell, int Slot)> assignments,
        ImmutableArray<(Cell Cell, int Slot)> cells,
        ImmutableArray<(Tensor Value, int Slot)> constants)
    {
        Slots = slots;
        Instructions = instructions;
        Outputs = outputs;
        Assignments = assignments;
        Cells = cells;
        Constants = constants;
    }

    /// <summary>Every value that occurs; the inputs come first, in the order of the arguments.</summary>
    public ImmutableArray<Slot> Slots { get; }

    /// <summary>The lines, in the order they run.</summary>
    public ImmutableArray<Instruction> Instructions { get; }

    /// <summary>The slots of the results.</summary>
    public ImmutableArray<int> Outputs { get; }

    /// <summary>Cells that are assigned after the last line, and the slots of their new values.</summary>
    public ImmutableArray<(Cell Cell, int Slot)> Assignments { get; }

    /// <summary>Cells that are read, and their slots.</summary>
    internal ImmutableArray<(Cell Cell, int Slot)> Cells { get; }

    /// <summary>Values that were there before the trace, and their slots.</summary>
    internal ImmutableArray<(Tensor Value, int Slot)> Constants { get; }

    /// <summary>The same slots with other lines.</summary>
    internal Recording With(ImmutableArray<Instruction> lines, ImmutableArray<int> outputs, ImmutableArray<(Cell Cell, int Slot)> assignments) =>
        new(Slots, lines, outputs, assignments, Cells, Constants);

    /// <summary>What a line does and about how much work that is; none where its result is its input under another shape.</summary>
    internal PlanLine Estimate(Instruction line)
    {
        TensorSpec output = Slots[line.Output].Spec;
        TensorSpec[] inputs = [.. line.Inputs.Select(slot => Slots[slot].Spec)];
        string text = $"{line.Operation}({string.Join(", ", inputs.Select(input => input.Shape))}) : {output}";
        if (line.Operation.KeepsElements) return new(text, Arithmetic: 0, Bytes: 0);
        long bytes = output.Bytes;
        for (int i = 0; i < inputs.Length; i++)
            if (line.Inputs.IndexOf(line.Inputs[i]) == i) bytes += inputs[i].Bytes;
        return new(text, line.Operation.Arithmetic(inputs, output), bytes);
    }

    /// <summary>The program, a line each: <c>%4 = MatMul(%0, %1) : Float32[2, 5]</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        for (int i = 0; i < Slots.Length; i++)
        {
            Slot slot = Slots[i];
            if (slot.Kind != SlotKind.Result)
                text.Append($"%{i} : {slot.Spec} {slot.Kind.ToString().ToLowerInvariant()} {slot.Name}".TrimEnd()).Append('\n');
        }
        foreach (Instruction line in Instructions)
            text.Append($"%{line.Output} = {line.Operation}({string.Join(", ", line.Inputs.Select(i => $"%{i}"))}) : {Slots[line.Output].Spec}\n");
        foreach ((Cell cell, int slot) in Assignments) text.Append($"{cell.Name ?? "cell"} := %{slot}\n");
        return text.Append($"return {string.Join(", ", Outputs.Select(i => $"%{i}"))}").ToString();
    }
}
