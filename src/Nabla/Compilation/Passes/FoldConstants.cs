using System.Collections.Immutable;

namespace Nabla.Compilation;

/// <summary>Computes at once what depends on constants alone.</summary>
internal static class FoldConstants
{
    // A larger result is computed at each run: kept for good it would take more memory than its line takes time.
    private const long MostBytes = 64 * 1024;

    public static Recording Run(Recording recording)
    {
        Dictionary<int, Tensor> known = recording.Constants.ToDictionary(constant => constant.Slot, constant => constant.Value);
        ImmutableArray<Instruction>.Builder kept = ImmutableArray.CreateBuilder<Instruction>(recording.Instructions.Length);
        ImmutableArray<Slot>.Builder slots = recording.Slots.ToBuilder();
        foreach (Instruction line in recording.Instructions)
        {
            if (Value(recording, line, known) is { } value)
            {
                known[line.Output] = value;
                slots[line.Output] = slots[line.Output] with { Kind = SlotKind.Constant };
            }
            else
            {
                kept.Add(line);
            }
        }
        return kept.Count == recording.Instructions.Length ? recording : new(
            slots.ToImmutable(), kept.ToImmutable(), recording.Outputs, recording.Assignments, recording.Cells,
            [.. known.Select(pair => (pair.Value, pair.Key))]);
    }

    private static Tensor? Value(Recording recording, Instruction line, Dictionary<int, Tensor> known)
    {
        TensorSpec spec = recording.Slots[line.Output].Spec;
        if (spec.Bytes > MostBytes || line.Operation.KeyInput is not null) return null;
        foreach (int slot in line.Inputs)
            if (!known.ContainsKey(slot)) return null;
        Tensor[] inputs = [.. line.Inputs.Select(slot => known[slot])];
        Tensor value = Tensor.Empty(spec, isConstant: true);
        Scope.KeepForGood(value.Storage!);
        try
        {
            line.Operation.Forward(new Buffers(inputs, value));
            return value;
        }
        catch (Exception)
        {
            // What refuses these values is to refuse them when it is run, as it would uncompiled.
            return null;
        }
    }
}
