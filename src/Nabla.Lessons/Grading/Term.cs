namespace Nabla.Lessons;

/// <summary>One product of the chain rule: what an element of a node's output sends back to an element of an input.</summary>
internal readonly record struct Term(double Local, double Upstream)
{
    public double Product => Local * Upstream;

    /// <summary>The products that make up what comes back over an edge to one element.</summary>
    /// <returns>None where the local gradient is not known.</returns>
    public static IReadOnlyList<Term> Of(ViewEdge edge, int element)
    {
        if (edge is not { Local: { } local, Upstream: { IsWhole: true } upstream, Downstream: { } downstream } || !local.Values.IsWhole) return [];
        int outputs = upstream.Shape.Count;
        switch (local.Kind)
        {
            case LocalKind.Jacobian:
                // Row = input. An output that does not depend on this input adds nothing.
                Term[] row = [.. Enumerable.Range(0, outputs).Select(m => new Term(local.Values.Elements[(element * outputs) + m], upstream.Elements[m]))];
                Term[] dependent = [.. row.Where(term => term.Local != 0)];
                return dependent.Length > 0 ? dependent : row[..1];
            case LocalKind.Gradient:
                return [new(local.Values.Elements[element], upstream.Elements[0])];
            default:
                return
                [
                    .. Enumerable.Range(0, local.Values.Shape.Count)
                        .Where(output => ReadBy(output, local.Values.Shape, downstream.Shape) == element)
                        .Select(output => new Term(local.Values.Elements[output], upstream.Elements[outputs == 1 ? 0 : output])),
                ];
        }
    }

    /// <summary>The element of a broadcast input that an output element was computed from.</summary>
    private static int ReadBy(int output, Shape shape, Shape input)
    {
        int element = 0, stride = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            int index = output % shape[axis], inputAxis = axis - shape.Rank + input.Rank;
            output /= shape[axis];
            if (inputAxis < 0) continue;
            element += (input[inputAxis] == 1 ? 0 : index) * stride;
            stride *= input[inputAxis];
        }
        return element;
    }
}
