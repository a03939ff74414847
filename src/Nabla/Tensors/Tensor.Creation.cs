using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla;

/// <content>Making tensors.</content>
public sealed partial class Tensor
{
    /// <summary>A tensor with a copy of these values, row-major.</summary>
    /// <param name="values">As many as the shape holds.</param>
    /// <param name="shape">The extents.</param>
    /// <typeparam name="T">float, double, int, long, byte or bool.</typeparam>
    /// <exception cref="ShapeException">The values do not fill the shape.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape shape)
        where T : unmanaged
    {
        if (values.Length != shape.Count)
            throw new ShapeException($"{values.Length} values do not fill {shape}, which holds {shape.Count}; give as many values as the shape holds");
        Tensor tensor = Empty(new(shape, DTypes.Of<T>()));
        MemoryMarshal.AsBytes(values).CopyTo(tensor.Bytes);
        return tensor;
    }

    /// <summary>A vector with a copy of these values.</summary>
    /// <typeparam name="T">float, double, int, long, byte or bool.</typeparam>
    public static Tensor From<T>(params ReadOnlySpan<T> values)
        where T : unmanaged
        => From(values, [values.Length]);

    /// <summary>A matrix with a copy of these values: <c>Tensor.From(new double[,] { { 1, 2 }, { 3, 4 } })</c>.</summary>
    /// <typeparam name="T">float, double, int, long, byte or bool.</typeparam>
    public static Tensor From<T>(T[,] values)
        where T : unmanaged
        => From(Flat<T>(values), [values.GetLength(0), values.GetLength(1)]);

    /// <summary>A rank-3 tensor with a copy of these values.</summary>
    /// <typeparam name="T">float, double, int, long, byte or bool.</typeparam>
    public static Tensor From<T>(T[,,] values)
        where T : unmanaged
        => From(Flat<T>(values), [values.GetLength(0), values.GetLength(1), values.GetLength(2)]);

    /// <summary>Every element the same.</summary>
    /// <param name="shape">The extents.</param>
    /// <param name="value">Converted to the element type.</param>
    /// <param name="dtype">The element type.</param>
    public static Tensor Full(Shape shape, double value, DType dtype = DType.Float32)
    {
        Tensor tensor = Empty(new(shape, dtype));
        switch (dtype)
        {
            case DType.Float32: tensor.Span<float>().Fill((float)value); break;
            case DType.Float64: tensor.Span<double>().Fill(value); break;
            case DType.Int32: tensor.Span<int>().Fill(checked((int)value)); break;
            case DType.Int64: tensor.Span<long>().Fill(checked((long)value)); break;
            case DType.UInt8: tensor.Span<byte>().Fill(checked((byte)value)); break;
            case DType.Bool: tensor.Span<bool>().Fill(value != 0); break;
        }
        return tensor;
    }

    /// <summary>Every element 0.</summary>
    public static Tensor Zeros(Shape shape, DType dtype = DType.Float32) => Full(shape, 0, dtype);

    /// <summary>Every element 1.</summary>
    public static Tensor Ones(Shape shape, DType dtype = DType.Float32) => Full(shape, 1, dtype);

    /// <summary>The vector start, start + step, … up to but not including stop.</summary>
    /// <exception cref="ArgumentException">The step is 0, not finite, or leads away from stop: nothing would end the row.</exception>
    public static Tensor Arange(double start, double stop, double step = 1, DType dtype = DType.Float32)
    {
        if (step == 0 || !double.IsFinite(step) || !double.IsFinite(start) || !double.IsFinite(stop))
            throw new ArgumentException($"Arange needs finite ends and a step other than 0, got {start} to {stop} by {step}");
        double count = Math.Max(0, Math.Ceiling((stop - start) / step));
        if (count > int.MaxValue) throw new ShapeException($"Arange from {start} to {stop} by {step} has {count:N0} elements, more than a tensor holds");
        return FromFunction((int)count, i => start + (i * step), dtype);
    }

    /// <summary>The vector of evenly spaced numbers from start to stop, both included.</summary>
    /// <param name="start">The first.</param>
    /// <param name="stop">The last.</param>
    /// <param name="count">How many, at least 2 (1 gives start alone).</param>
    /// <param name="dtype">The element type.</param>
    public static Tensor Linspace(double start, double stop, int count, DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        double last = Math.Max(1, count - 1);
        return FromFunction(count, i => i == count - 1 && i > 0 ? stop : start + (i / last * (stop - start)), dtype);
    }

    /// <summary>The identity matrix [size, size].</summary>
    public static Tensor Identity(int size, DType dtype = DType.Float32)
    {
        Tensor tensor = Zeros([size, size], dtype);
        int bytes = dtype.Size;
        Tensor one = Ones(Shape.Scalar, dtype);
        for (int i = 0; i < size; i++) one.Bytes.CopyTo(tensor.Bytes.Slice(((i * size) + i) * bytes, bytes));
        return tensor;
    }

    private static Tensor FromFunction(int count, Func<int, double> value, DType dtype)
    {
        Tensor tensor = Empty(new([count], dtype));
        switch (dtype)
        {
            case DType.Float32: Fill(tensor.Span<float>(), value); break;
            case DType.Float64: Fill(tensor.Span<double>(), value); break;
            case DType.Int32: Fill(tensor.Span<int>(), value); break;
            case DType.Int64: Fill(tensor.Span<long>(), value); break;
            case DType.UInt8: Fill(tensor.Span<byte>(), value); break;
            default: throw new ArgumentException($"a row of numbers needs a number type, got {dtype}");
        }
        return tensor;

        static void Fill<T>(Span<T> elements, Func<int, double> value)
            where T : INumberBase<T>
        {
            for (int i = 0; i < elements.Length; i++) elements[i] = T.CreateChecked(value(i));
        }
    }

    private static ReadOnlySpan<T> Flat<T>(Array values)
        where T : unmanaged
    {
        if (values.Length == 0) return [];
        return MemoryMarshal.CreateReadOnlySpan(ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
    }
}
