namespace Nabla;

/// <summary>Makes one axis of all but the first: [batch, channels, rows, columns] becomes [batch, channels · rows · columns].</summary>
public sealed class Flatten : Module
{
    /// <inheritdoc/>
    /// <exception cref="ShapeException">x is a scalar.</exception>
    protected override Tensor Forward(Tensor x, Pass pass)
    {
        if (x.Rank == 0) throw new ShapeException("Flatten needs [batch, …], got a scalar; Reshape it to [1, 1]");
        int batch = x.Shape[0], rest = 1;
        foreach (int extent in x.Shape.AsSpan()[1..]) rest *= extent;
        return x.Reshape([batch, rest]);
    }
}
