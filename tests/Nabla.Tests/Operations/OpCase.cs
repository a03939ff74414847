using Nabla.Operations;

namespace Nabla.Tests;

/// <summary>A row of the operation table: one operation, how to call it, what it must give. <see cref="OperationChecks"/> does the rest.</summary>
/// <param name="Name">The operation's name, its formula's, or that of a function composed of operations.</param>
/// <param name="Build">Calls it as users do.</param>
public sealed record OpCase(string Name, Func<Tensor[], Tensor> Build)
{
    /// <summary>The operation's type, or the type of its formula; null for a function composed of operations.</summary>
    public Type? Subject { get; init; }

    /// <summary>What tells rows of one subject apart; "" for the first.</summary>
    public string Variant { get; init; } = "";

    public string Label => Variant.Length == 0 ? Name : $"{Name}: {Variant}";

    /// <summary>The inputs that every check uses.</summary>
    public required Input[] Inputs { get; init; }

    /// <summary>Further inputs whose values and gradients are checked: other ranks, extents of 0 and 1, broadcasts.</summary>
    public Input[][] Also { get; init; } = [];

    /// <summary>Inputs large enough to be split among threads; else <see cref="Inputs"/>.</summary>
    public Input[]? Large { get; init; }

    /// <summary>The reference of an elementwise operation: the element of the result from one element of each input.</summary>
    public Func<double[], double>? Element { get; init; }

    /// <summary>The reference of any other operation, in plain loops.</summary>
    public Func<Grid[], Grid>? Reference { get; init; }

    /// <summary>One element of each input and the result: values from definitions or books. They stand above the reference.</summary>
    public double[][] Special { get; init; } = [];

    /// <summary>Decided gradients where there is no derivative: inputs (vectors), upstream, and the downstream gradient of each input.</summary>
    public (double[][] Inputs, double Upstream, double[][] Downstream)[] Kinks { get; init; } = [];

    /// <summary>Inputs that are refused, and what the message must say. A shape alone draws as <see cref="Inputs"/> do.</summary>
    public (Input[] Inputs, string Says)[] Fails { get; init; } = [];

    /// <summary>Allowed distance from the reference in units in the last place of Float32 and Float64.</summary>
    public (double Single, double Double) Ulps { get; init; } = (4, 4);

    /// <summary>Whether central differences say anything: false for a step function, whose gradient <see cref="Kinks"/> then hold.</summary>
    public bool Smooth { get; init; } = true;

    /// <summary>Whether the operation takes any number of inputs.</summary>
    public bool AnyCount { get; init; }

    public bool IsElementwise => Element is not null;

    public override string ToString() => Label;

    public static OpCase Unary<TFormula>(Func<Tensor, Tensor> build, Func<double, double> element, Input? input = null)
        where TFormula : struct, IUnaryFormula
        => new(typeof(TFormula).Name, x => build(x[0])) { Subject = typeof(TFormula), Inputs = [input ?? [3, 5]], Element = x => element(x[0]) };

    public static OpCase Binary<TFormula>(Func<Tensor, Tensor, Tensor> build, Func<double, double, double> element, Input? input = null,
        Input? other = null)
        where TFormula : struct, IBinaryFormula
        => new(typeof(TFormula).Name, x => build(x[0], x[1]))
        {
            Subject = typeof(TFormula),
            Inputs = [input ?? [3, 5], other ?? input ?? [3, 5]],
            Element = x => element(x[0], x[1]),
            Fails = [([[2, 3], [2, 2]], "[2, 3] with [2, 2]")],
        };

    public static OpCase Compare<TComparison>(Func<Tensor, Tensor, Tensor> build, Func<double, double, bool> element)
        where TComparison : struct, IComparison
        => new(typeof(TComparison).Name, x => build(x[0], x[1]))
        {
            Subject = typeof(TComparison),
            Inputs = [new([3, 5]) { Step = 0.5 }, new([3, 5]) { Step = 0.5 }],
            Element = x => element(x[0], x[1]) ? 1 : 0,
            Fails = [([[4], [3]], "[4] with [3]")],
        };

    public static OpCase Of<TOperation>(Func<Tensor[], Tensor> build, params Input[] inputs)
        where TOperation : Operation
        => new(typeof(TOperation).Name, build) { Subject = typeof(TOperation), Inputs = inputs, Ulps = (16, 16) };

    /// <summary>A row for a function that is composed of operations and has no type of its own.</summary>
    public static OpCase Function(string name, Func<Tensor[], Tensor> build, params Input[] inputs) =>
        new(name, build) { Inputs = inputs, Ulps = (16, 16) };

    /// <summary>Every input list that values and gradients are checked with; elementwise operations bring theirs.</summary>
    public IEnumerable<Input[]> InputSets()
    {
        yield return Inputs;
        foreach (Input[] inputs in Also) yield return inputs;
        if (!IsElementwise) yield break;
        Shape[][] shapes = Inputs.Length switch
        {
            1 => [[[]], [[0]], [[2, 0, 3]], [[1]], [[2, 3, 1, 4]]],
            2 => [[[], []], [[0], [0]], [[2, 0, 3], [3]], [[1], [1]], [[3, 1], [1, 4]], [[2, 3], []], [[], [2, 3]], [[4], [2, 3, 1]],
                [[2, 3, 4], [3, 1]]],
            _ => [[[], [], []], [[0], [1], []], [[3, 1], [4], [2, 1, 1]], [[1], [2, 3], [3]]],
        };
        foreach (Shape[] set in shapes) yield return [.. Inputs.Zip(set, (input, shape) => input with { Shape = shape, Given = null })];
    }

    public Tensor[] Draw(Input[] inputs, DType floating, int seed = 7) => [.. inputs.Select((input, i) => input.Draw(floating, seed + i))];

    public Tensor[] Draw(DType floating, int seed = 7) => Draw(Inputs, floating, seed);

    /// <summary>What the result must be, in double.</summary>
    public Grid Expected(Tensor[] inputs, Shape shape)
    {
        Grid[] grids = [.. inputs.Select(Grid.Of)];
        if (Element is null) return (Reference ?? throw new InvalidOperationException($"the row of {Label} has no reference"))(grids);
        return Grid.Make(shape, at => Element([.. grids.Select(grid => grid.Broadcast(at))]));
    }

    /// <summary>The subject's own node in the graph that the row builds.</summary>
    public Node Applied(Tensor[] inputs)
    {
        Collector collector = new();
        using (collector.Watch()) Build(inputs);
        return collector.Nodes.FirstOrDefault(node => IsSubject(node.Operation.GetType()))
            ?? throw new InvalidOperationException($"the row of {Label} never applies it");
    }

    private bool IsSubject(Type operation) => operation == Subject || (operation.IsGenericType && operation.GetGenericArguments().Contains(Subject));

    private sealed class Collector : GraphObserver
    {
        public List<Node> Nodes { get; } = [];

        public override void OnApplied(Node node) => Nodes.Add(node);
    }
}
