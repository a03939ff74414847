using Nabla.Operations;
using static Nabla.Tests.Input;
using static Nabla.Tests.OpCase;

namespace Nabla.Tests;

/// <summary>THE table: a row for each operation. Every row goes through every check of <see cref="OperationChecks"/>.</summary>
public static class OperationTable
{
    public static IReadOnlyList<OpCase> Rows { get; } =
    [
        .. Elementwise, .. Comparisons, .. Reductions, .. Movement, .. Linear,
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
            Special = [[double.NegativeInfinity, -1.5]],
            Kinks = [([[0, 1]], 1, [[1.5, 1]])],
        },
        Unary<Erf>(x => x.Erf(), Series.Erf) with { Special = [[0.5, 0.5204998778130465], [2, 0.9953222650189527], [6, 1]] },
        Unary<Exp>(x => x.Exp(), Math.Exp) with { Special = [[double.NegativeInfinity, 0], [0, 1], [1, Math.E]] },
        Unary<Expm1>(x => x.Expm1(), Series.Expm1) with { Special = [[double.NegativeInfinity, -1]] },
        Unary<Floor>(x => x.Floor(), Math.Floor, AwayFromWhole) with { Kinks = [([[1, 1.5]], 1, [[0, 0]])] },
        Unary<Gelu>(x => x.Gelu(), x => 0.5 * x * (1 + Series.Erf(x / Math.Sqrt(2)))),
        Unary<GeluTanh>(x => x.GeluTanh(), x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))))),
        Unary<LeakyRelu>(x => x.LeakyRelu(0.25), x => x > 0 ? x : 0.25 * x, AwayFrom(0)) with { Kinks = [([[0, 1]], 2, [[0.5, 2]])] },
        Unary<Log>(x => x.Log(), Math.Log, Positive([3, 5])) with { Special = [[0, double.NegativeInfinity], [1, 0], [-1, double.NaN]] },
        Unary<Log1p>(x => x.Log1p(), Series.Log1p, Between(-0.9, 3, [3, 5])) with { Special = [[-1, double.NegativeInfinity], [-1.5, double.NaN]] },
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
        Of<Cast>(x => x[0].Cast(DType.Int32), [3, 5]) with
        {
            Element = x => Math.Truncate(x[0]),
            Special = [[double.NaN, 0], [1e30, int.MaxValue], [-1e30, int.MinValue], [-2.9, -2], [double.PositiveInfinity, int.MaxValue], [double.NegativeInfinity, int.MinValue]],
        },
        Of<Cast>(x => x[0].Cast(DType.Float32), [3, 5]) with
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
    ];

    private static IEnumerable<OpCase> Linear =>
    [
        Of<MatMul>(x => x[0].MatMul(x[1]), [3, 4], [4, 2]) with
        {
            Reference = x => MatrixProduct(x[0], x[1]),
            Also = [[[1, 1], [1, 1]], [[3, 0], [0, 2]], [[0, 4], [4, 2]], [[2, 3, 4], [4, 2]], [[2, 1, 3, 4], [5, 4, 2]], [[3, 4], [2, 4, 2]], [[17, 33], [33, 19]]],
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
    ];

    private static Input AwayFrom(params double[] kinks) => new([3, 5]) { Avoid = x => kinks.Any(kink => Math.Abs(x - kink) < 0.05) };

    private static Input AwayFromWhole => new([3, 5]) { Avoid = x => Math.Abs(x - Math.Round(x)) < 0.05 };

    private static Input AwayFromHalves => new([3, 5]) { Avoid = x => Math.Abs(x - Math.Floor(x) - 0.5) < 0.05 };

    // x: […, m, k]   y: […, k, n]; the batch axes broadcast.
    private static Grid MatrixProduct(Grid x, Grid y)
    {
        int rank = Math.Max(x.Shape.Rank, y.Shape.Rank), inner = x.Shape[^1];
        int[] extents = new int[rank];
        for (int i = 3; i <= rank; i++) extents[^i] = Math.Max(i <= x.Shape.Rank ? x.Shape[^i] : 1, i <= y.Shape.Rank ? y.Shape[^i] : 1);
        (extents[^2], extents[^1]) = (x.Shape[^2], y.Shape[^1]);
        return Grid.Make([.. extents], at => Grid.Sum(inner, k =>
        {
            int[] left = [.. at[..^1], k], right = [.. at[..^2], k, at[^1]];
            return Batched(x, left) * Batched(y, right);
        }));

        // The batch axes broadcast, the matrix axes do not.
        static double Batched(Grid grid, int[] at)
        {
            int[] own = at[^grid.Shape.Rank..];
            for (int axis = 0; axis < own.Length - 2; axis++)
                if (grid.Shape[axis] == 1) own[axis] = 0;
            return grid[own];
        }
    }

    private static Grid Transposed(Grid x)
    {
        int[] extents = [.. x.Shape];
        (extents[^1], extents[^2]) = (extents[^2], extents[^1]);
        return Grid.Make([.. extents], at => x[[.. at[..^2], at[^1], at[^2]]]);
    }
}
