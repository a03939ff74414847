namespace Nabla.Compilation;

/// <summary>An operation that computes each element of its output from the same element of its broadcast inputs, and can do so a tile at a time.</summary>
internal unsafe interface IElementwise
{
    /// <summary>Computes a tile.</summary>
    /// <param name="inputs">Where each input's tile begins; of the output's element type.</param>
    /// <param name="strides">1 where an input moves along with the output, 0 where it stands still.</param>
    /// <param name="output">Where the result goes; may be an input's tile.</param>
    /// <param name="count">How many elements.</param>
    void RunTile(float** inputs, int* strides, float* output, int count);

    /// <inheritdoc cref="RunTile(float**, int*, float*, int)"/>
    void RunTile(double** inputs, int* strides, double* output, int count);

    /// <summary>The kernel for one element: given this operation, where up to three inputs lie, and where the result goes. Its bits are those of a tile.</summary>
    /// <param name="type">Float32 or Float64.</param>
    delegate*<Operation, void*, void*, void*, void*, void> Single(DType type);
}
