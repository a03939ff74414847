using System.Numerics;

namespace Nabla;

/// <summary>An operation that computes in float32 or float64, as its output's type says.</summary>
public abstract record FloatingOperation : Operation
{
    /// <inheritdoc/>
    public sealed override void Forward(Buffers buffers)
    {
        if (buffers.OutputSpec.DType == DType.Float32) Forward<float>(buffers);
        else Forward<double>(buffers);
    }

    /// <summary>Computes the result in one of the two floating types.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    protected abstract void Forward<T>(Buffers buffers)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
