using Nabla.Operations;

namespace Nabla.Tests;

/// <summary>Definitions in plain loops, for rows whose reference does not fit on a line.</summary>
internal static class References
{
    /// <summary>Folds the elements along some axes into one each.</summary>
    public static Grid Folded(Grid x, int[] axes, bool keep, Func<double[], double> fold)
    {
        Shape kept = x.Shape, folds = Shape.Scalar;
        foreach (int axis in axes)
        {
            folds = folds.Insert(folds.Rank, x.Shape[axis]);
            kept = kept.With(axis, 1);
        }
        Grid result = Grid.Make(kept, at =>
        {
            int[] place = [.. at];
            return fold(Grid.Make(folds, along =>
            {
                for (int i = 0; i < axes.Length; i++) place[axes[i]] = along[i];
                return x[place];
            }).Elements);
        });
        if (keep) return result;
        Shape without = kept;
        foreach (int axis in axes.OrderDescending()) without = without.Without(axis);
        return result with { Shape = without };
    }

    public static double Variance(double[] values, int correction)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - correction);
    }

    /// <summary>parts: [batch, time, 3 width]; each step mixes the values of those it sees by the softmax of q · k / √d.</summary>
    public static Grid Attention(Grid parts, int heads, bool isCausal)
    {
        int time = parts.Shape[1], width = parts.Shape[2] / 3, d = width / heads;
        return Grid.Make(parts.Shape.With(2, width), at =>
        {
            (int sample, int step, int head) = (at[0], at[1], at[2] / d);
            double[] scores = [.. Enumerable.Range(0, isCausal ? step + 1 : time).Select(other =>
                Grid.Sum(d, i => parts[sample, step, (head * d) + i] * parts[sample, other, width + (head * d) + i]) / Math.Sqrt(d))];
            double[] weights = Softmax(scores);
            return Grid.Sum(weights.Length, other => weights[other] * parts[sample, other, (2 * width) + at[2]]);
        });
    }

    /// <summary>x: [batch, channels, …]; each channel by its own mean and variance.</summary>
    public static Grid BatchNormalized(Grid x, Grid weight, Grid bias, double epsilon)
    {
        int[] axes = [0, .. Enumerable.Range(2, x.Shape.Rank - 2)];
        Grid means = Folded(x, axes, keep: true, values => values.Average()), variances = Folded(x, axes, keep: true, values => Variance(values, 0));
        return Grid.Make(x.Shape, at => ((x[at] - means.Broadcast(at)) / Math.Sqrt(variances.Broadcast(at) + epsilon) * weight[at[1]]) + bias[at[1]]);
    }

    /// <summary>x: […, m, k]   y: […, k, n]; the axes before them broadcast.</summary>
    public static Grid MatrixProduct(Grid x, Grid y)
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

    public static Grid Transposed(Grid x)
    {
        int[] extents = [.. x.Shape];
        (extents[^1], extents[^2]) = (extents[^2], extents[^1]);
        return Grid.Make([.. extents], at => x[[.. at[..^2], at[^1], at[^2]]]);
    }

    /// <summary>The row of the innermost axis at a place of the others.</summary>
    public static double[] Row(Grid x, int[] at) => [.. Enumerable.Range(0, x.Shape[^1]).Select(i => x[[.. at, i]])];

    public static Grid EachRow(Grid x, Func<double[], double[]> function) => Grid.Make(x.Shape, at => function(Row(x, at[..^1]))[at[^1]]);

    public static double[] Softmax(double[] row)
    {
        double largest = row.Max();
        double[] powers = [.. row.Select(value => Math.Exp(value - largest))];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    public static double[] Normalized(double[] row, double epsilon) =>
        [.. row.Select(value => (value - row.Average()) / Math.Sqrt(Variance(row, 0) + epsilon))];

    /// <summary>The word of an element that takes one: four a counter, one counter after the other.</summary>
    public static uint Word(long key, int element)
    {
        (uint a, uint b, uint c, uint d) = Philox.Words(unchecked((ulong)key), (ulong)element / 4);
        return (element % 4) switch { 0 => a, 1 => b, 2 => c, _ => d };
    }

    /// <summary>53 bits of the two words of an element that takes two.</summary>
    public static double Unit(long key, int element) => Bits(key, element) / (1L << 53);

    /// <summary>Box and Muller: two uniform numbers, the first between two steps so that it is never 0, give two normal ones.</summary>
    public static double Normal(long key, int element)
    {
        double radius = Math.Sqrt(-2 * Math.Log((Bits(key, element & ~1) + 0.5) / (1L << 53))), angle = 2 * Math.PI * Unit(key, element | 1);
        return radius * (element % 2 == 0 ? Math.Cos(angle) : Math.Sin(angle));
    }

    private static double Bits(long key, int element) => (((ulong)Word(key, 2 * element) << 32) | Word(key, (2 * element) + 1)) >> 11;
}
