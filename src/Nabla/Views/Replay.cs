using System.Collections.Immutable;

namespace Nabla.Views;

/// <summary>Runs the graph behind a result again with other values at its leaves.</summary>
internal sealed class Replay
{
    private const double Distance = 1e-5;

    private readonly Tensor result;
    private readonly List<Node> nodes = [];

    private Replay(Tensor result)
    {
        this.result = result;
        HashSet<Node> seen = [];
        Stack<Tensor> open = new([result]);
        while (open.TryPop(out Tensor? tensor))
        {
            if (tensor.Producer is not { } node || !seen.Add(node)) continue;
            nodes.Add(node);
            foreach (Tensor input in node.Inputs) open.Push(input);
        }
        nodes.Sort((left, right) => left.Output.Id.CompareTo(right.Output.Id));
    }

    public static NumericCheck Check(Tensor result)
    {
        GraphView view = GraphView.Of(result);
        Replay replay = new(result);
        DType type = replay.RunsInFloat64() ? DType.Float64 : result.DType;
        ImmutableArray<GradientComparison>.Builder rows = ImmutableArray.CreateBuilder<GradientComparison>();
        ImmutableArray<(string, int)>.Builder counts = ImmutableArray.CreateBuilder<(string, int)>();
        foreach (ViewNode leaf in view.Nodes)
        {
            if (leaf is not { Kind: ViewNodeKind.Input or ViewNodeKind.Parameter, ValueTensor: { } tensor, GradientTensor: { } gradient }) continue;
            double[] values = tensor.ToDoubles(), gradients = gradient.ToDoubles();
            counts.Add((leaf.Name, values.Length));
            for (int i = 0; i < Math.Min(values.Length, TensorSummary.ElementLimit); i++)
            {
                double h = (type == DType.Float64 ? Distance : 1e-2) * Math.Max(1, Math.Abs(values[i]));
                double numeric = (At(values[i] + h) - At(values[i] - h)) / (2 * h);
                rows.Add(new(leaf.Name, i, gradients[i], numeric));

                double At(double value)
                {
                    double before = values[i];
                    values[i] = value;
                    using Scope scope = Scope.Begin();
                    using NoGradient.Section section = NoGradient.Begin();
                    Tensor moved = Tensor.From<double>(values, tensor.Shape).Cast(type);
                    values[i] = before;
                    return replay.Run(new() { [tensor] = moved }, type).ToDoubles().Sum();
                }
            }
        }
        return new(rows.ToImmutable(), counts.ToImmutable());
    }

    public static Descent Descend(Tensor result, double learningRate, int steps, ReadOnlySpan<Tensor> moved)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        GraphView view = GraphView.Of(result);
        Replay replay = new(result);
        HashSet<Tensor> chosen = [.. moved];
        ViewNode[] leaves = [.. view.Nodes.Where(node => node is { Kind: ViewNodeKind.Input or ViewNodeKind.Parameter, GradientTensor: not null }
            && (chosen.Count == 0 || chosen.Contains(node.ValueTensor!)))];
        Tensor[] values = [.. leaves.Select(leaf => leaf.ValueTensor!)];
        Tensor now = result;
        List<DescentStep> states = [State(0)];
        Gradients gradients = Back(values);
        for (int step = 1; step <= steps; step++)
        {
            Tensor[] next = new Tensor[values.Length];
            for (int i = 0; i < values.Length; i++)
                next[i] = gradients.TryGet(values[i], out Tensor? gradient) ? Moved(values[i], gradient, learningRate) : values[i];
            values = next;
            now = replay.Run(leaves.Zip(values).ToDictionary(pair => pair.First.ValueTensor!, pair => pair.Second), result.DType, cast: false);
            states.Add(State(step));
            if (step < steps) gradients = Back(values);
        }
        return new(view.ResultName, learningRate, [.. states]);

        DescentStep State(int step) => new(step, [.. leaves.Select((leaf, i) => (leaf.Name, TensorSummary.Of(values[i])))], TensorSummary.Of(now));

        Gradients Back(Tensor[] by) => now.Backward(by, now.Count == 1 ? null : Tensor.Ones(now.Shape, now.DType).Detach());
    }

    private static Tensor Moved(Tensor value, Tensor gradient, double learningRate)
    {
        double[] values = value.ToDoubles(), slopes = gradient.ToDoubles();
        for (int i = 0; i < values.Length; i++) values[i] -= learningRate * slopes[i];
        // A leaf again, with a gradient of its own.
        return value.DType == DType.Float64
            ? Tensor.From<double>(values, value.Shape)
            : Tensor.From<float>([.. values.Select(element => (float)element)], value.Shape);
    }

    /// <summary>
    /// In Float64 a central difference has some ten digits, in Float32 three. An operation that asks for Float32 by name decides for the latter.
    /// </summary>
    private bool RunsInFloat64()
    {
        try
        {
            using Scope scope = Scope.Begin();
            using NoGradient.Section section = NoGradient.Begin();
            return Run([], DType.Float64).DType == DType.Float64;
        }
        catch (Exception refusal) when (refusal is ArgumentException or ShapeException)
        {
            return false;
        }
    }

    private Tensor Run(Dictionary<Tensor, Tensor> leaves, DType type, bool cast = true)
    {
        Dictionary<Tensor, Tensor> values = new(leaves);
        foreach (Node node in nodes)
        {
            ImmutableArray<Tensor> inputs = [.. node.Inputs.Select(Now)];
            values[node.Output] = node.Operation.Apply(inputs.AsSpan());
        }
        return values.GetValueOrDefault(result) ?? Now(result);

        Tensor Now(Tensor tensor)
        {
            if (values.TryGetValue(tensor, out Tensor? known)) return known;
            return values[tensor] = cast && tensor.DType.IsFloating ? tensor.Cast(type) : tensor;
        }
    }
}
