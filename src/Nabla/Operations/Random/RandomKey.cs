using Nabla.Operations;

namespace Nabla;

/// <summary>What random numbers are drawn with: 64 bits, from which the same numbers come on every machine and in any order.</summary>
/// <remarks>
/// Drawing twice with one key gives the same numbers twice; a key for each purpose is derived with <c>At</c>. In a traced function the key
/// must depend on an input or a cell, as in <c>key.At(step.Value)</c>; a constant key would draw the same at each replay and is refused.
/// </remarks>
public sealed class RandomKey
{
    /// <summary>The key whose bits a tensor holds.</summary>
    /// <param name="bits">An <see cref="DType.Int64"/> scalar.</param>
    /// <exception cref="ArgumentException">The tensor is another type or no scalar.</exception>
    public RandomKey(Tensor bits)
    {
        if (bits.Spec != new TensorSpec(Shape.Scalar, DType.Int64))
            throw new ArgumentException($"a random key needs an Int64 scalar, got {bits.Spec}");
        Bits = bits;
    }

    /// <summary>The key's bits, an <see cref="DType.Int64"/> scalar.</summary>
    public Tensor Bits { get; }

    /// <summary>The key of a seed.</summary>
    public static RandomKey FromSeed(ulong seed) => new(Tensor.From([unchecked((long)seed)], Shape.Scalar).Keep());

    /// <summary>A key of its own for each number: for layers, epochs, purposes.</summary>
    public RandomKey At(long index) => new(new FoldIn(index).Apply(Bits));

    /// <summary>A key of its own for each value of a counter, which may be an input or a cell of a traced function.</summary>
    /// <param name="step">A scalar: Int32, Int64, or Float64 with a whole value.</param>
    /// <exception cref="ArgumentException">Another type, no scalar, or not whole.</exception>
    public RandomKey At(Tensor step) => new(new FoldInStep().Apply(Bits, step));

    /// <summary>Numbers drawn uniformly from [low, high).</summary>
    /// <param name="shape">How many.</param>
    /// <param name="low">The lower end, which belongs to the interval.</param>
    /// <param name="high">The upper end, which does not.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentException">The interval is empty or not finite, or the type is not floating.</exception>
    public Tensor Uniform(Shape shape, double low = 0, double high = 1, DType dtype = DType.Float32) =>
        new RandomUniform(shape, dtype, low, high).Apply(Bits);

    /// <summary>Numbers drawn from a normal distribution.</summary>
    /// <param name="shape">How many.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The standard deviation.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentException">The type is not floating.</exception>
    public Tensor Normal(Shape shape, double mean = 0, double deviation = 1, DType dtype = DType.Float32)
    {
        Tensor normal = new RandomNormal(shape, dtype).Apply(Bits);
        if (deviation != 1) normal *= deviation;
        return mean == 0 ? normal : normal + mean;
    }

    /// <summary>The numbers 0 to count − 1 in random order, every order equally likely.</summary>
    /// <returns>An <see cref="DType.Int32"/> vector.</returns>
    /// <exception cref="TraceException">Inside a traced function: the order is data; pass it in as an input.</exception>
    /// <remarks>R. A. Fisher, F. Yates, <i>Statistical tables</i>, 1938, as R. Durstenfeld wrote it in 1964.</remarks>
    public Tensor Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ulong key = unchecked((ulong)Bits.AsSpan<long>()[0]);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        for (int last = count - 1; last > 0; last--)
        {
            (uint a, uint b, _, _) = Philox.Words(key, (ulong)last);
            // The upper half of a product with 64 random bits: uneven by less than one part in 2^32.
            int other = (int)Math.BigMul(((ulong)a << 32) | b, (ulong)last + 1, out _);
            (order[last], order[other]) = (order[other], order[last]);
        }
        return Tensor.From<int>(order);
    }
}
