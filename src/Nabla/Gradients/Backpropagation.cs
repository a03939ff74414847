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

        // In the order in which they were applied.
        private readonly Node[] nodes;

        // By place among the nodes: whether something wanted is reached through the node, and whether its output is wanted. Null where everything is.
        private readonly bool[]? onTheWay, isWanted;

        public Walk(Tensor root, HashSet<Tensor> wanted, bool stopAtWanted)
        {
            this.wanted = wanted;
            this.stopAtWanted = stopAtWanted;
            nodes = Collect(root);
            if (wanted.Count > 0)
            {
                onTheWay = new bool[nodes.Length];
                isWanted = new bool[nodes.Length];
                foreach (Tensor tensor in wanted)
                    if (PlaceOf(tensor) is int place and >= 0) isWanted[place] = onTheWay[place] = true;
            }
            // Once over the nodes for both: a long graph does not stay in the cache.
            for (int i = 0; i < nodes.Length; i++)
            {
                nodes[i].Place = i;
                if (onTheWay is null) continue;
                foreach (Tensor input in nodes[i].Inputs) onTheWay[i] |= IsOnTheWay(input);
            }
        }

        public Dictionary<Tensor, Tensor> Back(Tensor root, Tensor seed, bool giveBack)
        {
            // Of what a node made, by the node's place; of the leaves, and of what is wanted, by the tensor.
            Tensor?[] upstreams = new Tensor?[nodes.Length];
            Dictionary<Tensor, Tensor> gradients = [];
            Slot(root, upstreams, gradients) = seed;
            seed.Holders++;
            GraphObserver? observer = GraphObserver.Current;
            for (int i = nodes.Length - 1; i >= 0; i--)
            {
                if (upstreams[i] is not { } upstream) continue;
                Node node = nodes[i];
                upstreams[i] = null;
                bool isKept = isWanted is not null && isWanted[i];
                if (isKept) gradients.Add(node.Output, upstream);
                ulong wants = Wants(node);
                if (wants != 0)
                {
                    node.EnsureUnchanged();
                    ImmutableArray<Tensor?> downstreams = node.Operation.Backward(new(node.Inputs, node.Output, wants), upstream);
                    Accept(node, wants, upstream, downstreams, upstreams, gradients, giveBack, observer);
                }
                if (!isKept) LetGo(upstream, giveBack);
            }
            if (wanted.Count > 0 && !wanted.Contains(root)) gradients.Remove(root);
            return gradients;
        }

        private void Accept(
            Node node,
            ulong wants,
            Tensor upstream,
            ImmutableArray<Tensor?> downstreams,
            Tensor?[] upstreams,
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
                ref Tensor? sum = ref Slot(input, upstreams, gradients);
                if (sum is not { } first)
                {
                    sum = downstream;
                    continue;
                }
                // A value that was used twice receives the sum of what comes back.
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
                if (!input.IsConstant && IsOnTheWay(input)) wants |= 1UL << Math.Min(k, 63);
            }
            return wants;
        }

        private bool IsOnTheWay(Tensor tensor) => onTheWay is null || (PlaceOf(tensor) is int place and >= 0 ? onTheWay[place] : wanted.Contains(tensor));

        // Where the gradient of a tensor is gathered; null until there is one.
        private ref Tensor? Slot(Tensor tensor, Tensor?[] upstreams, Dictionary<Tensor, Tensor> gradients)
        {
            int place = PlaceOf(tensor);
            if (place >= 0) return ref upstreams[place];
            return ref CollectionsMarshal.GetValueRefOrAddDefault(gradients, tensor, out _)!;
        }

        /// <summary>The place of the node that made a tensor; −1 of a leaf, and of what lies behind the end of this walk.</summary>
        private int PlaceOf(Tensor tensor)
        {
            if (tensor.Producer is not { } producer) return -1;
            // A walk of another thread may have written its own place there.
            int place = producer.Place;
            if ((uint)place < (uint)nodes.Length && nodes[place] == producer) return place;
            (int low, int high) = (0, nodes.Length - 1);
            while (low <= high)
            {
                int middle = (low + high) / 2;
                if (nodes[middle] == producer) return middle;
                if (nodes[middle].Output.Id < tensor.Id) low = middle + 1;
                else high = middle - 1;
            }
            return -1;
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
            long latest = long.MaxValue;
            bool isDescending = true;
            for (Node? node = New(root); node is not null || open.TryPop(out node);)
            {
                found.Add(node);
                isDescending &= node.Output.Id < latest;
                latest = node.Output.Id;
                // One input is gone on with, the others wait.
                Node? next = null;
                foreach (Tensor input in node.Inputs)
                {
                    if (New(input) is not { } producer) continue;
                    if (next is null) next = producer;
                    else open.Push(producer);
                }
                node = next;
            }
            // A tensor's number is larger than those of what it was made from.
            if (isDescending) found.Reverse();
            else found.Sort(static (one, other) => one.Output.Id.CompareTo(other.Output.Id));
            int count = 0;
            for (int i = 0; i < found.Count; i++)
                if (i == 0 || found[i] != found[i - 1]) found[count++] = found[i];
            found.RemoveRange(count, found.Count - count);
            return [.. found];

            Node? New(Tensor tensor)
            {
                if (tensor.Producer is not { } producer || producer.LastWalk == walk) return null;
                if (stopAtWanted && tensor != root && wanted.Contains(tensor)) return null;
                producer.LastWalk = walk;
                return producer;
            }
        }
    }
}
