using Nabla.Operations;
using static Nabla.Tests.Input;
using static Nabla.Tests.OpCase;
using static Nabla.Tests.References;

namespace Nabla.Tests;

/// <summary>THE table: a row for each operation. Every row goes through every check of <see cref="OperationChecks"/>.</summary>
public static class OperationTable
{
    public static IReadOnlyList<OpCase> Rows { get; } =
    [
        .. Elementwise, .. Comparisons, .. Masks, .. Reductions, .. Movement, .. Indexing, .. Linear, .. Windows,
        .. Fused, .. Recurrent, .. Drawn,
    ];

    private static IEnumerable<OpCase> Elementwise =>
    [
        Unary<Abs>(x => x.Abs(), Math.Abs, AwayFrom(0)) with { Kinks = [([[0, -1, 2]], 3, [[0, -3, 3]])] },
        Unary<Ceiling>(x => x.Ceiling(), Math.Ceiling, AwayFromWhole) with { Special = [[-0.5, -0.0]], Kinks = [([[1, 1.5]], 1, [[0, 0]])] },
        Unary<Clamp>(x => x.Clamp(-1, 0.75), x => Math.Max(-1, Math.Min(0.75, x)), AwayFrom(-1, 0.75)) with
        {
            Kinks = [([[-1.5, -1, 0, 0.75, 1]], 2, [[0, 2, 2, 2, 0]])],
        },
        Unary<Cos>(x => x.Cos(), Math.Cos) with { Special = [[0, 1]] },
        Unary<Elu>(x => x.Elu(1.5), x => x > 0 ? x : 1.5 * Series.Expm1(x), AwayFrom(0)) with
        {
            Ulps = (8, 8),
            Special = [[double.NegativeInfinity, -1.5]],
            Kinks = [([[0, 1]], 1, [[1.5, 1]])],
        },
        Unary<Erf>(x => x.Erf(), Series.Erf) with { Ulps = (4, 16), Special = [[0.5, 0.5204998778130465], [2, 0.9953222650189527], [6, 1]] },
        Unary<Exp>(x => x.Exp(), Math.Exp) with { Special = [[double.NegativeInfinity, 0], [0, 1], [1, Math.E]] },
        Unary<Expm1>(x => x.Expm1(), Series.Expm1) with { Ulps = (8, 8), Special = [[double.NegativeInfinity, -1]] },
        Unary<Floor>(x => x.Floor(), Math.Floor, AwayFromWhole) with { Kinks = [([[1, 1.5]], 1, [[0, 0]])] },
        // 1 + erf cancels below 0, so a few more digits go there.
        Unary<Gelu>(x => x.Gelu(), x => 0.5 * x * Series.Erfc(-x / Math.Sqrt(2))) with { Ulps = (32, 64) },
        Unary<GeluTanh>(x => x.GeluTanh(), x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))))) with
        {
            Ulps = (32, 64),
        },
        Unary<LeakyRelu>(x => x.LeakyRelu(0.25), x => x > 0 ? x : 0.25 * x, AwayFrom(0)) with { Kinks = [([[0, 1]], 2, [[0.5, 2]])] },
        Unary<Log>(x => x.Log(), Math.Log, Positive([3, 5])) with { Special = [[0, double.NegativeInfinity], [1, 0], [-1, double.NaN]] },
        Unary<Log1p>(x => x.Log1p(), Series.Log1p, Between(-0.9, 3, [3, 5])) with
        {
            Ulps = (4, 8),
            Special = [[-1, double.NegativeInfinity], [-1.5, double.NaN]],
        },
        Unary<Negate>(x => -x, x => -x),
        Unary<Reciprocal>(x => x.Reciprocal(), x => 1 / x, Positive([3, 5])),
        Unary<Relu>(x => x.Relu(), x => Math.Max(x, 0), AwayFrom(0)) with { Kinks = [([[0, -1, 2]], 3, [[0, 0, 3]])] },
        Unary<Round>(x => x.Round(), x => Math.Round(x, MidpointRounding.ToEven), AwayFromHalves) with
        {
            Special = [[0.5, 0], [1.5, 2], [2.5, 2], [-0.5, -0.0]],
            Kinks = [([[0.5, 1.2]], 1, [[0, 0]])],
        },
        Unary<Scale>(x => x * 3, x => 3 * x),
        Unary<Shift>(x => x + 3, x => x + 3),
        Unary<Sigmoid>(x => x.Sigmoid(), Series.Sigmoid) with { Special = [[0, 0.5], [double.NegativeInfinity, 0], [double.PositiveInfinity, 1]] },
        Unary<Sign>(x => x.Sign(), x => x > 0 ? 1 : x < 0 ? -1 : 0, AwayFrom(0)) with
        {
            Special = [[double.NaN, 0], [-0.0, 0]],
            Kinks = [([[0, -1, 2]], 1, [[0, 0, 0]])],
        },
        Unary<Silu>(x => x.Silu(), x => x / (1 + Math.Exp(-x))),
        Unary<Sin>(x => x.Sin(), Math.Sin),
        Unary<Softplus>(x => x.Softplus(), x => Math.Max(x, 0) + Series.Log1p(Math.Exp(-Math.Abs(x)))) with
        {
            Ulps = (8, 8),
            Special = [[double.NegativeInfinity, 0], [0, Math.Log(2)], [800, 800]],
        },
        Unary<Sqrt>(x => x.Sqrt(), Math.Sqrt, Positive([3, 5])) with { Kinks = [([[0, 4]], 1, [[double.PositiveInfinity, 0.25]])] },
        Unary<Square>(x => x.Square(), x => x * x),
        Unary<Tanh>(x => x.Tanh(), Math.Tanh),

        Binary<Add>((x, y) => x + y, (x, y) => x + y),
        Binary<Divide>((x, y) => x / y, (x, y) => x / y, other: Positive([3, 5])),
        Binary<Maximum>((x, y) => x.Maximum(y), Math.Max) with { Kinks = [([[1, 2, 3], [1, 3, 2]], 2, [[1, 0, 2], [1, 2, 0]])] },
        Binary<Minimum>((x, y) => x.Minimum(y), Math.Min) with { Kinks = [([[1, 2, 3], [1, 3, 2]], 2, [[1, 2, 0], [1, 0, 2]])] },
        Binary<Multiply>((x, y) => x * y, (x, y) => x * y),
        Binary<Power>((x, y) => x.Power(y), Math.Pow, Positive([3, 5]), [3, 5]) with
        {
            Special = [[0, 0, 1], [-2, 3, -8], [-2, 0.5, double.NaN]],
            Kinks = [([[0, 0, 2], [0, 2, 0]], 1, [[0, 0, 0], [0, 0, Math.Log(2)]])],
        },
        Binary<Subtract>((x, y) => x - y, (x, y) => x - y),

        Of<Where>(x => x[0].Where(x[1], x[2]), Mask([3, 5]), [3, 5], [3, 5]) with
        {
            Element = x => x[0] != 0 ? x[1] : x[2],
            Fails = [([[2], [2], [3]], "[2] with [3]"), ([[4], [3], [3]], "[4] with [3]")],
        },
        Of<RequireFinite>(x => x[0].RequireFinite("x"), [3, 5]) with { Reference = x => x[0], Also = [[[]], [[0]]] },
        Of<Cast>(x => x[0].Cast(DType.Int32), [3, 5]) with
        {
            Element = x => Math.Clamp(Math.Truncate(x[0]), int.MinValue, int.MaxValue),
            Special = [[double.NaN, 0], [1e30, int.MaxValue], [-1e30, int.MinValue], [-2.9, -2], [double.PositiveInfinity, int.MaxValue],
                [double.NegativeInfinity, int.MinValue]],
        },
        Of<Cast>(x => x[0].Cast(DType.Float32), new Input([3, 5]) { Type = DType.Float64 }) with
        {
            Variant = "to Float32",
            Element = x => (float)x[0],
            Smooth = false,
            Kinks = [([[0, -1.5, 2]], 3, [[3, 3, 3]])],
        },
        Of<Cast>(x => x[0].Cast(DType.Bool), [3, 5]) with { Variant = "to Bool", Element = x => x[0] != 0 ? 1 : 0 },
        Of<Cast>(x => x[0].Cast(DType.Float64), Mask([3, 5])) with { Variant = "from Bool", Element = x => x[0] },
    ];

    private static IEnumerable<OpCase> Comparisons =>
    [
        Compare<Equal>((x, y) => x.Equal(y), (x, y) => x == y),
        Compare<Greater>((x, y) => x > y, (x, y) => x > y),
        Compare<GreaterOrEqual>((x, y) => x >= y, (x, y) => x >= y),
        Compare<Less>((x, y) => x.Less(y), (x, y) => x < y),
        Compare<LessOrEqual>((x, y) => x.LessOrEqual(y), (x, y) => x <= y),
        Compare<NotEqual>((x, y) => x.NotEqual(y), (x, y) => x != y),
    ];

    private static IEnumerable<OpCase> Masks =>
    [
        Of<All>(x => x[0].All(), Mask([3, 5])) with
        {
            Reference = x => new([], [x[0].Elements.All(value => value != 0) ? 1 : 0]),
            Also = [[Mask([0])], [Holding([2], 1, 1) with { Type = DType.Bool }], [Mask([])]],
            Fails = [([new([3]) { Type = DType.Float32 }], "compare it")],
        },
        Of<All>(x => x[0].All(1, keepAxes: true), Mask([40, 2, 3])) with
        {
            Variant = "middle axis kept",
            Reference = x => Folded(x[0], [1], true, values => values.All(value => value != 0) ? 1 : 0),
            Also = [[Mask([2, 0, 3])]],
        },
        Of<Any>(x => x[0].Any(), Mask([3, 5])) with
        {
            Reference = x => new([], [x[0].Elements.Any(value => value != 0) ? 1 : 0]),
            Also = [[Mask([0])], [Holding([2], 0, 0) with { Type = DType.Bool }], [Mask([])]],
            Fails = [([new([3]) { Type = DType.Float32 }], "compare it")],
        },
        Of<Any>(x => x[0].Any([0, 2]), Mask([2, 40, 2])) with
        {
            Variant = "outer and inner axis",
            Reference = x => Folded(x[0], [0, 2], false, values => values.Any(value => value != 0) ? 1 : 0),
        },
        Function("And", x => x[0].And(x[1]), Mask([8, 5]), Mask([5])) with { Element = x => x[0] * x[1], Fails = NotAMask },
        Function("Or", x => x[0].Or(x[1]), Mask([8, 5]), Mask([5])) with { Element = x => Math.Max(x[0], x[1]), Fails = NotAMask },
        Function("Xor", x => x[0].Xor(x[1]), Mask([8, 5]), Mask([5])) with { Element = x => Math.Abs(x[0] - x[1]), Fails = NotAMask },
        Function("Not", x => x[0].Not(), Mask([8, 5])) with { Element = x => 1 - x[0], Fails = [([new([3]) { Type = DType.Int32 }], "needs Bool")] },
    ];

    private static IEnumerable<OpCase> Reductions =>
    [
        Of<Sum>(x => x[0].Sum(), [3, 5]) with
        {
            Reference = x => new([], [x[0].Elements.Sum()]),
            Also = [[[]], [[0]], [[2, 0]], [[1, 1, 1]], [[2, 3, 4]]],
            Large = [[300, 700]],
        },
        Of<Sum>(x => x[0].Sum([0, -1]), [3, 4, 5]) with
        {
            Variant = "outer and inner axis",
            Reference = x => Grid.Make([4], at => Grid.Sum(3, i => Grid.Sum(5, j => x[0][i, at[0], j]))),
            Large = [[30, 4, 900]],
            Fails = [([[3]], "twice"), ([[]], "a scalar has no axes")],
        },
        Of<Sum>(x => x[0].Sum(1, keepAxes: true), [3, 4, 5]) with
        {
            Variant = "middle axis kept",
            Reference = x => Grid.Make([x[0].Shape[0], 1, x[0].Shape[2]], at => Grid.Sum(x[0].Shape[1], i => x[0][at[0], i, at[2]])),
            Also = [[[3, 0, 5]], [[0, 4, 5]], [[1, 4, 1]]],
            Large = [[40, 60, 70]],
            Fails = [([[3]], "Sum got axis 1, but [3] has the axes -1 to 0")],
        },
        Of<Max>(x => x[0].Max(), Distinct([3, 5])) with
        {
            Reference = x => new([], [x[0].Elements.Max()]),
            Also = [[Distinct([])], [Distinct([1])]],
            Large = [Distinct([300, 200])],
            Kinks = [([[1, 1, 0]], 1, [[0.5, 0.5, 0]]), ([[2, 2, 2, 2]], 2, [[0.5, 0.5, 0.5, 0.5]])],
            Fails = [([[0]], "at least one element"), ([Mask([3])], "use Any")],
        },
        Of<Max>(x => x[0].Max([0, 2], keepAxes: true), Distinct([3, 4, 5])) with
        {
            Variant = "outer and inner axis kept",
            Reference = x => Folded(x[0], [0, 2], true, values => values.Max()),
            Also = [[Distinct([3, 0, 5])]],
        },
        Of<Min>(x => x[0].Min(), Distinct([3, 5])) with
        {
            Reference = x => new([], [x[0].Elements.Min()]),
            Also = [[Distinct([])], [Distinct([1])]],
            Large = [Distinct([300, 200])],
            Kinks = [([[1, 1, 2]], 1, [[0.5, 0.5, 0]])],
            Fails = [([[0]], "at least one element"), ([Mask([3])], "use All")],
        },
        Of<Min>(x => x[0].Min(1), Distinct([3, 4, 5])) with
        {
            Variant = "middle axis",
            Reference = x => Folded(x[0], [1], false, values => values.Min()),
            Also = [[Distinct([0, 4, 5])]],
        },
        Of<ArgMax>(x => x[0].ArgMax(1), new Input([3, 4, 5]) { Step = 1 }) with
        {
            Reference = x => Folded(x[0], [1], false, values => Array.IndexOf(values, values.Max())),
            Also = [[[1, 1]], [[0, 3]]],
            Fails = [([[3]], "axis 1"), ([[2, 0]], "at least one element")],
        },
        Of<ArgMax>(x => x[0].ArgMax(-1, keepAxis: true), new Input([3, 40]) { Step = 1 }) with
        {
            Variant = "innermost axis kept",
            Reference = x => Folded(x[0], [1], true, values => Array.IndexOf(values, values.Max())),
        },
        Of<ArgMin>(x => x[0].ArgMin(0), new Input([3, 4, 5]) { Step = 1 }) with
        {
            Reference = x => Folded(x[0], [0], false, values => Array.IndexOf(values, values.Min())),
            Fails = [([[]], "a scalar has no axes"), ([[0, 2]], "at least one element")],
        },
        Of<ArgMin>(x => x[0].ArgMin(1, keepAxis: true), new Input([3, 40]) { Step = 1 }) with
        {
            Variant = "innermost axis kept",
            Reference = x => Folded(x[0], [1], true, values => Array.IndexOf(values, values.Min())),
        },
        Of<CumulativeSum>(x => x[0].CumulativeSum(1), [3, 4, 5]) with
        {
            Reference = x => Grid.Make(x[0].Shape, at => Grid.Sum(at[1] + 1, i => x[0][[at[0], i, .. at[2..]]])),
            Also = [[[2, 33]], [[2, 0]], [[0, 2]]],
            Large = [[40, 50, 60]],
            Fails = [([[3]], "axis 1"), ([new([3, 3]) { Type = DType.UInt8, Least = 0 }], "Cast it to Int32")],
        },
        Of<CumulativeSum>(x => x[0].CumulativeSum(-2, reverse: true), [3, 4]) with
        {
            Variant = "from the end",
            Reference = x => Grid.Make(x[0].Shape, at => Grid.Sum(x[0].Shape[0] - at[0], i => x[0][at[0] + i, at[1]])),
        },
        Function("Product", x => x[0].Product(), [3, 5]) with
        {
            Reference = x => new([], [x[0].Elements.Aggregate(1.0, (product, value) => product * value)]),
            Also = [[[]], [[1]], [[0]], [[2, 1, 3]], [Holding([4], 2, 0, 3, 5)], [Holding([5], 0, 2, 0, 3, 1)]],
            Kinks = [([[2, 0, 3]], 1, [[0, 6, 0]])],
        },
        Function("Product", x => x[0].Product([0, 2], keepAxes: true), [3, 2, 2]) with
        {
            Variant = "outer and inner axis kept",
            Reference = x => Folded(x[0], [0, 2], true, values => values.Aggregate(1.0, (product, value) => product * value)),
        },
        Function("Mean", x => x[0].Mean(), [3, 5]) with
        {
            Reference = x => new([], [x[0].Elements.Average()]),
            Also = [[[]], [[1]]],
            Fails = [([[0]], "at least 1 elements"), ([Indices(5, [3])], "Cast")],
        },
        Function("Mean", x => x[0].Mean(-1, keepAxes: true), [3, 5]) with
        {
            Variant = "innermost axis kept",
            Reference = x => Folded(x[0], [1], true, values => values.Average()),
        },
        Function("Variance", x => x[0].Variance(1), [3, 5]) with
        {
            Reference = x => Folded(x[0], [1], false, values => Variance(values, 1)),
            Fails = [([[3, 1]], "at least 2 elements")],
        },
        Function("Variance", x => x[0].Variance(correction: 0), [3, 5]) with
        {
            Variant = "of these very numbers",
            Reference = x => new([], [Variance(x[0].Elements, 0)]),
        },
        Function("StandardDeviation", x => x[0].StandardDeviation(0, keepAxes: true), [3, 5]) with
        {
            Reference = x => Folded(x[0], [0], true, values => Math.Sqrt(Variance(values, 1))),
        },
        Function("Norm", x => x[0].Norm(1), [3, 5]) with
        {
            Reference = x => Folded(x[0], [1], false, values => Math.Sqrt(values.Sum(value => value * value))),
            Fails = [([[3]], "axis 1")],
        },
        Function("Norm", x => x[0].Norm(), [3, 5]) with
        {
            Variant = "over all",
            Reference = x => new([], [Math.Sqrt(x[0].Elements.Sum(value => value * value))]),
            Also = [[[]]],
            Kinks = [([[0, 0]], 1, [[0, 0]]), ([[3, -4]], 5, [[3, -4]])],
        },
        Function("LogSumExp", x => x[0].LogSumExp(-1), [3, 5]) with
        {
            Reference = x => Folded(x[0], [1], false, values => Math.Log(values.Sum(Math.Exp))),
            Fails = [([[3, 0]], "at least one element")],
        },
        Function("LogSumExp", x => x[0].LogSumExp(), [3, 5]) with
        {
            Variant = "over all",
            Reference = x => new([], [Math.Log(x[0].Elements.Sum(Math.Exp))]),
            Kinks =
            [
                ([[1000, 1000]], 1, [[0.5, 0.5]]),
                ([[-1000, 0]], 1, [[0, 1]]),
                ([[double.NegativeInfinity, 0]], 1, [[0, 1]]),
                ([[double.NegativeInfinity, double.NegativeInfinity]], 1, [[0, 0]]),
            ],
        },
    ];

    private static IEnumerable<OpCase> Movement =>
    [
        Of<Detach>(x => new Detach().Apply(x[0]), [3, 5]) with { Reference = x => x[0] },
        Of<Expand>(x => x[0].Expand([2, 3, 4]), [3, 1]) with
        {
            Reference = x => Grid.Make([2, 3, 4], at => x[0].Broadcast(at)),
            Also = [[[]], [[2, 1, 1]], [[1, 3, 4]]],
            Fails = [([[3]], "[2, 3, 4]"), ([[5, 2, 3, 4]], "[5, 2, 3, 4]")],
        },
        Of<Reshape>(x => x[0].Reshape([5, 3]), [3, 5]) with
        {
            Reference = x => new([5, 3], x[0].Elements),
            Also = [[[15]], [[1, 15, 1]]],
            Fails = [([[4, 4]], "[4, 4] with 16 for [5, 3] with 15")],
        },
        Of<Permute>(x => x[0].Permute([2, 0, 1]), [3, 4, 5]) with
        {
            Reference = x => Grid.Make([x[0].Shape[2], x[0].Shape[0], x[0].Shape[1]], at => x[0][at[1], at[2], at[0]]),
            Also = [[[1, 4, 1]], [[0, 2, 3]], [[33, 17, 20]]],
            Large = [[40, 50, 60]],
            Fails = [([[3, 4]], "axis 2")],
        },
        Of<Permute>(x => x[0].Transpose(), [3, 4, 5]) with
        {
            Variant = "last two axes",
            Reference = x => Transposed(x[0]),
            Also = [[[3, 4]], [[1, 9]], [[70, 90]]],
            Large = [[700, 90]],
            Fails = [([[3]], "Transpose got axis -2"), ([[]], "a scalar has no axes")],
        },
        Of<Permute>(x => x[0].Permute([3, 1, 2, 0, 4]), [2, 3, 4, 5, 2]) with
        {
            Variant = "inner axes stay together",
            Reference = x => Grid.Make([5, 3, 4, 2, 2], at => x[0][at[3], at[1], at[2], at[0], at[4]]),
            Fails = [([[3, 1]], "got axis 3")],
        },
        Of<Slice>(x => x[0].Slice(1, 1, 4), [3, 5]) with
        {
            Reference = x => Grid.Make([3, 3], at => x[0][at[0], at[1] + 1]),
            Fails = [([[3]], "Slice got axis 1")],
        },
        Of<Slice>(x => x[0].Slice(0, step: -2), [5, 3]) with
        {
            Variant = "backwards",
            Reference = x => Grid.Make([3, 3], at => x[0][4 - (2 * at[0]), at[1]]),
        },
        Of<Slice>(x => x[0].Slice(-1, -2), [2, 5]) with
        {
            Variant = "from the end",
            Reference = x => Grid.Make([2, 2], at => x[0][at[0], at[1] + 3]),
        },
        Of<Slice>(x => x[0].Slice(0, 4, 2), [5, 3]) with { Variant = "empty", Reference = x => new([0, 3], []) },
        Of<Slice>(x => x[0][1..3, ^1], [4, 5]) with
        {
            Variant = "square brackets",
            Reference = x => Grid.Make([2], at => x[0][at[0] + 1, 4]),
            Fails = [([[2, 5]], "range 1..3 is outside axis 0 of [2, 5]"), ([[5]], "2 indices were given for [5]")],
        },
        Of<Slice>(x => x[0][.., -2], [4, 5]) with
        {
            Variant = "one place",
            Reference = x => Grid.Make([4], at => x[0][at[0], 3]),
            Fails = [([[4, 1]], "outside axis 1 of [4, 1]")],
        },
        Of<Slice>(x => x[0].Flip(), [4, 5]) with { Variant = "flipped", Reference = x => Grid.Make([4, 5], at => x[0][3 - at[0], 4 - at[1]]) },
        Of<SliceGradient>(x => new SliceGradient([0, 4], [2, -2], [5, 6]).Apply(x[0]), [3, 2]) with
        {
            Reference = x => Grid.Make([5, 6], at => at[0] % 2 == 0 && at[1] is 2 or 4 ? x[0][at[0] / 2, (4 - at[1]) / 2] : 0),
            Fails = [([[4, 2]], "leaves the axis"), ([[3]], "a start, a step and a count for each axis")],
        },
        Of<Pad>(x => x[0].Pad([1, 0], [0, 2], 2), [3, 4]) with
        {
            Reference = x => Grid.Make([4, 6], at => at[0] < 1 || at[1] > 3 ? 2 : x[0][at[0] - 1, at[1]]),
            Fails = [([[3]], "a number before and after for each axis of [3]")],
        },
        Of<Pad>(x => x[0].Pad([2], [1]), [3]) with
        {
            Variant = "with zeros",
            Reference = x => Grid.Make([x[0].Shape[0] + 3], at => at[0] < 2 || at[0] >= x[0].Shape[0] + 2 ? 0 : x[0][at[0] - 2]),
            Also = [[[0]], [[1]]],
        },
        Of<Concatenate>(x => Tensor.Concatenate(x, 1), [3, 2], [3, 0], [3, 4]) with
        {
            AnyCount = true,
            Reference = x => Grid.Make([3, 6], at => at[1] < 2 ? x[0][at[0], at[1]] : x[2][at[0], at[1] - 2]),
            Fails = [([[3, 2], [2, 2]], "[3, 2] and, as tensor 1, [2, 2]"), ([[3, 2], new([3, 2]) { Type = DType.Int32 }], "one element type")],
        },
        Of<Concatenate>(x => Tensor.Concatenate(x), [2], [3]) with
        {
            Variant = "vectors",
            AnyCount = true,
            Reference = x => new([5], [.. x[0].Elements, .. x[1].Elements]),
        },
        Function("Stack", x => Tensor.Stack(x, -1), [3, 2], [3, 2]) with
        {
            Reference = x => Grid.Make([3, 2, 2], at => x[at[2]][at[0], at[1]]),
            Fails = [([[3], [2]], "[3] and, as tensor 1, [2]")],
        },
        Function("Split", x => x[0].Split(3, 1)[1], [2, 6]) with
        {
            Reference = x => Grid.Make([2, 2], at => x[0][at[0], at[1] + 2]),
            Fails = [([[2, 4]], "divide the extent 4")],
        },
        Function("Split", x => x[0].Split([1, 0, 2], 0)[2], [3, 2]) with
        {
            Variant = "by sizes",
            Reference = x => Grid.Make([2, 2], at => x[0][at[0] + 1, at[1]]),
            Fails = [([[4, 2]], "add up to the extent 4")],
        },
        Function("Unsqueeze", x => x[0].Unsqueeze(-1), [3, 2]) with { Reference = x => new([3, 2, 1], x[0].Elements) },
        Function("Squeeze", x => x[0].Squeeze(), [1, 3, 1]) with { Reference = x => new([3], x[0].Elements) },
        Function("Squeeze", x => x[0].Squeeze(0), [1, 3, 1]) with
        {
            Variant = "one axis",
            Reference = x => new([3, 1], x[0].Elements),
            Fails = [([[2, 3]], "axis 0 of [2, 3] has extent 2")],
        },
        Function("Flatten", x => x[0].Flatten(1), [2, 3, 4]) with
        {
            Reference = x => new([2, 12], x[0].Elements),
            Fails = [([[3]], "Flatten got axis 1")],
        },
        Function("Tile", x => x[0].Tile([2, 3]), [2, 2]) with
        {
            Reference = x => Grid.Make([4, 6], at => x[0][at[0] % 2, at[1] % 2]),
            Fails = [([[3]], "a number for each axis")],
        },
        Function("Repeat", x => x[0].Repeat(3, 0), [2, 2]) with
        {
            Reference = x => Grid.Make([6, 2], at => x[0][at[0] / 3, at[1]]),
            Fails = [([[]], "a scalar has no axes")],
        },
        Function("LowerTriangle", x => x[0].LowerTriangle(-1), [2, 4, 3]) with
        {
            Reference = x => Grid.Make([2, 4, 3], at => at[2] <= at[1] - 1 ? x[0][at] : 0),
            Fails = [([[3]], "needs matrices")],
        },
        Function("UpperTriangle", x => x[0].UpperTriangle(1), [4, 5]) with
        {
            Reference = x => Grid.Make([4, 5], at => at[1] >= at[0] + 1 ? x[0][at] : 0),
            Fails = [([[3]], "needs matrices")],
        },
    ];

    private static IEnumerable<OpCase> Indexing =>
    [
        Of<Gather>(x => x[0].Gather(x[1]), [4, 3], Indices(4, [2, 3])) with
        {
            Reference = x => Grid.Make([.. x[1].Shape, 3], at => x[0][(int)x[1][at[..^1]], at[^1]]),
            Also = [[[4, 3], Indices(4, [2], DType.Int64)], [[4, 3], Indices(4, [])], [[4, 3], Indices(4, [0])]],
            Fails = [([[4, 3], Holding([2], 1, 4)], "4"), ([[4, 3], Holding([2], -1, 0)], "-1"),
                ([[4, 3], new([2]) { Type = DType.Float32 }], "Int32 or Int64")],
        },
        Of<Gather>(x => x[0].Gather(x[1], axis: -1), [2, 3, 5], Indices(5, [4])) with
        {
            Variant = "innermost axis",
            Reference = x => Grid.Make([2, 3, 4], at => x[0][at[0], at[1], (int)x[1][at[2]]]),
        },
        Of<ScatterAdd>(x => x[0].ScatterAdd(x[1], 4), [5, 3], Indices(4, [5])) with
        {
            Reference = x => Grid.Make([4, 3], at => Grid.Sum(5, i => x[1][i] == at[0] ? x[0][i, at[1]] : 0)),
            Also = [[[5, 3], Indices(4, [5], DType.Int64)]],
            Fails = [([[5, 3], Indices(4, [4])], "[4] from axis 0 of the source on, got [5, 3]"), ([[2, 3], Holding([2], 0, 4)], "4")],
        },
        Of<ScatterAdd>(x => x[0].ScatterAdd(x[1], 3, axis: 1), [2, 2, 4, 2], Indices(3, [2, 4])) with
        {
            Variant = "two index axes inside",
            Reference = x => Grid.Make([2, 3, 2], at => Grid.Sum(2, i => Grid.Sum(4, j => x[1][i, j] == at[1] ? x[0][at[0], i, j, at[2]] : 0))),
        },
        Of<TakeAlongAxis>(x => x[0].TakeAlongAxis(x[1], 1), [3, 4, 2], Indices(4, [3, 5, 2])) with
        {
            Reference = x => Grid.Make(x[1].Shape, at => x[0][at[0], (int)x[1][at], at[2]]),
            Also = [[[3, 4, 2], Indices(4, [3, 1, 2], DType.Int64)], [[3, 4, 2], Indices(4, [3, 0, 2])]],
            Fails = [([[3, 4], Indices(4, [2, 4])], "[3, 4] and [2, 4]"), ([[1, 4], Holding([1, 1], 7)], "7")],
        },
        Of<ScatterAddAlongAxis>(x => x[0].ScatterAddAlongAxis(x[1], 4, 1), [3, 5, 2], Indices(4, [3, 5, 2])) with
        {
            Reference = x => Grid.Make([3, 4, 2], at => Grid.Sum(5, j => x[1][at[0], j, at[2]] == at[1] ? x[0][at[0], j, at[2]] : 0)),
            Fails = [([[3, 5], Indices(4, [3, 4])], "[3, 5] and [3, 4]"), ([[1, 1], Holding([1, 1], -2)], "-2")],
        },
        Of<OneHot>(x => x[0].OneHot(4, DType.Float64), Indices(4, [2, 3])) with
        {
            Reference = x => Grid.Make([.. x[0].Shape, 4], at => x[0][at[..^1]] == at[^1] ? 1 : 0),
            Also = [[Indices(4, [])], [Indices(4, [5], DType.Int64)]],
            Fails = [([Holding([3], 0, 1, 4)], "4"), ([new([2]) { Type = DType.Float32 }], "Int32 or Int64")],
        },
    ];

    private static IEnumerable<OpCase> Linear =>
    [
        Of<MatMul>(x => x[0].MatMul(x[1]), [3, 4], [4, 2]) with
        {
            Reference = x => MatrixProduct(x[0], x[1]),
            Also = [[[1, 1], [1, 1]], [[3, 0], [0, 2]], [[0, 4], [4, 2]], [[2, 3, 4], [4, 2]], [[2, 1, 3, 4], [5, 4, 2]], [[3, 4], [2, 4, 2]],
                [[17, 33], [33, 19]]],
            Large = [[150, 300], [300, 170]],
            Fails = [([[3, 4], [3, 2]], "4 ≠ 3"), ([[3, 4], [2, 4]], "transpose the right one"), ([[2, 3, 4], [3, 4, 5]], "[2] with [3]")],
        },
        Of<MatMul>(x => x[0].MatMul(x[1], transposeLeft: true), [4, 3], [4, 2]) with
        {
            Variant = "xᵀ y",
            Reference = x => MatrixProduct(Transposed(x[0]), x[1]),
            Also = [[[2, 4, 3], [4, 2]], [[2, 4, 3], [2, 4, 2]], [[2, 1, 4, 3], [5, 4, 2]]],
            Large = [[300, 150], [300, 170]],
            Fails = [([[3, 4], [4, 2]], "3 ≠ 4")],
        },
        Of<MatMul>(x => x[0].MatMul(x[1], transposeRight: true), [3, 4], [2, 4]) with
        {
            Variant = "x yᵀ",
            Reference = x => MatrixProduct(x[0], Transposed(x[1])),
            Also = [[[2, 3, 4], [2, 4]], [[2, 3, 4], [2, 2, 4]], [[2, 1, 3, 4], [5, 2, 4]]],
            Large = [[150, 300], [170, 300]],
            Fails = [([[3, 4], [4, 2]], "4 ≠ 2")],
        },
        Of<MatMul>(x => x[0].MatMul(x[1], transposeLeft: true, transposeRight: true), [4, 3], [2, 4]) with
        {
            Variant = "xᵀ yᵀ",
            Reference = x => MatrixProduct(Transposed(x[0]), Transposed(x[1])),
            Also = [[[2, 4, 3], [2, 4]], [[2, 4, 3], [2, 2, 4]]],
            Fails = [([[3, 4], [4, 2]], "3 ≠ 2")],
        },
        Of<MatMul>(x => x[0].MatMul(x[1]), [4], [4, 2]) with
        {
            Variant = "vector left",
            Reference = x => Grid.Make([2], at => Grid.Sum(4, i => x[0][i] * x[1][i, at[0]])),
            Fails = [([[], [3, 4]], "multiply a scalar with *")],
        },
        Of<MatMul>(x => x[0].MatMul(x[1]), [3, 4], [4]) with
        {
            Variant = "vector right",
            Reference = x => Grid.Make([3], at => Grid.Sum(4, i => x[0][at[0], i] * x[1][i])),
        },
        Of<MatMul>(x => x[0].MatMul(x[1]), [4], [4]) with
        {
            Variant = "vectors",
            Reference = x => new([], [Grid.Sum(4, i => x[0][i] * x[1][i])]),
        },
        Function("Dot", x => x[0].Dot(x[1]), [4], [4]) with
        {
            Reference = x => new([], [Grid.Sum(4, i => x[0][i] * x[1][i])]),
            Fails = [([[4], [3]], "[4] and [3]")],
        },
        Function("Outer", x => x[0].Outer(x[1]), [4], [3]) with
        {
            Reference = x => Grid.Make([4, 3], at => x[0][at[0]] * x[1][at[1]]),
            Fails = [([[4, 1], [3]], "two vectors")],
        },
        Function("Einsum", x => Tensor.Einsum("ij,jk->ik", x), [3, 4], [4, 2]) with
        {
            Reference = x => MatrixProduct(x[0], x[1]),
            Fails = [([[3, 4], [3, 2]], "one extent for 'j'"), ([[3], [4, 2]], "the 2 letters")],
        },
        Function("Einsum", x => Tensor.Einsum("bij, kj", x), [2, 3, 4], [5, 4]) with
        {
            Variant = "implied result",
            Reference = x => Grid.Make([2, 3, 5], at => Grid.Sum(4, j => x[0][at[0], at[1], j] * x[1][at[2], j])),
        },
        Function("Einsum", x => Tensor.Einsum("bji,bjk->kbi", x), [2, 4, 3], [2, 4, 5]) with
        {
            Variant = "batch and transposes",
            Reference = x => Grid.Make([5, 2, 3], at => Grid.Sum(4, j => x[0][at[1], j, at[2]] * x[1][at[1], j, at[0]])),
        },
        Function("Einsum", x => Tensor.Einsum("aibi->ba", x), [2, 4, 3, 4]) with
        {
            Variant = "diagonal summed",
            Reference = x => Grid.Make([3, 2], at => Grid.Sum(4, i => x[0][at[1], i, at[0], i])),
        },
        Function("Einsum", x => Tensor.Einsum("i,j,ijk->k", x), [3], [4], [3, 4, 2]) with
        {
            Variant = "three operands",
            Reference = x => Grid.Make([2], at => Grid.Sum(3, i => Grid.Sum(4, j => x[0][i] * x[1][j] * x[2][i, j, at[0]]))),
        },
    ];

    private static IEnumerable<OpCase> Windows =>
    [
        .. Convolutions("one window", [2, 3, 5, 6], [4, 3, 3, 2], new([1, 1], [0, 0], [1, 1])),
        .. Convolutions("strides and padding", [2, 2, 6, 7], [3, 2, 3, 3], new([2, 3], [1, 2], [1, 1])),
        .. Convolutions("dilation and groups", [1, 4, 7, 6], [6, 2, 2, 3], new([1, 2], [2, 1], [3, 2], 2)),
        .. Convolutions("points", [2, 3, 4, 3], [5, 3, 1, 1], new([1, 1], [0, 0], [1, 1])),
        Of<Convolution2d>(x => x[0].Convolve(x[1], x[2], padding: 1), [2, 2, 4, 4], [3, 2, 3, 3], [3]) with
        {
            Variant = "bias",
            Reference = x =>
            {
                Grid y = Window.Convolve(x[0], x[1], new([1, 1], [1, 1], [1, 1]));
                return Grid.Make(y.Shape, at => y[at] + x[2][at[1]]);
            },
            Large = [[8, 4, 28, 28], [8, 4, 3, 3], [8]],
            Fails =
            [
                ([[2, 2, 4, 4], [3, 2, 3, 3], [2]], "a bias of [3]"),
                ([[2, 2, 4, 4], [3, 1, 3, 3], [3]], "2 in the images [2, 2, 4, 4] and 1 in the weights [3, 1, 3, 3]"),
                ([[2, 2, 4, 4], [3, 2, 7, 3], [3]], "needs a window that fits, got 7 × 3"),
                ([[2, 4, 4], [3, 2, 3, 3], [3]], "[batch, channels, height, width]"),
            ],
        },
        .. Pools("one window", [2, 3, 4, 6], new([2, 3], [2, 3], [0, 0])),
        .. Pools("overlaps and padding", [2, 5, 7], new([3, 2], [1, 2], [2, 1])),
    ];

    private static IEnumerable<OpCase> Fused =>
    [
        Of<Softmax>(x => x[0].Softmax(), [3, 5]) with
        {
            Reference = x => EachRow(x[0], row => Softmax(row)),
            Also = [[[1]], [[0, 3]], [[2, 3, 37]]],
            Large = [[700, 90]],
            Kinks = [([[1000, 1000]], 1, [[0, 0]]), ([[double.NegativeInfinity, 0]], 1, [[0, 0]])],
            Fails = [([[]], "has no axes")],
        },
        Of<Softmax>(x => x[0].Softmax(0), [5, 3]) with
        {
            Variant = "outer axis",
            Reference = x => Transposed(EachRow(Transposed(x[0]), row => Softmax(row))),
            Fails = [([[]], "has no axes")],
        },
        Of<SoftmaxGradient>(x => new SoftmaxGradient().Apply(x), [3, 5], [3, 5]) with
        {
            Reference = x => Grid.Make(x[0].Shape, at =>
                x[1][at] * (x[0][at] - Grid.Sum(x[0].Shape[^1], i => x[0][[.. at[..^1], i]] * x[1][[.. at[..^1], i]]))),
            Large = [[700, 90], [700, 90]],
            Fails = [([[3, 5], [3, 4]], "inputs of one spec")],
        },
        Of<LogSoftmax>(x => x[0].LogSoftmax(), [3, 5]) with
        {
            Reference = x => EachRow(x[0], row => [.. row.Select(value => value - Math.Log(row.Sum(Math.Exp)))]),
            Also = [[[1]], [[0, 3]], [[2, 3, 37]]],
            Large = [[700, 90]],
            Kinks = [([[1000, 1000]], 1, [[0, 0]])],
            Fails = [([[]], "has no axes")],
        },
        Of<LogSoftmaxGradient>(x => new LogSoftmaxGradient().Apply(x), [3, 5], [3, 5]) with
        {
            Reference = x => Grid.Make(x[0].Shape, at => x[0][at] - (Math.Exp(x[1][at]) * Grid.Sum(x[0].Shape[^1], i => x[0][[.. at[..^1], i]]))),
            Large = [[700, 90], [700, 90]],
            Fails = [([[3, 5], [3, 4]], "inputs of one spec")],
        },
        Of<CrossEntropy>(x => x[0].CrossEntropy(x[1]), [3, 5], Indices(5, [3])) with
        {
            Reference = x => Grid.Make(x[1].Shape, at => -Math.Log(Softmax(Row(x[0], at))[(int)x[1][at]])),
            Also = [[[2, 3, 7], Indices(7, [2, 3], DType.Int64)], [[4], Indices(4, [])], [[0, 3], Indices(3, [0])]],
            Large = [[700, 90], Indices(90, [700])],
            Fails = [([[3, 5], Indices(5, [2])], "one target a row"), ([[1, 5], Holding([1], 5)], "5"),
                ([[3, 5], new([3]) { Type = DType.Float32 }], "Int32 or Int64")],
        },
        Of<CrossEntropyGradient>(x => new CrossEntropyGradient().Apply(x), [3, 5], Indices(5, [3]), [3]) with
        {
            Reference = x => Grid.Make(x[0].Shape, at =>
                (Softmax(Row(x[0], at[..^1]))[at[^1]] - (x[1][at[..^1]] == at[^1] ? 1 : 0)) * x[2][at[..^1]]),
            Large = [[700, 90], Indices(90, [700]), [700]],
            Fails = [([[3, 5], Indices(5, [3]), [2]], "upstream gradient")],
        },
        Of<LayerNormalization>(x => x[0].LayerNormalization(epsilon: 0.01), [3, 5]) with
        {
            Reference = x => EachRow(x[0], row => Normalized(row, 0.01)),
            Also = [[[1]], [[0, 3]], [[2, 3, 37]]],
            Large = [[700, 90]],
            Fails = [([[]], "1 to 0 axes"), ([[3, 0]], "at least one element")],
        },
        Of<LayerNormalization>(x => x[0].LayerNormalization(axes: 2), [2, 3, 4]) with
        {
            Variant = "two axes",
            Reference = x => new([2, 3, 4], EachRow(new([2, 12], x[0].Elements), row => Normalized(row, 1e-5)).Elements),
        },
        Of<LayerNormalizationGradient>(x => new LayerNormalizationGradient(0.01).Apply(x), [3, 5], [3, 5]) with
        {
            Reference = x => Grid.Make(x[0].Shape, at =>
            {
                double[] row = Row(x[0], at[..^1]), upstream = Row(x[1], at[..^1]), y = Normalized(row, 0.01);
                double mean = upstream.Average(), along = upstream.Zip(y, (u, v) => u * v).Average();
                return (upstream[at[^1]] - mean - (y[at[^1]] * along)) / Math.Sqrt(Variance(row, 0) + 0.01);
            }),
            Large = [[700, 90], [700, 90]],
            Fails = [([[3, 5], [3, 4]], "inputs of one spec")],
        },
        Of<SelfAttention>(x => x[0].SelfAttention(2), [2, 3, 12]) with
        {
            Reference = x => Attention(x[0], heads: 2, isCausal: false),
            Also = [[[1, 1, 6]], [[2, 0, 6]], [[1, 67, 6]]],
            Large = [[6, 150, 48]],
            Fails = [([[2, 3, 10]], "a width that 2 heads divide"), ([[3, 12]], "[batch, time, 3 width]")],
        },
        Of<SelfAttention>(x => x[0].SelfAttention(1, isCausal: true), [2, 3, 6]) with
        {
            Variant = "causal",
            Reference = x => Attention(x[0], heads: 1, isCausal: true),
            Also = [[[1, 1, 3]], [[1, 67, 6]]],
            Large = [[6, 150, 48]],
        },
        Of<BatchNormalization>(x => x[0].BatchNormalization(x[1], x[2], 0.01).Result, [3, 2, 4], [2], [2]) with
        {
            Reference = x => BatchNormalized(x[0], x[1], x[2], 0.01),
            Also = [[[4, 3], [3], [3]], [[2, 3, 5, 7], [3], [3]], [[1, 1, 1], [1], [1]]],
            Large = [[8, 16, 40, 37], [16], [16]],
            Fails = [([[3, 2, 4], [3], [2]], "a weight of"), ([[3, 2, 4], [2], [1]], "a bias of"), ([[3, 0], [0], [0]], "at least one element")],
        },
    ];

    // drive: [time, batch, gates · hidden]   biases: [gates · hidden]   weight: [gates · hidden, hidden].
    private static IEnumerable<OpCase> Recurrent =>
    [
        Of<RecurrentStates>(x => x[0].RnnStates(x[1], x[2], x[3]), [3, 2, 4], [4], [4], [4, 4]) with
        {
            Variant = "plain",
            Reference = x => Recurrence.States(x, 1, (sums, hidden, _, _) => (Math.Tanh(sums[0] + hidden[0]), 0)),
            Also = [[[1, 2, 3], [3], [3], [3, 3]]],
            Large = [[7, 40, 64], [64], [64], [64, 64]],
            Fails = [([[3, 2, 4], [4], [3], [4, 4]], "[3, 2, 4], [4], [3] and [4, 4]"), ([[0, 2, 4], [4], [4], [4, 4]], "at least one step")],
        },
        Of<RecurrentStates>(x => x[0].LstmStates(x[1], x[2], x[3]), [3, 2, 8], [8], [8], [8, 2]) with
        {
            Variant = "long short-term memory",
            Reference = x => Recurrence.States(x, 4, Recurrence.Lstm),
            Large = [[7, 40, 64], [64], [64], [64, 16]],
            Fails = [([[3, 2, 8], [8], [8], [8, 3]], "[8, 3]")],
        },
        Of<RecurrentStates>(x => x[0].GruStates(x[1], x[2], x[3], lastOnly: true), [3, 2, 6], [6], [6], [6, 2]) with
        {
            Variant = "gated, last state",
            Reference = x => Recurrence.Last(Recurrence.States(x, 3, Recurrence.Gru)),
            Large = [[7, 40, 48], [48], [48], [48, 16]],
            Fails = [([[3, 2, 6], [6], [6], [5, 2]], "[5, 2]")],
        },
    ];

    private static IEnumerable<OpCase> Drawn =>
    [
        Of<Dropout>(x => x[0].Dropout(0.25, new RandomKey(x[1])), [3, 50], Key(77)) with
        {
            // Each element has a word of its own, four words a counter.
            Reference = x => new(x[0].Shape, [.. x[0].Elements.Select((value, i) => Word(77, i) < 0.25 * 4294967296.0 ? 0 : value / 0.75)]),
            Also = [[[0], Key(77)], [[], Key(77)]],
            Large = [[70_001], Key(77)],
            Fails = [([[3], Holding([1], 1) with { Type = DType.Int64 }], "Int64 scalar")],
        },
        Of<RandomUniform>(x => new RandomKey(x[0]).Uniform([3, 50], -1, 3), Key(77)) with
        {
            Reference = x => new([3, 50], [.. Enumerable.Range(0, 150).Select(i => -1 + (4 * Math.Floor(Word(77, i) / 256.0) / (1 << 24)))]),
            Large = [Key(78)],
            Fails = [([Holding([1], 1) with { Type = DType.Int64 }], "Int64 scalar")],
        },
        Of<RandomUniform>(x => new RandomKey(x[0]).Uniform([70_001], dtype: DType.Float64), Key(-5)) with
        {
            Variant = "Float64",
            Reference = x => new([70_001], [.. Enumerable.Range(0, 70_001).Select(i => Unit(-5, i))]),
        },
        Of<RandomNormal>(x => new RandomNormal([3, 50], DType.Float64).Apply(x), Key(77)) with
        {
            Reference = x => new([3, 50], [.. Enumerable.Range(0, 150).Select(i => Normal(77, i))]),
            Ulps = (0, 100),
            Fails = [([Holding([1], 1) with { Type = DType.Int64 }], "Int64 scalar")],
        },
        Of<FoldIn>(x => new RandomKey(x[0]).At(3).Bits, Key(77)) with
        {
            Reference = x => new([], [unchecked((long)Philox.Derive(77, 3))]),
            Fails = [([Holding([1], 1) with { Type = DType.Int64 }], "Int64 scalar")],
        },
        Of<FoldInStep>(x => new RandomKey(x[0]).At(x[1]).Bits, Key(77), Holding([], 3) with { Type = DType.Int32 }) with
        {
            Reference = x => new([], [unchecked((long)Philox.Derive(77, 3))]),
            Fails = [([Key(77), Holding([], 0.5) with { Type = DType.Float64 }], "whole step"),
                ([Key(77), Holding([2], 1, 2) with { Type = DType.Int32 }], "scalar")],
        },
    ];

    // The convolution and its two gradients, which are one another's; each is a row, with the plain sums as reference.
    private static IEnumerable<OpCase> Convolutions(string variant, Shape images, Shape weights, Window window)
    {
        (Axes stride, Axes padding, Axes dilation, int groups) = (window.Stride, window.Padding, window.Dilation, window.Groups);
        Shape result = Window.Convolve(Grid.Make(images, _ => 0), Grid.Make(weights, _ => 0), window).Shape;
        yield return Of<Convolution2d>(x => x[0].Convolve(x[1], null, stride, padding, dilation, groups), new(images), new(weights)) with
        {
            Variant = variant,
            Reference = x => Window.Convolve(x[0], x[1], window),
        };
        yield return Of<Convolution2dInputGradient>(x =>
            new Convolution2dInputGradient(stride, padding, dilation, groups, images).Apply(x), new(result), new(weights)) with
        {
            Variant = variant,
            Reference = x => Window.InputGradient(x[0], x[1], images, window),
            Fails = [([new(result.With(0, 7)), new(weights)], $"an upstream gradient of {result}")],
        };
        yield return Of<Convolution2dWeightGradient>(x =>
            new Convolution2dWeightGradient(stride, padding, dilation, groups, weights).Apply(x), new(images), new(result)) with
        {
            Variant = variant,
            Reference = x => Window.WeightGradient(x[0], x[1], weights, window),
            Fails = [([new(images), new(result.With(1, 7))], $"an upstream gradient of {result}")],
        };
    }

    private static IEnumerable<OpCase> Pools(string variant, Shape planes, Pool pool)
    {
        (Axes window, Axes stride, Axes padding) = (pool.Size, pool.Stride, pool.Padding);
        Shape result = planes.With(planes.Rank - 2, pool.Down(planes)).With(planes.Rank - 1, pool.Right(planes));
        (Input[], string)[] fails = [([[4]], "planes"), ([new(planes.With(planes.Rank - 1, 0))], "a window that fits")];
        yield return Of<MaxPool2d>(x => x[0].MaxPool2d(window, stride, padding), Distinct(planes)) with
        {
            Variant = variant,
            Reference = x => Grid.Make(result, at => pool.Elements(x[0], at).Max(element => element.Value)),
            Fails = fails,
        };
        yield return Of<MaxPool2dPlaces>(x => new MaxPool2dPlaces(window, stride, padding).Apply(x), new Input(planes) { Step = 1 }) with
        {
            Variant = variant,
            Reference = x => Grid.Make(result, at => pool.Elements(x[0], at).MaxBy(element => element.Value).Place),
            Fails = fails,
        };
        foreach (bool countPadding in new[] { true, false })
        {
            double Share(int[] at, Grid like) => 1.0 / (countPadding ? window[0] * window[1] : pool.Elements(like, at).Count());
            string name = countPadding ? variant : $"{variant}, padding not counted";
            yield return Of<AveragePool2d>(x => x[0].AveragePool2d(window, stride, padding, countPadding), new Input(planes)) with
            {
                Variant = name,
                Reference = x => Grid.Make(result, at => pool.Elements(x[0], at).Sum(element => element.Value) * Share(at, x[0])),
                Fails = fails,
            };
            yield return Of<AveragePool2dGradient>(x =>
                new AveragePool2dGradient(window, stride, padding, countPadding, planes).Apply(x), new Input(result)) with
            {
                Variant = name,
                Reference = x =>
                {
                    double[] downstream = new double[planes.Aggregate((product, extent) => product * extent)];
                    Grid places = Grid.Make(planes, _ => 0);
                    for (int i = 0; i < downstream.Length; i++) places.Elements[i] = i;
                    // Each window hands every element under it an equal share; an element's number is its value here.
                    Grid.Make(result, at =>
                    {
                        foreach ((double element, _) in pool.Elements(places, at)) downstream[(int)element] += x[0][at] * Share(at, places);
                        return 0;
                    });
                    return new(planes, downstream);
                },
                Fails = [([new(result.With(0, 9))], $"an upstream gradient of {result}")],
            };
        }
    }

    private static (Input[], string)[] NotAMask =>
        [([new([3]) { Type = DType.Int32 }, Mask([3])], "needs Bool"), ([Mask([3]), new([3]) { Type = DType.Int32 }], "needs Bool")];

    private static Input AwayFrom(params double[] kinks) => new([3, 5]) { Avoid = x => kinks.Any(kink => Math.Abs(x - kink) < 0.05) };

    private static Input AwayFromWhole => new([3, 5]) { Avoid = x => Math.Abs(x - Math.Round(x)) < 0.05 };

    private static Input AwayFromHalves => new([3, 5]) { Avoid = x => Math.Abs(x - Math.Floor(x) - 0.5) < 0.05 };
}
