using System.Collections.Immutable;
using Nabla.Operations;

namespace Nabla.Compilation;

/// <summary>
/// Lets a matrix product take along what is done to its result alone: a bias, one activation, a residual. And a convolution a bias and an activation.
/// </summary>
internal static class FinishProducts
{
    public static Recording Run(Recording recording)
    {
        int[] readers = new int[recording.Slots.Length];
        foreach (Instruction line in recording.Instructions)
            foreach (int slot in line.Inputs) readers[slot]++;
        // Whoever looks on counts as a reader too.
        foreach (int slot in recording.Outputs) readers[slot]++;
        foreach ((_, int slot) in recording.Assignments) readers[slot]++;

        // The products so far whose result has one reader, by that result; and where their line stands.
        Dictionary<int, (int Place, Instruction Line)> open = [];
        List<Instruction?> lines = new(recording.Instructions.Length);
        foreach (Instruction line in recording.Instructions)
        {
            Instruction added = line;
            if (Joined(recording, line, open) is { } joined)
            {
                open.Remove(joined.Replaced, out (int Place, Instruction Line) product);
                lines[product.Place] = null;
                added = joined.Line;
            }
            if (readers[added.Output] == 1 && IsProduct(recording, added)) open[added.Output] = (lines.Count, added);
            lines.Add(added);
        }
        return recording.With([.. lines.OfType<Instruction>()], recording.Outputs, recording.Assignments);
    }

    private static bool IsProduct(Recording recording, Instruction line) => line.Operation switch
    {
        MatMul product => FinishedProduct.Takes(product, recording.Slots[line.Inputs[0]].Spec.Shape, recording.Slots[line.Inputs[1]].Spec.Shape),
        FinishedProduct finished => !finished.HasResidual,
        Convolution2d => true,
        FinishedConvolution finished => finished.Activation is null,
        _ => false,
    };

    private static (int Replaced, Instruction Line)? Joined(Recording recording, Instruction line, Dictionary<int, (int Place, Instruction Line)> open)
    {
        if (line.Inputs.Length == 1 && line.Operation is IElementwise && open.TryGetValue(line.Inputs[0], out (int Place, Instruction Line) only))
        {
            if (AsConvolution(only.Line) is { } window)
                return (line.Inputs[0], line with { Operation = window with { Activation = line.Operation }, Inputs = only.Line.Inputs });
            FinishedProduct product = AsFinished(only.Line);
            return product.Activation is null
                ? (line.Inputs[0], Finished(product with { Activation = line.Operation }, only.Line.Inputs, line))
                : null;
        }
        if (line.Operation is not Binary<Add>) return null;
        for (int k = 0; k < 2; k++)
        {
            (int slot, int other) = (line.Inputs[k], line.Inputs[1 - k]);
            if (slot == other || !open.TryGetValue(slot, out (int Place, Instruction Line) found)) continue;
            TensorSpec spec = recording.Slots[slot].Spec, added = recording.Slots[other].Spec;
            if (recording.Slots[line.Output].Spec != spec) continue;
            if (AsConvolution(found.Line) is { } window)
            {
                if (window.HasBias || !IsOfChannels(added.Shape, spec.Shape)) continue;
                return (slot, line with { Operation = window with { HasBias = true }, Inputs = [.. found.Line.Inputs, other] });
            }
            FinishedProduct product = AsFinished(found.Line);
            if (!product.HasBias && product.Activation is null && added.Shape.Rank > 0 && added.Shape[^1] == spec.Shape[^1] && added.Shape.Count == spec.Shape[^1])
                return (slot, Finished(product with { HasBias = true }, [.. found.Line.Inputs, other], line));
            if (added == spec) return (slot, Finished(product with { HasResidual = true }, [.. found.Line.Inputs, other], line));
        }
        return null;
    }

    // One number for each channel of images [batch, channels, height, width].
    private static bool IsOfChannels(Shape bias, Shape images) => bias.Rank >= 3 && bias[^3] == images[1] && bias.Count == images[1];

    private static FinishedConvolution? AsConvolution(Instruction line) =>
        line.Operation as FinishedConvolution ?? (line.Operation is Convolution2d window ? new(window, HasBias: false, Activation: null) : null);

    private static FinishedProduct AsFinished(Instruction line) =>
        line.Operation as FinishedProduct ?? new FinishedProduct((MatMul)line.Operation, HasBias: false, Activation: null, HasResidual: false);

    private static Instruction Finished(FinishedProduct product, ImmutableArray<int> inputs, Instruction last) =>
        last with { Operation = product, Inputs = inputs };
}
