namespace Nabla.Expressions;

/// <summary>A function of the language: its name, how many arguments it takes, and what it builds.</summary>
/// <param name="Name">What people write.</param>
/// <param name="Least">The fewest arguments.</param>
/// <param name="Most">The most arguments.</param>
/// <param name="Build">From the arguments to the result.</param>
internal sealed record Function(string Name, int Least, int Most, Func<Tensor[], Tensor> Build)
{
    private const int Any = 16;

    /// <summary>Every function there is, one row each.</summary>
    public static readonly IReadOnlyList<Function> Table =
    [
        new("max", 1, Any, x => x.Length == 1 ? x[0].Max() : x.Aggregate((left, right) => left.Maximum(right))),
        new("min", 1, Any, x => x.Length == 1 ? x[0].Min() : x.Aggregate((left, right) => left.Minimum(right))),
        new("exp", 1, 1, x => x[0].Exp()),
        new("log", 1, 1, x => x[0].Log()),
        new("ln", 1, 1, x => x[0].Log()),
        new("sqrt", 1, 1, x => x[0].Sqrt()),
        new("sin", 1, 1, x => x[0].Sin()),
        new("cos", 1, 1, x => x[0].Cos()),
        new("tan", 1, 1, x => x[0].Sin() / x[0].Cos()),
        new("tanh", 1, 1, x => x[0].Tanh()),
        new("sigmoid", 1, 1, x => x[0].Sigmoid()),
        new("σ", 1, 1, x => x[0].Sigmoid()),
        new("relu", 1, 1, x => x[0].Relu()),
        new("leakyrelu", 1, 1, x => x[0].LeakyRelu()),
        new("elu", 1, 1, x => x[0].Elu()),
        new("softplus", 1, 1, x => x[0].Softplus()),
        new("gelu", 1, 1, x => x[0].Gelu()),
        new("silu", 1, 1, x => x[0].Silu()),
        new("abs", 1, 1, x => x[0].Abs()),
        new("square", 1, 1, x => x[0].Square()),
        new("erf", 1, 1, x => x[0].Erf()),
        new("sum", 1, 1, x => x[0].Sum()),
        new("mean", 1, 1, x => x[0].Mean()),
        // Square, sum and root, so that each is seen; at 0 the root has no derivative.
        new("norm", 1, 1, x => x[0].Square().Sum().Sqrt()),
        new("softmax", 1, 1, x => x[0].Softmax()),
        new("transpose", 1, 1, x => x[0].Rank < 2 ? x[0] : x[0].Transpose()),
    ];

    private static readonly Dictionary<string, Function> ByName = Table.ToDictionary(function => function.Name);

    /// <summary>The function of this name, in small or large letters.</summary>
    public static Function? Find(string name) => ByName.GetValueOrDefault(name) ?? ByName.GetValueOrDefault(name.ToLowerInvariant());
}
