using System.Collections.Immutable;

namespace Nabla.Compilation;

/// <summary>Joins elementwise operations whose results nobody else reads into chains that run tile by tile.</summary>
internal static class FuseElementwise
{
    public static Recording Run(Recording recording)
    {
        ImmutableArray<Instruction> lines = recording.Instructions;
        int[] producer = new int[recording.Slots.Length];
        Array.Fill(producer, -1);
        List<int>[] readers = [.. Enumerable.Range(0, recording.Slots.Length).Select(_ => new List<int>())];
        for (int i = 0; i < lines.Length; i++)
        {
            producer[lines[i].Output] = i;
            foreach (int slot in lines[i].Inputs) readers[slot].Add(i);
        }
        HashSet<int> visible = [.. recording.Outputs, .. recording.Assignments.Select(assignment => assignment.Slot)];

        int[] chainOf = new int[lines.Length];
        Array.Fill(chainOf, -1);
        List<List<int>> chains = [];
        // From the end: a line joins the chain of its readers if they are all in one.
        for (int i = lines.Length - 1; i >= 0; i--)
        {
            if (!IsElementwise(recording, lines[i])) continue;
            int slot = lines[i].Output;
            int chain = visible.Contains(slot) || readers[slot].Count == 0 ? -1 : CommonChain(slot);
            if (chain < 0 || !Fits(chains[chain], i))
            {
                chain = chains.Count;
                chains.Add([]);
            }
            chainOf[i] = chain;
            chains[chain].Add(i);
        }

        ImmutableArray<Instruction>.Builder result = ImmutableArray.CreateBuilder<Instruction>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (chainOf[i] < 0 || chains[chainOf[i]].Count == 1) result.Add(lines[i]);
            else if (chains[chainOf[i]][0] == i) result.Add(Join(recording, chains[chainOf[i]]));
        }
        return recording.With(result.ToImmutable(), recording.Outputs, recording.Assignments);

        int CommonChain(int slot)
        {
            int chain = chainOf[readers[slot][0]];
            foreach (int reader in readers[slot])
                if (chainOf[reader] != chain) return -1;
            // Inside a chain nothing broadcasts: every step has the chain's shape and type.
            return chain >= 0 && recording.Slots[lines[chains[chain][0]].Output].Spec == recording.Slots[slot].Spec ? chain : -1;
        }

        bool Fits(List<int> chain, int line)
        {
            if (chain.Count >= FusedElementwise.MaxSteps) return false;
            List<int> members = [.. chain, line];
            return Inputs(recording, members).Count <= FusedElementwise.MaxInputs;
        }
    }

    private static bool IsElementwise(Recording recording, Instruction line)
    {
        if (line.Operation is not IElementwise) return false;
        DType type = recording.Slots[line.Output].Spec.DType;
        // Lines on one element make a run of their own, which is shorter than a chain of tiles.
        return type.IsFloating && recording.Slots[line.Output].Spec.Shape.Count != 1 && line.Inputs.All(slot => recording.Slots[slot].Spec.DType == type);
    }

    private static List<int> Inputs(Recording recording, List<int> chain)
    {
        HashSet<int> made = [.. chain.Select(line => recording.Instructions[line].Output)];
        return [.. chain.SelectMany(line => recording.Instructions[line].Inputs).Where(slot => !made.Contains(slot)).Distinct().Order()];
    }

    private static Instruction Join(Recording recording, List<int> chain)
    {
        List<int> inputs = Inputs(recording, chain);
        Dictionary<int, int> place = inputs.Select((slot, index) => (slot, index)).ToDictionary(pair => pair.slot, pair => pair.index);
        ImmutableArray<FusedStep>.Builder steps = ImmutableArray.CreateBuilder<FusedStep>(chain.Count);
        foreach (int line in chain.Order())
        {
            Instruction instruction = recording.Instructions[line];
            steps.Add(new(instruction.Operation, [.. instruction.Inputs.Select(slot => place[slot])]));
            place[instruction.Output] = inputs.Count + steps.Count - 1;
        }
        int output = recording.Instructions[chain[0]].Output;
        Shape[] shapes = [.. inputs.Select(slot => recording.Slots[slot].Spec.Shape)];
        return new(new FusedElementwise(recording.Slots[output].Spec, shapes, steps.MoveToImmutable()), [.. inputs], output);
    }
}
