using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>The extents of a tensor, outermost axis first; at most <see cref="MaxRank"/> of them. <c>[]</c> is a scalar.</summary>
/// <remarks>Compares by value. Extents are ≥ 0; an extent of 0 makes an empty tensor.</remarks>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IEnumerable<int>
{
    /// <summary>The most axes a shape may have.</summary>
    public const int MaxRank = 8;

    private readonly Numbers extents;
    private readonly byte rank;

    private Shape(ReadOnlySpan<int> source)
    {
        if (source.Length > MaxRank)
            throw new ShapeException($"a shape has at most {MaxRank} axes, got {source.Length}: [{string.Join(", ", source.ToArray())}]");
        long count = 1;
        bool empty = false;
        foreach (int extent in source)
        {
            if (extent < 0) throw new ShapeException($"an extent is at least 0, got {extent} in [{string.Join(", ", source.ToArray())}]");
            empty |= extent == 0;
            if (!empty && (count *= extent) > int.MaxValue)
                throw new ShapeException($"a tensor has at most {int.MaxValue:N0} elements, [{string.Join(", ", source.ToArray())}] has more; work in parts");
        }
        rank = (byte)source.Length;
        source.CopyTo(extents);
    }

    /// <summary>The shape with these extents; what <c>Shape s = [2, 3];</c> calls.</summary>
    /// <exception cref="ShapeException">Too many axes, a negative extent, or more than 2^31 − 1 elements.</exception>
    public static Shape Create(ReadOnlySpan<int> extents) => new(extents);

    /// <summary><c>[]</c>: no axes, one element.</summary>
    public static Shape Scalar => default;

    /// <summary>How many axes, 0 to <see cref="MaxRank"/>.</summary>
    public int Rank => rank;

    /// <summary>
    /// The <see cref="Rank"/> under the name that C# looks for, so that <c>shape is [var rows, var columns]</c> matches and <c>[.. shape]</c> copies the extents.
    /// </summary>
    public int Length => rank;

    /// <summary>How many elements: the product of the extents, 1 for a scalar.</summary>
    public int Count
    {
        get
        {
            int count = 1;
            foreach (int extent in AsSpan()) count *= extent;
            return count;
        }
    }

    /// <summary>The extent of one axis; <c>^1</c> is the innermost.</summary>
    public int this[Index axis] => AsSpan()[axis];

    /// <summary>The extents.</summary>
    [UnscopedRef]
    public ReadOnlySpan<int> AsSpan() => ((ReadOnlySpan<int>)extents)[..rank];

    /// <summary>The axis as a number from 0: −1 becomes the innermost.</summary>
    /// <param name="axis">−Rank to Rank − 1.</param>
    /// <param name="what">Who asks, for the message.</param>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    public int Axis(int axis, string what)
    {
        if (axis < -rank || axis >= rank) ThrowAxis(axis, what);
        return axis < 0 ? axis + rank : axis;
    }

    private void ThrowAxis(int axis, string what) => throw new ShapeException(rank == 0
        ? $"{what} got axis {axis}, but a scalar has no axes"
        : $"{what} got axis {axis}, but {this} has the axes {-rank} to {rank - 1}");

    /// <summary>This shape with one extent replaced.</summary>
    public Shape With(int axis, int extent)
    {
        Span<int> result = stackalloc int[rank];
        AsSpan().CopyTo(result);
        result[axis] = extent;
        return Create(result);
    }

    /// <summary>This shape with an axis put in before <paramref name="axis"/>.</summary>
    public Shape Insert(int axis, int extent)
    {
        Span<int> result = stackalloc int[rank + 1];
        AsSpan()[..axis].CopyTo(result);
        result[axis] = extent;
        AsSpan()[axis..].CopyTo(result[(axis + 1)..]);
        return Create(result);
    }

    /// <summary>This shape without one axis.</summary>
    public Shape Without(int axis)
    {
        Span<int> result = stackalloc int[rank - 1];
        AsSpan()[..axis].CopyTo(result);
        AsSpan()[(axis + 1)..].CopyTo(result[axis..]);
        return Create(result);
    }

    /// <summary>The product of the extents from <paramref name="start"/> up to but not including <paramref name="end"/>.</summary>
    internal int Product(int start, int end)
    {
        int product = 1;
        for (int axis = start; axis < end; axis++) product *= extents[axis];
        return product;
    }

    /// <summary>Row-major strides, in elements.</summary>
    internal void Strides(Span<int> strides)
    {
        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= extents[axis];
        }
    }

    /// <summary>The shape both broadcast to: trailing axes aligned, extents equal or one of them 1 (NumPy's rule).</summary>
    /// <exception cref="ShapeException">Some axis has two different extents, neither of them 1.</exception>
    public static Shape Broadcast(Shape left, Shape right)
    {
        if (left == right) return left;
        int rank = Math.Max(left.Rank, right.Rank);
        Span<int> result = stackalloc int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int a = i <= left.Rank ? left[^i] : 1, b = i <= right.Rank ? right[^i] : 1;
            if (a != b && a != 1 && b != 1)
            {
                throw new ShapeException(
                    $"cannot broadcast {left} with {right}: axis -{i} has extents {a} and {b}; they must be equal or one of them 1");
            }
            result[^i] = a == 1 ? b : a;
        }
        return Create(result);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = new();
        foreach (int extent in AsSpan()) hash.Add(extent);
        return hash.ToHashCode();
    }

    /// <summary>Whether all extents are equal.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether some extent differs.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary><c>[2, 3]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", this)}]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator()
    {
        for (int i = 0; i < rank; i++) yield return extents[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    [InlineArray(MaxRank)]
    private struct Numbers
    {
        private int first;
    }
}
