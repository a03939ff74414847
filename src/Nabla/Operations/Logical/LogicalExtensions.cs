namespace Nabla;

/// <summary>Masks joined: functions of <see cref="Operations.Where"/> and comparisons.</summary>
public static class LogicalExtensions
{
    extension(Tensor mask)
    {
        /// <summary>Whether both masks are true, element by element, broadcast.</summary>
        /// <exception cref="ArgumentException">One of the two is not a <see cref="DType.Bool"/>.</exception>
        public Tensor And(Tensor other) => Mask(mask, nameof(And)).Where(Mask(other, nameof(And)), Tensor.Constant(0, mask));

        /// <summary>Whether one mask or both are true, element by element, broadcast.</summary>
        /// <exception cref="ArgumentException">One of the two is not a <see cref="DType.Bool"/>.</exception>
        public Tensor Or(Tensor other) => Mask(mask, nameof(Or)).Where(Tensor.Constant(1, mask), Mask(other, nameof(Or)));

        /// <summary>Whether just one of the masks is true, element by element, broadcast.</summary>
        /// <exception cref="ArgumentException">One of the two is not a <see cref="DType.Bool"/>.</exception>
        public Tensor Xor(Tensor other) => Mask(mask, nameof(Xor)).NotEqual(Mask(other, nameof(Xor)));

        /// <summary>Whether the mask is false, element by element.</summary>
        /// <exception cref="ArgumentException">The tensor is not a <see cref="DType.Bool"/>.</exception>
        public Tensor Not() => Mask(mask, nameof(Not)).Equal(Tensor.Constant(0, mask));
    }

    private static Tensor Mask(Tensor tensor, string what) => tensor.DType == DType.Bool
        ? tensor
        : throw new ArgumentException($"{what} needs Bool, got {tensor.Spec}; compare it with something first");
}
