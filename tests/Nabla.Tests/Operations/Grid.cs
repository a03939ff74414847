namespace Nabla.Tests;

/// <summary>Numbers under a shape, read by index: what references are written with. It shares no code with the engine but the shape itself.</summary>
public sealed record Grid(Shape Shape, double[] Elements)
{
    public double this[params ReadOnlySpan<int> at] => Elements[Place(at)];

    /// <summary>The element that broadcasting puts at a place of a larger shape.</summary>
    public double Broadcast(ReadOnlySpan<int> at)
    {
        Span<int> own = stackalloc int[Shape.Rank];
        for (int i = 1; i <= own.Length; i++) own[^i] = Shape[^i] == 1 ? 0 : at[^i];
        return this[own];
    }

    public static Grid Make(Shape shape, Func<int[], double> element)
    {
        double[] elements = new double[shape.Aggregate(1, (product, extent) => product * extent)];
        int[] at = new int[shape.Rank];
        for (int i = 0; i < elements.Length; i++)
        {
            int rest = i;
            for (int axis = at.Length - 1; axis >= 0; axis--) (rest, at[axis]) = (rest / shape[axis], rest % shape[axis]);
            elements[i] = element(at);
        }
        return new(shape, elements);
    }

    public static Grid Of(Tensor tensor) => new(tensor.Shape, tensor.ToDoubles());

    /// <summary>The sum of f(0) … f(count − 1).</summary>
    public static double Sum(int count, Func<int, double> term)
    {
        double sum = 0;
        for (int i = 0; i < count; i++) sum += term(i);
        return sum;
    }

    private int Place(ReadOnlySpan<int> at)
    {
        int place = 0;
        for (int axis = 0; axis < Shape.Rank; axis++) place = (place * Shape[axis]) + at[axis];
        return place;
    }
}
