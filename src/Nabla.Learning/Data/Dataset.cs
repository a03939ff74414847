using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>Labelled samples in memory, all of one shape. Immutable; slices share the memory of the whole.</summary>
public sealed class Dataset
{
    // One of the two holds the samples, row after row; the other is empty.
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly ReadOnlyMemory<float> floats;
    private readonly bool holdsBytes;

    private Dataset(string name, string description, ImmutableArray<int> sampleShape, int sampleSize, ReadOnlyMemory<byte> bytes,
        ReadOnlyMemory<float> floats, bool holdsBytes, ReadOnlyMemory<int> labels, ImmutableArray<string> classes)
    {
        Name = name;
        Description = description;
        SampleShape = sampleShape;
        SampleSize = sampleSize;
        this.bytes = bytes;
        this.floats = floats;
        this.holdsBytes = holdsBytes;
        Labels = labels;
        Classes = classes;
    }

    /// <summary>What the samples are called in lists and messages.</summary>
    public string Name { get; }

    /// <summary>One sentence: what the samples are and where they come from.</summary>
    public string Description { get; }

    /// <summary>The extents of one sample: [1, 28, 28] for grey images (channels, rows, columns), [features] for tables.</summary>
    public ImmutableArray<int> SampleShape { get; }

    /// <summary>How many values one sample has: the product of <see cref="SampleShape"/>.</summary>
    public int SampleSize { get; }

    /// <summary>How many samples there are.</summary>
    public int Count => Labels.Length;

    /// <summary>[Count]: each sample's class, an index into <see cref="Classes"/>.</summary>
    public ReadOnlyMemory<int> Labels { get; }

    /// <summary>The names of the classes, in the order of their indices.</summary>
    public ImmutableArray<string> Classes { get; }

    /// <summary>Samples from bytes, read as value / 255, in [0, 1].</summary>
    /// <param name="name">What to call them.</param>
    /// <param name="description">One sentence about them.</param>
    /// <param name="sampleShape">The extents of one sample, each at least 1.</param>
    /// <param name="values">[count · product of sampleShape], sample after sample. Not copied.</param>
    /// <param name="labels">[count], each in [0, number of classes). Not copied.</param>
    /// <param name="classes">At least one name.</param>
    /// <exception cref="DataException">The lengths do not fit each other, or a label is no class.</exception>
    public static Dataset FromBytes(string name, string description, ImmutableArray<int> sampleShape, ReadOnlyMemory<byte> values,
        ReadOnlyMemory<int> labels, ImmutableArray<string> classes)
    {
        int size = Check(name, description, sampleShape, values.Length, labels.Span, classes);
        return new Dataset(name, description, sampleShape, size, values, default, true, labels, classes);
    }

    /// <summary>Samples from floats, read as they are.</summary>
    /// <param name="name">What to call them.</param>
    /// <param name="description">One sentence about them.</param>
    /// <param name="sampleShape">The extents of one sample, each at least 1.</param>
    /// <param name="values">[count · product of sampleShape], sample after sample. Not copied.</param>
    /// <param name="labels">[count], each in [0, number of classes). Not copied.</param>
    /// <param name="classes">At least one name.</param>
    /// <exception cref="DataException">The lengths do not fit each other, or a label is no class.</exception>
    public static Dataset FromFloats(string name, string description, ImmutableArray<int> sampleShape, ReadOnlyMemory<float> values,
        ReadOnlyMemory<int> labels, ImmutableArray<string> classes)
    {
        int size = Check(name, description, sampleShape, values.Length, labels.Span, classes);
        return new Dataset(name, description, sampleShape, size, default, values, false, labels, classes);
    }

    /// <summary>Writes one sample's values, row-major.</summary>
    /// <param name="index">Which sample, in [0, Count).</param>
    /// <param name="destination">Exactly <see cref="SampleSize"/> long.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopySample(int index, Span<float> destination)
    {
        if ((uint)index >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"{Name} has samples 0 to {Count - 1}, got {index}");
        }
        if (destination.Length != SampleSize)
        {
            throw new ArgumentException($"a sample of {Name} has {SampleSize} values, got room for {destination.Length}", nameof(destination));
        }
        if (holdsBytes)
        {
            Scale(bytes.Span.Slice(index * SampleSize, SampleSize), destination);
        }
        else
        {
            floats.Span.Slice(index * SampleSize, SampleSize).CopyTo(destination);
        }
    }

    /// <summary>The first samples.</summary>
    /// <param name="count">How many, in [1, Count].</param>
    /// <exception cref="DataException">There are fewer.</exception>
    public Dataset Take(int count) => Slice(0, count);

    /// <summary>Neighbouring samples, sharing the memory of these.</summary>
    /// <param name="start">The first one, at least 0.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <exception cref="DataException">The range does not lie within the samples.</exception>
    public Dataset Slice(int start, int count)
    {
        if (start < 0 || count < 1 || start > Count - count)
        {
            throw new DataException($"{Name} has {Count} samples, and samples {start} to {(long)start + count - 1} ({count} of them) were asked for; "
                + $"ask for 1 to {Count} of them");
        }
        return new Dataset(Name, Description, SampleShape, SampleSize,
            holdsBytes ? bytes.Slice(start * SampleSize, count * SampleSize) : default,
            holdsBytes ? default : floats.Slice(start * SampleSize, count * SampleSize),
            holdsBytes, Labels.Slice(start, count), Classes);
    }

    /// <summary>The same samples and labels under other names of classes, or with more classes than occur.</summary>
    /// <param name="classes">A name for each label that occurs, and any number behind them.</param>
    /// <exception cref="DataException">A label would have no name.</exception>
    public Dataset WithClasses(ImmutableArray<string> classes) => holdsBytes
        ? FromBytes(Name, Description, SampleShape, bytes, Labels, classes)
        : FromFloats(Name, Description, SampleShape, floats, Labels, classes);

    /// <summary>The name, the count and the shape, for lists.</summary>
    public override string ToString() => $"{Name}: {Count} samples of [{string.Join(", ", SampleShape)}], {Classes.Length} classes";

    private static int Check(string name, string description, ImmutableArray<int> sampleShape, int valueCount, ReadOnlySpan<int> labels,
        ImmutableArray<string> classes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(description);
        if (sampleShape.IsDefault || sampleShape.Any(extent => extent < 1))
        {
            string shape = sampleShape.IsDefault ? "none" : $"[{string.Join(", ", sampleShape)}]";
            throw new DataException($"{name}: a sample shape needs extents of at least 1, got {shape}");
        }
        if (classes.IsDefaultOrEmpty)
        {
            throw new DataException($"{name}: labels need at least one class, got none; name the classes");
        }
        // In Int128 no product of array extents that could fit a memory overflows unseen: each step is compared with the values there are.
        Int128 needed = Math.Max(labels.Length, 1);
        foreach (int extent in sampleShape)
        {
            needed *= extent;
            if (needed > valueCount)
            {
                break;
            }
        }
        if (labels.Length == 0)
        {
            throw new DataException($"{name}: a data set needs at least one sample, got none");
        }
        if (needed != valueCount)
        {
            throw new DataException($"{name}: {labels.Length} labels and samples of [{string.Join(", ", sampleShape)}] need "
                + $"{labels.Length} · {string.Join(" · ", sampleShape)} values, got {valueCount}; give one label a sample");
        }
        int wrong = labels.IndexOfAnyExceptInRange(0, classes.Length - 1);
        if (wrong >= 0)
        {
            throw new DataException($"{name}: labels need to lie in 0 to {classes.Length - 1} ({classes.Length} classes), "
                + $"got {labels[wrong]} at sample {wrong}");
        }
        return valueCount / labels.Length;
    }

    // Bytes widen to as many floats in four registers, lane by lane in order, and divide as the tail's scalars do: division is correctly
    // rounded, so both ends of a sample round alike.
    private static void Scale(ReadOnlySpan<byte> source, Span<float> destination)
    {
        Debug.Assert(source.Length == destination.Length);
        int i = 0;
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int lanes = Vector<float>.Count;
        for (; i <= source.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref from, (nuint)i), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            (Vector.ConvertToSingle(first.As<uint, int>()) / 255f).StoreUnsafe(ref to, (nuint)i);
            (Vector.ConvertToSingle(second.As<uint, int>()) / 255f).StoreUnsafe(ref to, (nuint)(i + lanes));
            (Vector.ConvertToSingle(third.As<uint, int>()) / 255f).StoreUnsafe(ref to, (nuint)(i + (2 * lanes)));
            (Vector.ConvertToSingle(fourth.As<uint, int>()) / 255f).StoreUnsafe(ref to, (nuint)(i + (3 * lanes)));
        }
        for (; i < source.Length; i++)
        {
            destination[i] = source[i] / 255f;
        }
    }
}
