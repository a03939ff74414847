using System.Collections.Immutable;

namespace Nabla;

/// <summary>What a person needs to know of a tensor's values: all of them when they are few, else their range, size and spread.</summary>
/// <remarks>Least, most, mean, norm and histogram are of the finite elements; all are 0 where there is none.</remarks>
public sealed record TensorSummary
{
    /// <summary>Up to so many elements are given one by one.</summary>
    public const int ElementLimit = 64;

    /// <summary>How many bins a histogram has.</summary>
    public const int Bins = 16;

    /// <summary>The extents.</summary>
    public required Shape Shape { get; init; }

    /// <summary>The element type.</summary>
    public required DType DType { get; init; }

    /// <summary>The least element.</summary>
    public double Min { get; init; }

    /// <summary>The largest element.</summary>
    public double Max { get; init; }

    /// <summary>The mean.</summary>
    public double Mean { get; init; }

    /// <summary>The square root of the sum of squares.</summary>
    public double Norm { get; init; }

    /// <summary>How many elements are infinite or not a number.</summary>
    public int NonFinite { get; init; }

    /// <summary>How many elements lie in each of 16 equal parts of [<see cref="Min"/>, <see cref="Max"/>].</summary>
    public required ImmutableArray<int> Histogram { get; init; }

    /// <summary>The elements, row-major, where there are at most <see cref="ElementLimit"/>; else empty.</summary>
    public ImmutableArray<double> Elements { get; init; } = [];

    /// <summary>Whether every element is in <see cref="Elements"/>.</summary>
    public bool IsWhole => Elements.Length == Shape.Count;

    /// <summary>Looks at every element once.</summary>
    public static TensorSummary Of(Tensor tensor) => Of(tensor.ToDoubles(), tensor.Spec);

    internal static TensorSummary Of(double[] elements, TensorSpec spec)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity, sum = 0, largest = 0;
        int finite = 0;
        foreach (double element in elements)
        {
            if (!double.IsFinite(element)) continue;
            finite++;
            least = Math.Min(least, element);
            most = Math.Max(most, element);
            largest = Math.Max(largest, Math.Abs(element));
        }
        int[] bins = new int[Bins];
        // Scaled by the largest, neither the sum nor the squares can overflow.
        double squares = 0, scale = largest > 0 ? largest : 1;
        foreach (double element in elements)
        {
            if (!double.IsFinite(element)) continue;
            sum += element / scale / finite;
            squares += element / scale * (element / scale);
            double place = most > least ? ((element / scale) - (least / scale)) / ((most / scale) - (least / scale)) : 0;
            bins[Math.Min(Bins - 1, (int)(place * Bins))]++;
        }
        return new()
        {
            Shape = spec.Shape,
            DType = spec.DType,
            Min = finite > 0 ? least : 0,
            Max = finite > 0 ? most : 0,
            Mean = sum * scale,
            Norm = Math.Sqrt(squares) * scale,
            NonFinite = elements.Length - finite,
            Histogram = [.. bins],
            Elements = elements.Length <= ElementLimit ? [.. elements] : [],
        };
    }

    /// <summary><c>3</c>, <c>[0.22, 0.26]</c>, <c>Float32[64, 10] −2.1…3.4</c>.</summary>
    public override string ToString() => Views.Numbers.Short(this, longest: 60);
}
