using System.Collections.Immutable;
using Nabla.Operations;

namespace Nabla.Compilation;

/// <summary>Where each result of a recording lies in one arena: slots whose lives do not overlap share bytes.</summary>
/// <remarks>
/// Lives are intervals of lines. Slots above a page are placed largest first, each at the lowest offset free during its whole life (first fit by
/// decreasing size); small ones, of which there may be thousands, take the place of one of their size that has died.
/// A result that only renames bytes (a reshape) shares its input's place, and an elementwise result takes over an input that dies with it.
/// </remarks>
internal sealed class MemoryPlan
{
    // What is smaller costs more to place well than it could save.
    private const long SmallBytes = 4096;

    private readonly Dictionary<int, Cell> inCell = [];
    private readonly int[] root;
    private readonly long[] offsets;

    private MemoryPlan(int slots)
    {
        root = [.. Enumerable.Range(0, slots)];
        offsets = new long[slots];
    }

    /// <summary>Bytes of the arena.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes that every result in a place of its own would take.</summary>
    public long BytesWithoutSharing { get; private set; }

    /// <summary>Assignments whose value is computed in the cell itself.</summary>
    public IReadOnlyDictionary<int, Cell> InPlace => inCell;

    /// <summary>The slot whose bytes a slot shares; itself if none.</summary>
    public int Root(int slot)
    {
        while (root[slot] != slot) slot = root[slot];
        return slot;
    }

    /// <summary>The offset of a result in the arena.</summary>
    public long Offset(int slot) => offsets[Root(slot)];

    public static MemoryPlan Of(Recording recording)
    {
        MemoryPlan plan = new(recording.Slots.Length);
        ImmutableArray<Instruction> lines = recording.Instructions;
        int end = lines.Length;
        int[] last = plan.LastReads(recording);

        // A new value may be computed in its cell where nobody reads the old value any more and nothing may refuse the step any more.
        int lastCheck = lines.Select((line, i) => line.Operation is RequireFinite ? i : -1).DefaultIfEmpty(-1).Max();
        HashSet<int> claimed = [];
        HashSet<int> twice = [.. recording.Assignments.GroupBy(assignment => assignment.Slot).Where(group => group.Count() > 1).Select(group => group.Key)];
        Dictionary<Cell, int> slotOf = recording.Cells.ToDictionary(pair => pair.Cell, pair => pair.Slot);
        int[] writers = new int[recording.Slots.Length];
        for (int i = 0; i < end; i++) writers[lines[i].Output] = i;
        foreach ((Cell cell, int slot) in recording.Assignments)
        {
            if (recording.Slots[slot].Kind != SlotKind.Result || twice.Contains(slot)) continue;
            int writer = writers[slot];
            if (lines[writer].Operation.KeepsElements || writer < lastCheck) continue;
            int old = slotOf.GetValueOrDefault(cell, -1);
            bool reads = old >= 0 && lines[writer].Inputs.Contains(old);
            bool free = old < 0 || last[old] < writer || (last[old] == writer && reads && CanOverwrite(recording, lines[writer], old));
            if (free && claimed.Add(slot)) plan.inCell[slot] = cell;
        }

        for (int i = 0; i < end; i++)
        {
            Instruction line = lines[i];
            if (plan.inCell.ContainsKey(line.Output)) continue;
            if (line.Operation.KeepsElements && Holds(recording, plan, line.Inputs[0]))
            {
                plan.Share(line.Output, line.Inputs[0], last);
                continue;
            }
            foreach (int slot in line.Inputs)
            {
                if (last[plan.Root(slot)] != i || !Holds(recording, plan, slot) || !CanOverwrite(recording, line, slot)) continue;
                plan.Share(line.Output, slot, last);
                break;
            }
        }
        plan.Place(recording, last);
        return plan;
    }

    // Only bytes of the arena can be shared: not inputs', cells' or constants'.
    private static bool Holds(Recording recording, MemoryPlan plan, int slot) =>
        recording.Slots[plan.Root(slot)].Kind == SlotKind.Result && !plan.inCell.ContainsKey(plan.Root(slot));

    private static bool CanOverwrite(Recording recording, Instruction line, int slot) =>
        recording.Slots[slot].Spec == recording.Slots[line.Output].Spec && line.Operation switch
        {
            IElementwise or FusedElementwise => true,
            // What only the chain reads is read just before its place is written.
            FinishedProduct { Chain: not null } product => !line.Inputs.AsSpan()[..product.InputsOfProduct].Contains(slot),
            _ => false,
        };

    private int[] LastReads(Recording recording)
    {
        int[] last = new int[recording.Slots.Length];
        Array.Fill(last, -1);
        for (int i = 0; i < recording.Instructions.Length; i++)
        {
            last[recording.Instructions[i].Output] = i;
            foreach (int slot in recording.Instructions[i].Inputs) last[slot] = i;
        }
        int end = recording.Instructions.Length;
        foreach (int slot in recording.Outputs) last[slot] = end;
        foreach ((_, int slot) in recording.Assignments) last[slot] = end;
        return last;
    }

    private void Share(int slot, int with, int[] last)
    {
        int place = Root(with);
        root[slot] = place;
        last[place] = Math.Max(last[place], last[slot]);
    }

    private void Place(Recording recording, int[] last)
    {
        List<(int Slot, int Start, int End, long Size)> lives = [];
        int[] start = new int[recording.Slots.Length];
        for (int i = 0; i < recording.Instructions.Length; i++) start[recording.Instructions[i].Output] = i;
        foreach (Instruction line in recording.Instructions)
        {
            int slot = line.Output;
            long size = Align(recording.Slots[slot].Spec.Bytes);
            BytesWithoutSharing += size;
            if (Root(slot) == slot && !inCell.ContainsKey(slot)) lives.Add((slot, start[slot], last[slot], size));
        }
        List<(int Slot, int Start, int End, long Size)> placed = [];
        foreach ((int Slot, int Start, int End, long Size) life in lives.Where(life => life.Size > SmallBytes).OrderByDescending(life => life.Size).ThenBy(life => life.Start))
        {
            long offset = 0;
            foreach ((int Slot, int Start, int End, long Size) other in placed.Where(other => other.Start <= life.End && life.Start <= other.End)
                .OrderBy(other => offsets[other.Slot]))
            {
                if (offset + life.Size <= offsets[other.Slot]) break;
                offset = Math.Max(offset, offsets[other.Slot] + other.Size);
            }
            offsets[life.Slot] = offset;
            Bytes = Math.Max(Bytes, offset + life.Size);
            placed.Add(life);
        }
        PlaceSmall(lives.Where(life => life.Size <= SmallBytes));
    }

    // In the order of their births, behind the large ones; the dead of each size wait in a row of their own.
    private void PlaceSmall(IEnumerable<(int Slot, int Start, int End, long Size)> lives)
    {
        Dictionary<long, Stack<long>> free = [];
        PriorityQueue<(long Offset, long Size), int> alive = new();
        foreach ((int slot, int start, int end, long size) in lives)
        {
            while (alive.TryPeek(out (long Offset, long Size) dead, out int lastRead) && lastRead < start)
            {
                alive.Dequeue();
                if (!free.TryGetValue(dead.Size, out Stack<long>? places)) free[dead.Size] = places = new();
                places.Push(dead.Offset);
            }
            long offset = free.TryGetValue(size, out Stack<long>? left) && left.TryPop(out long reused) ? reused : Bytes;
            offsets[slot] = offset;
            Bytes = Math.Max(Bytes, offset + size);
            alive.Enqueue((offset, size), end);
        }
    }

    private static long Align(long bytes) => (Math.Max(1, bytes) + Storage.Alignment - 1) / Storage.Alignment * Storage.Alignment;
}
