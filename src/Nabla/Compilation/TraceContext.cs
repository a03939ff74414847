using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Nabla.Compilation;

/// <summary>What one trace has recorded so far. While it is current, operations are inferred and listed, not run.</summary>
internal sealed class TraceContext
{
    [ThreadStatic]
    private static TraceContext? current;

    private readonly List<Node> nodes = [];
    private readonly Dictionary<Cell, Tensor> pending = [];
    private readonly HashSet<Tensor> inputs = [];

    public static TraceContext? Current => current;

    /// <summary>Runs a function on stand-ins for its arguments and lists what it applied.</summary>
    public static Recording Trace(Func<Tensor[], Tensor[]> function, ReadOnlySpan<TensorSpec> specs)
    {
        if (current is not null)
            throw new TraceException("a function is being traced already on this thread; call the inner function itself, its lines become part of the outer trace");
        TraceContext context = new();
        Tensor[] arguments = new Tensor[specs.Length];
        for (int i = 0; i < specs.Length; i++)
        {
            arguments[i] = new Tensor(specs[i], storage: null, isConstant: false).Named($"input {i}");
            context.inputs.Add(arguments[i]);
        }
        current = context;
        Tensor[] results;
        try
        {
            results = function([.. arguments]);
        }
        finally
        {
            current = null;
        }
        return context.Finish(arguments, results);
    }

    public Tensor? Pending(Cell cell) => pending.GetValueOrDefault(cell);

    public void Assign(Cell cell, Tensor replacement) => pending[cell] = replacement;

    public Tensor Record(Operation operation, ReadOnlySpan<Tensor> operands, TensorSpec spec, bool isConstant)
    {
        if (operation.KeyInput is { } key && operands[key] is { IsAbstract: false, Cell: null })
        {
            throw new TraceException(
                $"{operation.Name} draws with a key that is a constant of this recording, so each replay would draw the same; "
                + "pass the key as an input of the traced function, or derive it from one");
        }
        Tensor output = new(spec, storage: null, isConstant);
        // The node is listed in any case; it hangs on the tensor only where a gradient may flow.
        Node node = new(operation, ImmutableCollectionsMarshal.AsImmutableArray(operands.ToArray()), output);
        nodes.Add(node);
        if (!isConstant) output.Producer = node;
        return output;
    }

    private Recording Finish(Tensor[] arguments, Tensor[] results)
    {
        HashSet<Tensor> used = [.. results, .. pending.Values];
        List<Node> live = [];
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            if (!used.Contains(nodes[i].Output)) continue;
            live.Add(nodes[i]);
            used.UnionWith(nodes[i].Inputs);
        }
        live.Reverse();

        List<Slot> slots = [];
        Dictionary<Tensor, int> slotOf = [];
        List<(Cell, int)> cells = [];
        List<(Tensor, int)> constants = [];
        foreach (Tensor argument in arguments) Add(argument, SlotKind.Input);
        ImmutableArray<Instruction>.Builder instructions = ImmutableArray.CreateBuilder<Instruction>(live.Count);
        foreach (Node node in live)
        {
            ImmutableArray<int> operands = [.. node.Inputs.Select(SlotOf)];
            instructions.Add(new(node.Operation, operands, Add(node.Output, SlotKind.Result)) { Group = node.Group });
        }
        ImmutableArray<int> outputs = [.. results.Select(SlotOf)];
        ImmutableArray<(Cell, int)> assignments = [.. pending.Select(pair => (pair.Key, SlotOf(pair.Value)))];
        return new([.. slots], instructions.MoveToImmutable(), outputs, assignments, [.. cells], [.. constants]);

        int Add(Tensor tensor, SlotKind kind)
        {
            slots.Add(new(kind, tensor.Spec, tensor.Name));
            return slotOf[tensor] = slots.Count - 1;
        }

        int SlotOf(Tensor tensor)
        {
            if (slotOf.TryGetValue(tensor, out int slot)) return slot;
            if (tensor.Cell is { } cell)
            {
                slot = Add(tensor, SlotKind.Cell);
                cells.Add((cell, slot));
                return slot;
            }
            if (tensor.IsAbstract)
                throw new TraceException($"{tensor.Describe()} belongs to another trace; pass it in as an input, or make it inside the function");
            tensor.EnsureAlive();
            // A constant lives as long as the recording, whatever scope it was made in.
            Scope.KeepForGood(tensor.Storage!);
            slot = Add(tensor, SlotKind.Constant);
            constants.Add((tensor, slot));
            return slot;
        }
    }
}
