using System.Collections;
using System.Runtime.CompilerServices;

namespace Nabla.Tests;

/// <summary>One input of a row: its extents, and from where its values are drawn. <c>[3, 5]</c> is floating, in −2 to 2.</summary>
[CollectionBuilder(typeof(Input), nameof(Create))]
public sealed record Input(Shape Shape) : IEnumerable<int>
{
    public double Least { get; init; } = -2;

    public double Most { get; init; } = 2;

    /// <summary>The element type; floating if null, and then each check says whether 32 or 64 bits.</summary>
    public DType? Type { get; init; }

    /// <summary>Values a draw must stay away from: kinks, at which central differences mean nothing.</summary>
    public Func<double, bool> Avoid { get; init; } = _ => false;

    /// <summary>Whether no two values are equal or close, so that an extreme has one place.</summary>
    public bool AllDistinct { get; init; }

    /// <summary>Values are multiples of this, so that some are equal; 0 for any values.</summary>
    public double Step { get; init; }

    /// <summary>The values themselves, where they are not drawn.</summary>
    public double[]? Given { get; init; }

    public static Input Create(ReadOnlySpan<int> extents) => new(Shape.Create(extents));

    public static Input Between(double least, double most, Shape shape) => new(shape) { Least = least, Most = most };

    public static Input Positive(Shape shape) => Between(0.2, 3, shape);

    public static Input Distinct(Shape shape) => new(shape) { AllDistinct = true };

    /// <summary>Whole numbers from 0 to <paramref name="below"/> − 1.</summary>
    public static Input Indices(int below, Shape shape, DType type = DType.Int32) => new(shape) { Least = 0, Most = below - 1, Type = type };

    public static Input Mask(Shape shape) => new(shape) { Least = 0, Most = 1, Type = DType.Bool };

    /// <summary>A random key: one Int64.</summary>
    public static Input Key(long key) => new(Shape.Scalar) { Given = [key], Type = DType.Int64 };

    public static Input Holding(Shape shape, params double[] values) => new(shape) { Given = values };

    /// <summary>Draws a tensor; the values are exact in Float32, so that both precisions start alike.</summary>
    public Tensor Draw(DType floating, int seed)
    {
        Random random = new(seed);
        double[] values = Given is not null ? [.. Given.Select(value => (double)(float)value)]
            : (AllDistinct ? Spread(random) : [.. Enumerable.Range(0, Shape.Count).Select(_ => One(random))]);
        return Make(values, Shape, Type ?? floating);
    }

    public static Tensor Make(double[] values, Shape shape, DType type) => type switch
    {
        DType.Float32 => Tensor.From<float>([.. values.Select(value => (float)value)], shape),
        DType.Float64 => Tensor.From<double>(values, shape),
        DType.Int32 => Tensor.From<int>([.. values.Select(value => (int)value)], shape),
        DType.Int64 => Tensor.From<long>([.. values.Select(value => (long)value)], shape),
        DType.UInt8 => Tensor.From<byte>([.. values.Select(value => (byte)value)], shape),
        _ => Tensor.From<bool>([.. values.Select(value => value != 0)], shape),
    };

    private double One(Random random)
    {
        if (Type is { IsFloating: false }) return random.Next((int)Least, (int)Most + 1);
        double value;
        do value = (float)(Least + ((Most - Least) * random.NextDouble()));
        while (Avoid(value));
        return Step > 0 ? Step * Math.Round(value / Step) : value;
    }

    private double[] Spread(Random random)
    {
        int[] places = [.. Enumerable.Range(0, Shape.Count)];
        random.Shuffle(places);
        return [.. places.Select(place => (double)(float)(Least + ((Most - Least) * (place + 0.5) / places.Length)))];
    }

    public IEnumerator<int> GetEnumerator() => Shape.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
