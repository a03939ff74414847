namespace Nabla.Cli.Models;

/// <summary>Reads an image row by row, each row one time step, and classifies by the last hidden state.</summary>
/// <remarks>
/// x: [batch, channels, rows, columns]   steps: [batch, rows, channels · columns]   y: [batch, classes].
/// The hidden weights begin as the identity, so that what the first rows say reaches the last step, and gradients the first rows (Q. Le, N. Jaitly,
/// G. Hinton, <i>A simple way to initialize recurrent networks</i>, 2015).
/// </remarks>
internal sealed class RowRecurrent : Module
{
    private readonly int rows, inputs;

    public RowRecurrent(int rows, int inputs, int units, int classes, RandomKey key, DType dtype)
    {
        (this.rows, this.inputs) = (rows, inputs);
        Rnn = new(inputs, units, key.At(0), lastOnly: true, dtype: dtype);
        Rnn.HiddenWeight.Assign(Tensor.Identity(units, dtype));
        Output = new(units, classes, key.At(1), dtype: dtype);
    }

    public Rnn Rnn { get; }

    public Linear Output { get; }

    protected override Tensor Forward(Tensor x, Pass pass)
    {
        Tensor steps = x.Shape[1] == 1
            ? x.Reshape([x.Shape[0], rows, inputs])
            : x.Transpose(1, 2).Reshape([x.Shape[0], rows, inputs]);      // [batch, rows, channels · columns]
        return Output.Apply(Rnn.Apply(steps, pass), pass);                // [batch, classes]
    }
}
