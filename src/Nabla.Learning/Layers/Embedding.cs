namespace Nabla;

/// <summary>A learned vector for each of a number of things: words, characters, classes.</summary>
/// <remarks>index: […] of Int32 or Int64 in [0, count)   W: [count, width]   y: […, width]. Begins as N(0, 1), as PyTorch's Embedding.</remarks>
public sealed class Embedding : Module
{
    /// <summary>A table of random vectors.</summary>
    /// <param name="count">How many things, at least 1.</param>
    /// <param name="width">How many numbers each vector has, at least 1.</param>
    /// <param name="key">The vectors depend on it alone.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Embedding(int count, int width, RandomKey key, DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Weight = new(() => key.Normal([count, width], 0, 1, dtype).Detach());
    }

    /// <summary>W: [count, width].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public override string Summary => $"Embedding {Weight.Shape[0]} → {Weight.Shape[1]}";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The index is not of whole numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside [0, count); the message gives its position.</exception>
    protected override Tensor Forward(Tensor x, Pass pass) => Weight.Value.Gather(x, axis: 0);
}
