namespace Nabla;

/// <summary>Some samples and their classes, as tensors.</summary>
/// <param name="Inputs">Float32 [batch, sample shape…]; a constant.</param>
/// <param name="Targets">Int32 [batch], each sample's class.</param>
/// <param name="Indices">[batch]: which samples of the data set they are.</param>
/// <remarks>Of a <see cref="DataLoader"/>, valid until the next batch is asked for: its memory is used again.</remarks>
public readonly record struct Batch(Tensor Inputs, Tensor Targets, ReadOnlyMemory<int> Indices)
{
    /// <summary>How many samples.</summary>
    public int Count => Indices.Length;
}
