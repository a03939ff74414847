using System.Collections.Immutable;

namespace Nabla.Compilation;

/// <summary>Computes once what is computed twice: operations compare by value, so the same operation on the same slots is the same result.</summary>
internal static class CommonSubexpressions
{
    public static Recording Run(Recording recording)
    {
        Dictionary<Instruction, int> known = new(new SameWork());
        int[] replacement = [.. Enumerable.Range(0, recording.Slots.Length)];
        ImmutableArray<Instruction>.Builder kept = ImmutableArray.CreateBuilder<Instruction>();
        foreach (Instruction line in recording.Instructions)
        {
            Instruction renamed = line with { Inputs = [.. line.Inputs.Select(slot => replacement[slot])] };
            if (known.TryGetValue(renamed, out int same)) replacement[line.Output] = same;
            else
            {
                known[renamed] = line.Output;
                kept.Add(renamed);
            }
        }
        return recording.With(
            kept.ToImmutable(),
            [.. recording.Outputs.Select(slot => replacement[slot])],
            [.. recording.Assignments.Select(assignment => (assignment.Cell, replacement[assignment.Slot]))]);
    }

    private sealed class SameWork : IEqualityComparer<Instruction>
    {
        public bool Equals(Instruction left, Instruction right) =>
            left.Inputs.AsSpan().SequenceEqual(right.Inputs.AsSpan()) && left.Operation.Equals(right.Operation);

        public int GetHashCode(Instruction line)
        {
            HashCode hash = new();
            hash.Add(line.Operation);
            foreach (int slot in line.Inputs) hash.Add(slot);
            return hash.ToHashCode();
        }
    }
}
