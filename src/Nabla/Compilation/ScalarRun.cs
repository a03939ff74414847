namespace Nabla.Compilation;

/// <summary>Consecutive lines of a plan that each compute one element from single elements: walked with their addresses alone, no tensor looked at.</summary>
/// <remarks>A line takes 3 to 5 ns in place of 80 (a chain of 20,000, AVX-512); each runs its own formula's kernel, so the bits are the same.</remarks>
internal sealed unsafe class ScalarRun
{
    private readonly Entry[] entries;
    private readonly List<(int Entry, int Operand, int Input)> bindings = [];

    public ScalarRun(ReadOnlySpan<Instruction> lines, Recording recording, Tensor?[] places)
    {
        entries = new Entry[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            Instruction line = lines[i];
            entries[i].Operation = line.Operation;
            entries[i].Kernel = ((IElementwise)line.Operation).Single(recording.Slots[line.Output].Spec.DType);
            entries[i].Output = Address(places[line.Output]!);
            for (int k = 0; k < line.Inputs.Length; k++)
            {
                int slot = line.Inputs[k];
                if (recording.Slots[slot].Kind == SlotKind.Input) bindings.Add((i, k, slot));
                else entries[i].Set(k, Address(places[slot]!));
            }
            Bytes += (line.Inputs.Length + 1) * recording.Slots[line.Output].Spec.Bytes;
        }
    }

    /// <summary>Whether a line can be part of a run.</summary>
    public static bool Takes(Recording recording, Instruction line)
    {
        TensorSpec output = recording.Slots[line.Output].Spec;
        if (line.Operation is not IElementwise || output.Shape.Count != 1 || !output.DType.IsFloating) return false;
        foreach (int slot in line.Inputs)
            if (recording.Slots[slot].Spec.DType != output.DType) return false;
        return true;
    }

    /// <summary>How many lines.</summary>
    public int Count => entries.Length;

    /// <summary>What they read and write.</summary>
    public long Bytes { get; }

    public void Run(ReadOnlySpan<Tensor> inputs)
    {
        foreach ((int entry, int operand, int input) in bindings) entries[entry].Set(operand, Address(inputs[input]));
        foreach (ref readonly Entry entry in entries.AsSpan())
            entry.Kernel(entry.Operation, entry.First, entry.Second, entry.Third, entry.Output);
        foreach ((_, _, int input) in bindings) GC.KeepAlive(inputs[input]);
    }

    private static void* Address(Tensor tensor)
    {
        tensor.EnsureAlive();
        return tensor.Storage!.Pointer;
    }

    private struct Entry
    {
        public Operation Operation;
        public delegate*<Operation, void*, void*, void*, void*, void> Kernel;
        public void* First, Second, Third, Output;

        public void Set(int operand, void* address)
        {
            switch (operand)
            {
                case 0: First = address; break;
                case 1: Second = address; break;
                default: Third = address; break;
            }
        }
    }
}
