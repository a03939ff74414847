namespace Nabla;

/// <summary>What is known of a tensor before it has values: its shape and element type.</summary>
/// <param name="Shape">The extents.</param>
/// <param name="DType">The element type.</param>
public readonly record struct TensorSpec(Shape Shape, DType DType)
{
    /// <summary>The bytes that the elements take.</summary>
    public long Bytes => (long)Shape.Count * DType.Size;

    /// <summary><c>Float32[2, 3]</c>.</summary>
    public override string ToString() => $"{DType}{Shape}";
}
