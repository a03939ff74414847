using System.Numerics;

namespace Nabla;

/// <content>Reading values.</content>
public sealed partial class Tensor
{
    /// <summary>The elements, row-major. Valid until the scope that made this tensor ends: read it, do not store it.</summary>
    /// <remarks>A span does not hold its tensor: outside of any scope keep the tensor in a variable for as long as you read, or take ToArray.</remarks>
    /// <typeparam name="T">The C# type of the element type: float for Float32, and so on.</typeparam>
    /// <exception cref="ArgumentException">The tensor holds another type.</exception>
    /// <exception cref="ObjectDisposedException">The values were given back when their scope ended.</exception>
    /// <exception cref="TraceException">The tensor stands for a value inside a traced function.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged
        => Span<T>();

    /// <summary>A copy of the elements, row-major.</summary>
    /// <typeparam name="T">The C# type of the element type.</typeparam>
    /// <inheritdoc cref="AsSpan{T}"/>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        T[] result = Span<T>().ToArray();
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>The elements as doubles, whatever the element type.</summary>
    public double[] ToDoubles()
    {
        double[] result = new double[Count];
        switch (DType)
        {
            case DType.Float32: Convert(Span<float>(), result); break;
            case DType.Float64: Span<double>().CopyTo(result); break;
            case DType.Int32: Convert(Span<int>(), result); break;
            case DType.Int64: Convert(Span<long>(), result); break;
            default: Convert(Span<byte>(), result); break;
        }
        GC.KeepAlive(this);
        return result;

        static void Convert<T>(ReadOnlySpan<T> elements, Span<double> result)
            where T : INumberBase<T>
        {
            for (int i = 0; i < elements.Length; i++) result[i] = double.CreateTruncating(elements[i]);
        }
    }

    /// <summary>The one element as a double, whatever the element type.</summary>
    /// <exception cref="ShapeException">The tensor has more or fewer than one element.</exception>
    public double Item()
    {
        if (Count != 1) throw new ShapeException($"Item needs one element, got {Describe()} with {Count}; read it with ToArray, or Sum or Mean it first");
        double item = DType switch
        {
            DType.Float32 => Span<float>()[0],
            DType.Float64 => Span<double>()[0],
            DType.Int32 => Span<int>()[0],
            DType.Int64 => Span<long>()[0],
            _ => Span<byte>()[0],
        };
        GC.KeepAlive(this);
        return item;
    }

    /// <summary>The one element of a tensor as a number: <c>(double)loss</c>.</summary>
    /// <exception cref="ShapeException">The tensor has more or fewer than one element.</exception>
    public static explicit operator double(Tensor tensor) => tensor.Item();

    /// <summary>Name, spec and values, long axes shortened: <c>Float32[2, 2] [[1, 2], [3, 4]]</c>.</summary>
    public override string ToString()
    {
        string label = Name is null ? $"{Spec}" : $"{Name} {Spec}";
        if (storage is null) return $"{label} (traced)";
        return storage.Turn != turn ? $"{label} (values given back)" : $"{label} {TensorPrinter.Print(this)}";
    }
}
