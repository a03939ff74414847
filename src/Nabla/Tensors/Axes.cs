using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>A short list of axes, or of one number an axis (starts, steps, paddings), that compares by value: at most <see cref="Shape.MaxRank"/>.</summary>
[CollectionBuilder(typeof(Axes), nameof(Create))]
public readonly struct Axes : IEquatable<Axes>, IEnumerable<int>
{
    private readonly Numbers numbers;
    private readonly byte count;

    private Axes(ReadOnlySpan<int> source)
    {
        if (source.Length > Shape.MaxRank)
            throw new ShapeException($"a tensor has at most {Shape.MaxRank} axes, got {source.Length}: [{string.Join(", ", source.ToArray())}]");
        count = (byte)source.Length;
        source.CopyTo(numbers);
    }

    /// <summary>The list of these numbers; what <c>Axes a = [0, 2];</c> calls.</summary>
    /// <exception cref="ShapeException">More than <see cref="Shape.MaxRank"/> numbers.</exception>
    public static Axes Create(ReadOnlySpan<int> numbers) => new(numbers);

    /// <summary>How many.</summary>
    public int Count => count;

    /// <summary>The number at a place.</summary>
    public int this[Index index] => AsSpan()[index];

    /// <summary>The numbers.</summary>
    [UnscopedRef]
    public ReadOnlySpan<int> AsSpan() => ((ReadOnlySpan<int>)numbers)[..count];

    /// <summary>Whether a number is in the list.</summary>
    public bool Contains(int number) => AsSpan().Contains(number);

    /// <summary>The axes of <paramref name="shape"/> that these name, each from 0 up and in rising order; all of them when the list is empty.</summary>
    /// <exception cref="ShapeException">An axis is out of range or named twice.</exception>
    internal Axes Normalize(Shape shape, string what)
    {
        Span<int> result = stackalloc int[count == 0 ? shape.Rank : count];
        for (int i = 0; i < result.Length; i++) result[i] = count == 0 ? i : shape.Axis(numbers[i], what);
        result.Sort();
        for (int i = 1; i < result.Length; i++)
            if (result[i] == result[i - 1]) throw new ShapeException($"{what} got axis {result[i]} twice in {this}; name each axis once");
        return Create(result);
    }

    /// <inheritdoc/>
    public bool Equals(Axes other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Axes other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = new();
        foreach (int number in AsSpan()) hash.Add(number);
        return hash.ToHashCode();
    }

    /// <summary>Whether all numbers are equal.</summary>
    public static bool operator ==(Axes left, Axes right) => left.Equals(right);

    /// <summary>Whether some number differs.</summary>
    public static bool operator !=(Axes left, Axes right) => !left.Equals(right);

    /// <summary>One axis is a list of one.</summary>
    public static implicit operator Axes(int axis) => [axis];

    /// <summary><c>[0, 2]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", this)}]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator()
    {
        for (int i = 0; i < count; i++) yield return numbers[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    [InlineArray(Shape.MaxRank)]
    private struct Numbers
    {
        private int first;
    }
}
