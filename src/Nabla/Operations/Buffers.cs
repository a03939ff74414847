namespace Nabla;

/// <summary>The memory that one forward computation reads and writes.</summary>
public readonly ref struct Buffers
{
    private readonly ReadOnlySpan<Tensor> inputs;
    private readonly Tensor output;

    internal Buffers(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        this.inputs = inputs;
        this.output = output;
    }

    /// <summary>How many inputs.</summary>
    public int Count => inputs.Length;

    /// <summary>Shape and element type of the output.</summary>
    public TensorSpec OutputSpec => output.Spec;

    /// <summary>Shape and element type of an input.</summary>
    public TensorSpec InputSpec(int index) => inputs[index].Spec;

    /// <summary>An input's elements, row-major.</summary>
    /// <typeparam name="T">The C# type of its element type.</typeparam>
    public ReadOnlySpan<T> Input<T>(int index)
        where T : unmanaged
        => inputs[index].Span<T>();

    /// <summary>The output's elements, row-major, to be written in full.</summary>
    /// <typeparam name="T">The C# type of its element type.</typeparam>
    public Span<T> Output<T>()
        where T : unmanaged
        => output.Span<T>();

    /// <summary>An input's elements as bytes: for operations that move elements of any type.</summary>
    internal ReadOnlySpan<byte> InputBytes(int index) => inputs[index].Bytes;

    /// <summary>The output's elements as bytes.</summary>
    internal Span<byte> OutputBytes => output.Bytes;

    internal unsafe T* InputPointer<T>(int index)
        where T : unmanaged
        => inputs[index].Pointer<T>();

    internal unsafe T* OutputPointer<T>()
        where T : unmanaged
        => output.Pointer<T>();
}
