namespace Nabla.Cli.Models;

/// <summary>Reads an image row by row, each row one time step, and classifies by the last hidden state.</summary>
/// <remarks>x: [batch, channels, rows, columns]   steps: [batch, rows, channels · columns]   y: [batch, classes].</remarks>
internal sealed class RowRecurrent(int rows, int inputs, int units, int classes, RandomKey key, DType dtype) : Module
{
    public Rnn Rnn { get; } = new(inputs, units, key.At(0), dtype: dtype);

    public Linear Output { get; } = new(units, classes, key.At(1), dtype: dtype);

    public override Tensor Apply(Tensor x, Pass pass)
    {
        Tensor steps = x.Shape[1] == 1
            ? x.Reshape([x.Shape[0], rows, inputs])
            : x.Transpose(1, 2).Reshape([x.Shape[0], rows, inputs]);      // [batch, rows, channels · columns]
        Tensor hidden = Rnn.Apply(steps, pass);                           // [batch, rows, units]
        return Output.Apply(hidden.Slice(1, -1, null).Squeeze(1), pass);  // [batch, classes]
    }
}
