using System.Text;

namespace Nabla.Tests;

/// <summary>A random graph of operations, in two forms that share nothing: calls of the engine, and loops over doubles.</summary>
internal sealed class RandomProgram
{
    private const double Bound = 50, AwayFromKinks = 1e-3;

    private readonly List<Step> steps = [];

    private RandomProgram(Grid[] inputs) => Inputs = inputs;

    /// <summary>Where it is evaluated.</summary>
    public Grid[] Inputs { get; }

    private sealed record Step(string Name, int[] Operands, Func<Tensor[], Tensor> Build, Func<Grid[], Grid> Run);

    /// <summary>A program of up to twelve steps; a step whose values grow too large or come near a kink is drawn again.</summary>
    public static RandomProgram Draw(int seed)
    {
        Random random = new(seed);
        RandomProgram program = new([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Values(random))]);
        List<Grid> values = [.. program.Inputs];
        int length = random.Next(3, 13);
        for (int attempt = 0; program.steps.Count < length && attempt < 400; attempt++)
        {
            if (Candidate(random, values) is not { } step) continue;
            Grid value = step.Run([.. step.Operands.Select(i => values[i])]);
            if (value.Elements.Length is 0 or > 2000 || value.Elements.Any(element => !(Math.Abs(element) < Bound))) continue;
            program.steps.Add(step);
            values.Add(value);
        }
        return program;
    }

    /// <summary>The engine's reading: the last value.</summary>
    public Tensor Build(Tensor[] inputs)
    {
        List<Tensor> values = [.. inputs];
        foreach (Step step in steps) values.Add(step.Build([.. step.Operands.Select(i => values[i])]));
        return values[^1];
    }

    /// <summary>The loops' reading.</summary>
    public Grid Run(Grid[] inputs)
    {
        List<Grid> values = [.. inputs];
        foreach (Step step in steps) values.Add(step.Run([.. step.Operands.Select(i => values[i])]));
        return values[^1];
    }

    public override string ToString()
    {
        StringBuilder text = new();
        for (int i = 0; i < Inputs.Length; i++) text.Append(
            $"\n%{i} = {Inputs[i].Shape} [{string.Join(", ", Inputs[i].Elements.Select(value => $"{value:R}"))}]");
        for (int i = 0; i < steps.Count; i++) text.Append(
            $"\n%{i + Inputs.Length} = {steps[i].Name}({string.Join(", ", steps[i].Operands.Select(k => $"%{k}"))})");
        return text.ToString();
    }

    private static Grid Values(Random random)
    {
        int[] extents = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => random.Next(1, 7))];
        return Grid.Make(Shape.Create(extents), _ => (2 * random.NextDouble()) - 1);
    }

    private static Step? Candidate(Random random, List<Grid> values)
    {
        // Mostly the newest values, so that programs grow deep.
        int Any() => random.Next(2) == 0 ? values.Count - 1 : random.Next(values.Count);
        int x = Any(), y = Any();
        Shape shape = values[x].Shape;
        int axis = shape.Rank == 0 ? 0 : random.Next(shape.Rank);
        switch (random.Next(shape.Rank == 0 ? 12 : 22))
        {
            case 0: return Unary("tanh", x => x.Tanh(), Math.Tanh);
            case 1: return Unary("sigmoid", x => x.Sigmoid(), value => 1 / (1 + Math.Exp(-value)));
            case 2: return Unary("exp", x => x.Exp(), Math.Exp);
            case 3: return Unary("sin", x => x.Sin(), Math.Sin);
            case 4: return Unary("0.7 x + 0.1", x => (x * 0.7) + 0.1, value => (value * 0.7) + 0.1);
            case 5: return Unary("log(1.5 + x²)", x => (x.Square() + 1.5).Log(), value => Math.Log((value * value) + 1.5));
            case 6:
                return values[x].Elements.Any(value => Math.Abs(value) < AwayFromKinks) ? null
                : Unary("relu", x => x.Relu(), value => Math.Max(value, 0));
            case 7: return Binary("add", (a, b) => a + b, (a, b) => a + b);
            case 8: return Binary("subtract", (a, b) => a - b, (a, b) => a - b);
            case 9: return Binary("multiply", (a, b) => a * b, (a, b) => a * b);
            case 10: return Binary("divide by 1 + y²", (a, b) => a / (1 + b.Square()), (a, b) => a / (1 + (b * b)));
            case 11:
                bool near = Fits() is { } both
                    && Grid.Make(both, at => Math.Abs(values[x].Broadcast(at) - values[y].Broadcast(at))).Elements.Any(gap => gap < AwayFromKinks);
                return near ? null : Binary("maximum", (a, b) => a.Maximum(b), Math.Max);
            case 12: return One($"sum {axis}", x => x.Sum(axis), x => References.Folded(x, [axis], false, row => row.Sum()));
            case 13:
                return One($"mean {axis}, kept", x => x.Mean(axis, keepAxes: true), x => References.Folded(x, [axis], true, row => row.Average()));
            case 14: return One("sum", x => x.Sum(), x => new([], [x.Elements.Sum()]));
            case 15: return One("flatten", x => x.Flatten(), x => new([x.Elements.Length], x.Elements));
            case 16: return shape.Rank < 2 ? null : One("transpose", x => x.Transpose(), References.Transposed);
            case 17:
                int start = random.Next(shape[axis]), end = random.Next(start + 1, shape[axis] + 1);
                return One(
                    $"slice {axis} {start}..{end}",
                    x => x.Slice(axis, start, end),
                    x => Grid.Make(shape.With(axis, end - start), at => x[Moved(at, axis, start)]));
            case 18: return One("softmax", x => x.Softmax(), x => References.EachRow(x, References.Softmax));
            case 19:
                return values[y].Shape.Rank != shape.Rank || values[y].Shape.With(axis, shape[axis]) != shape ? null : Two(
                    $"concatenate {axis}",
                    (a, b) => Tensor.Concatenate([a, b], axis),
                    (a, b) => Grid.Make(shape.With(axis, shape[axis] + b.Shape[axis]), at =>
                        at[axis] < shape[axis] ? a[at] : b[Moved(at, axis, -shape[axis])]));
            case 20:
                return shape.Rank < 2 || values[y].Shape.Rank < 2 || shape[^1] != values[y].Shape[^2] || shape.Rank != values[y].Shape.Rank
                || Fits(2) is null ? null
                : Two("matmul", (a, b) => a.MatMul(b), References.MatrixProduct);
            default:
                return shape.Rank < 2 ? null
                : One("x xᵀ", x => x.MatMul(x, transposeRight: true), x => References.MatrixProduct(x, References.Transposed(x)));
        }

        Step Unary(string name, Func<Tensor, Tensor> build, Func<double, double> run) =>
            One(name, build, x => x with { Elements = [.. x.Elements.Select(run)] });

        Step? Binary(string name, Func<Tensor, Tensor, Tensor> build, Func<double, double, double> run) => Fits() is not { } both ? null
            : Two(name, build, (a, b) => Grid.Make(both, at => run(a.Broadcast(at), b.Broadcast(at))));

        Step One(string name, Func<Tensor, Tensor> build, Func<Grid, Grid> run) => new(name, [x], i => build(i[0]), i => run(i[0]));

        Step Two(string name, Func<Tensor, Tensor, Tensor> build, Func<Grid, Grid, Grid> run) =>
            new(name, [x, y], i => build(i[0], i[1]), i => run(i[0], i[1]));

        // The shape both broadcast to, leaving out some innermost axes; null where they do not.
        Shape? Fits(int without = 0)
        {
            int[] left = [.. shape], right = [.. values[y].Shape];
            (left, right) = (left[..^without], right[..^without]);
            int rank = Math.Max(left.Length, right.Length);
            int[] both = new int[rank];
            for (int i = 1; i <= rank; i++)
            {
                int a = i <= left.Length ? left[^i] : 1, b = i <= right.Length ? right[^i] : 1;
                if (a != b && a != 1 && b != 1) return null;
                both[^i] = Math.Max(a, b);
            }
            return Shape.Create(both);
        }
    }

    private static int[] Moved(int[] at, int axis, int by)
    {
        int[] moved = [.. at];
        moved[axis] += by;
        return moved;
    }
}
