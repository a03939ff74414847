using System.Collections.Immutable;
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
        private readonly HashSet<Tensor> wanted;
        private readonly bool stopAtWanted;
        private readonly List<Node> nodes = [];

        // The tensors through which something wanted is reached; null where everything is wanted.
        private readonly HashSet<Tensor>? onTheWay;

        public Walk(Tensor root, HashSet<Tensor> wanted, bool stopAtWanted)
        {
            this.wanted = wanted;
            this.stopAtWanted = stopAtWanted;
            Collect(root);
            // A tensor's number is larger than those of what it was made from, so this is the order of application.
            nodes.Sort(static (left, right) => left.Output.Id.CompareTo(right.Output.Id));
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
            Dictionary<Tensor, int>? holders = giveBack ? new() { [seed] = 1 } : null;
            GraphObserver? observer = GraphObserver.Current;
            for (int i = nodes.Count - 1; i >= 0; i--)
            {
                Node node = nodes[i];
                if (!gradients.TryGetValue(node.Output, out Tensor? upstream)) continue;
                ulong wants = Wants(node);
                if (wants != 0)
                {
                    node.EnsureUnchanged();
                    ImmutableArray<Tensor?> downstreams = node.Operation.Backward(new(node.Inputs, node.Output, wants), upstream);
                    Accept(node, wants, upstream, downstreams, gradients, holders, observer);
                }
                if (wanted.Contains(node.Output)) continue;
                gradients.Remove(node.Output);
                LetGo(holders, upstream);
            }
            if (wanted.Count > 0 && !wanted.Contains(root)) gradients.Remove(root);
            return gradients;
        }

        private void Accept(
            Node node,
            ulong wants,
            Tensor upstream,
            ImmutableArray<Tensor?> downstreams,
            Dictionary<Tensor, Tensor> gradients,
            Dictionary<Tensor, int>? holders,
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
                if (!gradients.TryGetValue(input, out Tensor? sum))
                {
                    gradients[input] = downstream;
                    Hold(holders, downstream);
                    continue;
                }
                // A value that was used twice receives the sum of what comes back.
                Tensor total = sum + downstream;
                gradients[input] = total;
                Hold(holders, total);
                Hold(holders, downstream);
                LetGo(holders, downstream);
                LetGo(holders, sum);
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

        private static void Hold(Dictionary<Tensor, int>? holders, Tensor gradient)
        {
            if (holders is not null) holders[gradient] = holders.GetValueOrDefault(gradient) + 1;
        }

        /// <summary>Returns an inner gradient's memory once no tensor on the way needs it. Only what this walk made is its own to return.</summary>
        private static void LetGo(Dictionary<Tensor, int>? holders, Tensor gradient)
        {
            if (holders is null || --holders[gradient] > 0) return;
            holders.Remove(gradient);
            if (gradient.Storage!.Owner == Scope.Current) gradient.Release();
        }

        private void Collect(Tensor root)
        {
            HashSet<Node> seen = [];
            Stack<Node> open = new();
            Visit(root);
            while (open.TryPop(out Node? node))
            {
                nodes.Add(node);
                foreach (Tensor input in node.Inputs) Visit(input);
            }

            void Visit(Tensor tensor)
            {
                if (tensor.Producer is not { } producer || (stopAtWanted && tensor != root && wanted.Contains(tensor))) return;
                if (seen.Add(producer)) open.Push(producer);
            }
        }
    }
}
