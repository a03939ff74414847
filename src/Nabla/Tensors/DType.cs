namespace Nabla;

/// <summary>The type of a tensor's elements.</summary>
public enum DType : byte
{
    /// <summary>IEEE 754 single precision, 4 bytes.</summary>
    Float32,

    /// <summary>IEEE 754 double precision, 8 bytes.</summary>
    Float64,

    /// <summary>Signed, 4 bytes: indices and class labels.</summary>
    Int32,

    /// <summary>Signed, 8 bytes: random keys and large counts.</summary>
    Int64,

    /// <summary>Unsigned, 1 byte: image data.</summary>
    UInt8,

    /// <summary>1 byte, 0 or 1: masks.</summary>
    Bool,
}

/// <summary>What is known of an element type.</summary>
public static class DTypes
{
    extension(DType dtype)
    {
        /// <summary>Bytes an element.</summary>
        public int Size => dtype switch
        {
            DType.Float32 or DType.Int32 => 4,
            DType.Float64 or DType.Int64 => 8,
            DType.UInt8 or DType.Bool => 1,
            _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "not an element type"),
        };

        /// <summary>Float32 or Float64: the types that have gradients.</summary>
        public bool IsFloating => dtype is DType.Float32 or DType.Float64;
    }

    /// <summary>The element type that a C# type stands for.</summary>
    /// <exception cref="ArgumentException">The type is none of float, double, int, long, byte, bool.</exception>
    public static DType Of<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? DType.Float32 :
        typeof(T) == typeof(double) ? DType.Float64 :
        typeof(T) == typeof(int) ? DType.Int32 :
        typeof(T) == typeof(long) ? DType.Int64 :
        typeof(T) == typeof(byte) ? DType.UInt8 :
        typeof(T) == typeof(bool) ? DType.Bool :
        throw new ArgumentException($"{typeof(T).Name} is not a tensor element type; use float, double, int, long, byte or bool");
}
