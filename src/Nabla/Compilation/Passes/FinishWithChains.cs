using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Compilation;

/// <summary>
/// Lets a matrix product take along the elementwise steps that alone read its result: the update of a weight by its gradient, the gradient of an
/// activation. What flows between them never goes to memory.
/// </summary>
/// <remarks>
/// The steps move up to the product's line, so everything else that they read has to be there by then; numbers like the learning rate are therefore
/// computed first of all. An update would overwrite its weight earlier: it stays where it is if a later line still reads the old value, or if one in
/// between may refuse the step.
/// </remarks>
internal static class FinishWithChains
{
    public static Recording Run(Recording recording)
    {
        ImmutableArray<Instruction> lines = NumbersFirst(recording);
        int lastCheck = -1;
        int[] checkBefore = [.. lines.Select((line, i) => lastCheck = line.Operation is RequireFinite ? i : lastCheck)];
        int[] writer = new int[recording.Slots.Length];
        Array.Fill(writer, -1);
        List<int>[] readers = [.. recording.Slots.Select(_ => new List<int>())];
        for (int i = 0; i < lines.Length; i++)
        {
            writer[lines[i].Output] = i;
            foreach (int slot in lines[i].Inputs.Distinct()) readers[slot].Add(i);
        }
        HashSet<int> visible = [.. recording.Outputs, .. recording.Assignments.Select(assignment => assignment.Slot)];
        Dictionary<Cell, int> slotOf = recording.Cells.ToDictionary(pair => pair.Cell, pair => pair.Slot);
        Dictionary<int, int> oldOf = [];
        foreach ((Cell cell, int slot) in recording.Assignments)
            if (slotOf.TryGetValue(cell, out int old)) oldOf[slot] = old;

        Instruction?[] result = [.. lines.Select(line => (Instruction?)line)];
        for (int i = 0; i < lines.Length; i++)
        {
            if (visible.Contains(lines[i].Output) || readers[lines[i].Output] is not [int end]) continue;
            if (result[end] is not { } chain || Joined(recording, lines[i], chain) is not { } joined) continue;
            if (chain.Inputs.Any(slot => writer[slot] > i) || checkBefore[end] > i) continue;
            if (oldOf.TryGetValue(chain.Output, out int before) && readers[before].Exists(line => line > i && line != end)) continue;
            (result[i], result[end]) = (joined, null);
            writer[chain.Output] = i;
        }
        return recording.With([.. result.OfType<Instruction>()], recording.Outputs, recording.Assignments);
    }

    // The lines that make one element out of single ones that are there from the start, in their order; then all others. What becomes a cell's
    // value, like the number of steps, stays behind the checks that may refuse the step.
    private static ImmutableArray<Instruction> NumbersFirst(Recording recording)
    {
        HashSet<int> assigned = [.. recording.Assignments.Select(assignment => assignment.Slot)];
        bool[] ready = [.. recording.Slots.Select(slot => slot.Kind != SlotKind.Result)];
        List<Instruction> numbers = [], others = [];
        foreach (Instruction line in recording.Instructions)
        {
            ready[line.Output] = recording.Slots[line.Output].Spec.Shape.Count == 1 && !assigned.Contains(line.Output)
                && line.Operation is not RequireFinite && line.Inputs.All(slot => ready[slot] && recording.Slots[slot].Spec.Shape.Count == 1);
            (ready[line.Output] ? numbers : others).Add(line);
        }
        return [.. numbers, .. others];
    }

    private static Instruction? Joined(Recording recording, Instruction line, Instruction chain)
    {
        FinishedProduct? product = line.Operation switch
        {
            FinishedProduct finished => finished,
            MatMul plain when FinishedProduct.Takes(plain, ShapeOf(line.Inputs[0]), ShapeOf(line.Inputs[1])) => new(plain, false, null, false),
            _ => null,
        };
        TensorSpec spec = recording.Slots[line.Output].Spec;
        if (product is not { Chain: null } || recording.Slots[chain.Output].Spec != spec) return null;
        FusedElementwise? steps = chain.Operation switch
        {
            FusedElementwise fused => fused,
            IElementwise => Alone(chain),
            _ => null,
        };
        ImmutableArray<int> inputs = [.. chain.Inputs.Distinct()];
        if (steps is null || steps.Steps.Length > GemmChain.MaxSteps || inputs.Length > GemmChain.MaxInputs) return null;
        Shape left = ShapeOf(line.Inputs[0]), shape = spec.Shape;
        int columns = shape[^1], rows = shape.Count / Math.Max(1, columns), inner = left[product.Product.TransposeLeft ? ^2 : ^1];
        if (!Gemm.HasTiles(rows, columns, inner)) return null;
        ImmutableArray<ChainInput>.Builder places = ImmutableArray.CreateBuilder<ChainInput>(inputs.Length);
        foreach (int slot in inputs)
        {
            TensorSpec input = recording.Slots[slot].Spec;
            if (input.DType != spec.DType) return null;
            if (slot == line.Output) places.Add(ChainInput.Product);
            else if (input.Shape.Count == 1) places.Add(ChainInput.One);
            else if (input.Shape == shape) places.Add(ChainInput.Whole);
            else if (input.Shape.Count == columns && input.Shape[^1] == columns) places.Add(ChainInput.Row);
            else return null;
        }
        return chain with
        {
            Operation = product.With(steps, places.MoveToImmutable()),
            Inputs = [.. line.Inputs, .. inputs.Where(slot => slot != line.Output)],
        };

        Shape ShapeOf(int slot) => recording.Slots[slot].Spec.Shape;

        FusedElementwise Alone(Instruction only)
        {
            ImmutableArray<int> slots = [.. only.Inputs.Distinct()];
            Shape[] shapes = [.. slots.Select(ShapeOf)];
            return new(spec, shapes, [new(only.Operation, [.. only.Inputs.Select(slot => slots.IndexOf(slot))])]);
        }
    }
}
