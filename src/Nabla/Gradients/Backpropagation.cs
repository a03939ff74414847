using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Nabla.Compilation;

namespace Nabla;

/// <summary>The way back: every node once, in the reverse of the order in which they were applied.</summary>
internal static class Backpropagation
{
    /// <param name="root">What is differentiated.</param>
    /// <param name="upstream">The gradient that enters at the root; ones if null, and then the root has one element.</param>
    /// <param name="wanted">What to differentiate by; all leaves if empty.</param>
    /// <param name="differentiable">Whether the gradients are to have a graph of their own.</param>
    /// <param name="stopAtWanted">Whether the walk ends at the wanted tensors even if they were made from others.</param>
    public static Gradients Run(Tensor root, Tensor? upstream, ReadOnlySpan<Tensor> wanted, bool differentiable, bool stopAtWanted = false)
    {
        Check(root, upstream);
        Walk walk = new(root, [.. wanted], stopAtWanted);
        if (differentiable)
        {
            return new(walk.Back(root, upstream ?? Seed(root), giveBack: false), root);
        }
        // Under a trace the memory plan decides what is given back; here the walk does.
        if (TraceContext.Current is not null)
        {
            using NoGradient.Section section = NoGradient.Begin();
            return new(walk.Back(root, upstream ?? Seed(root), giveBack: false), root);
        }
        using Scope scope = Scope.Begin();
        using (NoGradient.Begin())
        {
            Dictionary<Tensor, Tensor> gradients = walk.Back(root, upstream ?? Seed(root), giveBack: GraphObserver.Current is null);
            foreach (Tensor gradient in gradients.Values)
                if (gradient.Storage!.Owner == scope) gradient.Keep();
            return new(gradients, root);
        }
    }

    private static Tensor Seed(Tensor root) => Tensor.Ones(root.Shape, root.DType).Detach();

    private static void Check(Tensor root, Tensor? upstream)
    {
        if (root.IsConstant)
        {
            throw new InvalidOperationException(
                $"{root.Describe()} has no gradients: it was made from constants alone, behind a Detach, or inside NoGradient");
        }
        if (upstream is null && root.Count != 1)
        {
            throw new ShapeException(
                $"Backward needs a scalar, got {root.Describe()} with {root.Count} elements; Sum or Mean it first, or pass its upstream gradient");
        }
        if (upstream is not null && upstream.Spec != root.Spec)
            throw new ShapeException($"the upstream gradient of {root.Describe()} must be {root.Spec}, got {upstream.Spec}");
    }

    private sealed class Walk
    {
        private static long lastWalk;

        private readonly HashSet<Tensor> wanted;
        private readonly bool stopAtWanted;
        private readonly Node[] nodes;

        // The tensors through which something wanted is reached; null where everything is wanted.
        private readonly HashSet<Tensor>? onTheWay;

        public Walk(Tensor root, HashSet<Tensor> wanted, bool stopAtWanted)
        {
            this.wanted = wanted;
            this.stopAtWanted = stopAtWanted;
            nodes = Collect(root);
            if (wanted.Count == 0) return;
            onTheWay = [.. wanted];
            foreach (Node node in nodes)
            {
                foreach (Tensor input in node.Inputs)
                {
                    if (!onTheWay.Contains(input)) continue;
                    onTheWay.Add(node.Output);
                    break;
                }
            }
        }

        public Dictionary<Tensor, Tensor> Back(Tensor root, Tensor seed, bool giveBack)
        {
            Dictionary<Tensor, Tensor> gradients = new() { [root] = seed };
            seed.Holders++;
            GraphObserver? observer = GraphObserver.Current;
            for (int i = nodes.Length - 1; i >= 0; i--)
            {
                Node node = nodes[i];
                bool isKept = wanted.Count > 0 && wanted.Contains(node.Output);
                Tensor? upstream;
                if (isKept ? !gradients.TryGetValue(node.Output, out upstream) : !gradients.Remove(node.Output, out upstream)) continue;
                ulong wants = Wants(node);
                if (wants != 0)
                {
                    node.EnsureUnchanged();
                    ImmutableArray<Tensor?> downstreams = node.Operation.Backward(new(node.Inputs, node.Output, wants), upstream);
                    Accept(node, wants, upstream, downstreams, gradients, giveBack, observer);
                }
                if (!isKept) LetGo(upstream, giveBack);
            }
            if (wanted.Count > 0 && !wanted.Contains(root)) gradients.Remove(root);
            return gradients;
        }

        private static void Accept(
            Node node,
            ulong wants,
            Tensor upstream,
            ImmutableArray<Tensor?> downstreams,
            Dictionary<Tensor, Tensor> gradients,
            bool giveBack,
            GraphObserver? observer)
        {
            if (downstreams.IsDefault || downstreams.Length != node.Inputs.Length)
            {
                int count = downstreams.IsDefault ? 0 : downstreams.Length;
                throw new InvalidOperationException(
                    $"{node.Operation.Name}.Backward must return one entry for each of its {node.Inputs.Length} inputs, got {count}; use null where there is none");
            }
            for (int k = 0; k < downstreams.Length; k++)
            {
                if (downstreams[k] is not { } downstream || (wants >> Math.Min(k, 63) & 1) == 0) continue;
                Tensor input = node.Inputs[k];
                if (downstream.Spec != input.Spec)
                {
                    throw new InvalidOperationException(
                        $"{node.Operation.Name}.Backward returned {downstream.Spec} for input {k}, which is {input.Spec}; a gradient has its input's spec");
                }
                observer?.Edge(node, k, upstream, downstream);
                downstream.Holders++;
                ref Tensor? sum = ref CollectionsMarshal.GetValueRefOrAddDefault(gradients, input, out bool isSecond);
                if (!isSecond)
                {
                    sum = downstream;
                    continue;
                }
                // A value that was used twice receives the sum of what comes back.
                Tensor first = sum!;
                sum = first + downstream;
                sum.Holders++;
                LetGo(downstream, giveBack);
                LetGo(first, giveBack);
            }
        }

        private ulong Wants(Node node)
        {
            ulong wants = 0;
            for (int k = 0; k < node.Inputs.Length; k++)
            {
                Tensor input = node.Inputs[k];
                if (!input.IsConstant && (onTheWay is null || onTheWay.Contains(input))) wants |= 1UL << Math.Min(k, 63);
            }
            return wants;
        }

        /// <summary>Returns an inner gradient's memory once nothing on the way holds it. Only what this walk made is its own to return.</summary>
        private static void LetGo(Tensor gradient, bool giveBack)
        {
            if (--gradient.Holders == 0 && giveBack && gradient.Storage!.Owner == Scope.Current) gradient.Release();
        }

        /// <summary>The nodes behind the root in the order in which they were applied.</summary>
        private Node[] Collect(Tensor root)
        {
            // Each node is marked with the walk that saw it. Two threads may walk one graph: a mark that the other overwrote costs a second visit here,
            // and the double is dropped below.
            long walk = Interlocked.Increment(ref lastWalk);
            List<Node> found = [];
            Stack<Node> open = new();
            Visit(root);
            while (open.TryPop(out Node? node))
            {
                found.Add(node);
                foreach (Tensor input in node.Inputs) Visit(input);
            }
            // A tensor's number is larger than those of what it was made from.
            long[] order = new long[found.Count];
            for (int i = 0; i < order.Length; i++) order[i] = found[i].Output.Id;
            Node[] sorted = [.. found];
            if (order.AsSpan().IsDescending()) Array.Reverse(sorted);
            else Array.Sort(order, sorted);
            int count = 0;
            for (int i = 0; i < sorted.Length; i++)
                if (i == 0 || sorted[i] != sorted[i - 1]) sorted[count++] = sorted[i];
            return count == sorted.Length ? sorted : sorted[..count];

            void Visit(Tensor tensor)
            {
                if (tensor.Producer is not { } producer || (stopAtWanted && tensor != root && wanted.Contains(tensor))) return;
                if (producer.LastWalk == walk) return;
                producer.LastWalk = walk;
                open.Push(producer);
            }
        }
    }

    private static bool IsDescending(this Span<long> numbers)
    {
        for (int i = 1; i < numbers.Length; i++)
            if (numbers[i] >= numbers[i - 1]) return false;
        return true;
    }
}
