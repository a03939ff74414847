using System.Numerics;
using Nabla.Kernels;

namespace Nabla.Operations;

/// <summary>An operation that reads or writes at places that its second input, whole numbers, gives.</summary>
public abstract record IndexedOperation : Operation
{
    /// <inheritdoc/>
    public sealed override void Forward(Buffers buffers)
    {
        bool narrow = buffers.InputSpec(1).DType == DType.Int32;
        switch (buffers.OutputSpec.DType)
        {
            case DType.Float32: Run<float>(buffers, narrow); break;
            case DType.Float64: Run<double>(buffers, narrow); break;
            case DType.Int32: Run<int>(buffers, narrow); break;
            case DType.Int64: Run<long>(buffers, narrow); break;
            default: Run<byte>(buffers, narrow); break;
        }
    }

    private protected abstract void Run<T, TIndex>(Buffers buffers)
        where T : unmanaged, INumber<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>;

    /// <summary>Throws unless the second input holds whole numbers.</summary>
    private protected void RequireIndex(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 2);
        if (inputs[1].DType is not (DType.Int32 or DType.Int64))
            throw new ArgumentException($"{Name} needs indices of Int32 or Int64, got {inputs[1]}; Cast them first");
    }

    /// <summary>Throws where additions have no meaning for the element type.</summary>
    private protected void RequireSum(TensorSpec input)
    {
        if (input.DType is DType.Bool or DType.UInt8) throw new ArgumentException($"{Name} would overflow in {input}; Cast it to Int32 first");
    }

    /// <summary>Throws for the first index outside 0 to extent − 1.</summary>
    private protected void RequireInside<TIndex>(Buffers buffers, int extent, int axis)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
        => IndexedCopy.RequireInside(buffers.Input<TIndex>(1), buffers.InputSpec(1).Shape, extent, Name, $"indices along axis {axis}");

    private void Run<T>(Buffers buffers, bool narrow)
        where T : unmanaged, INumber<T>
    {
        if (narrow) Run<T, int>(buffers);
        else Run<T, long>(buffers);
    }
}
