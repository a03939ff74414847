using System.Collections.Immutable;

namespace Nabla.Views;

/// <summary>The local gradient of one input of an application: its backward rule, asked with an upstream gradient of one.</summary>
internal static class LocalGradients
{
    /// <summary>The most entries a Jacobian is written out with.</summary>
    public const int JacobianLimit = 64;

    public static LocalGradient? Of(Node node, int input)
    {
        using Scope scope = Scope.Begin();
        using NoGradient.Section section = NoGradient.Begin();
        TensorSpec from = node.Inputs[input].Spec, to = node.Output.Spec;
        if (node.Operation.IsElementwise)
        {
            // Spread over the output first, an input that was broadcast has one local gradient for each element it met, and not their sum.
            ImmutableArray<Tensor> spread = [.. node.Inputs.Select(tensor => tensor.Expand(to.Shape))];
            return Back(node, spread, input, Tensor.Ones(to.Shape, to.DType)) is { } local
                ? new(LocalKind.Elementwise, TensorSummary.Of(local), Text: null)
                : null;
        }
        if (to.Shape.Count == 1)
        {
            return Back(node, node.Inputs, input, Tensor.Ones(to.Shape, to.DType)) is { } gradient
                ? new(LocalKind.Gradient, TensorSummary.Of(gradient), Text: null)
                : null;
        }
        long entries = (long)from.Shape.Count * to.Shape.Count;
        return entries is > 0 and <= JacobianLimit ? Jacobian(node, input) : null;
    }

    private static LocalGradient? Jacobian(Node node, int input)
    {
        int rows = node.Inputs[input].Count, columns = node.Output.Count;
        double[] entries = new double[rows * columns];
        for (int column = 0; column < columns; column++)
        {
            double[] one = new double[columns];
            one[column] = 1;
            Tensor upstream = Tensor.From<double>(one, node.Output.Shape).Cast(node.Output.DType);
            if (Back(node, node.Inputs, input, upstream) is not { } downstream) return null;
            double[] elements = downstream.ToDoubles();
            for (int row = 0; row < rows; row++) entries[(row * columns) + column] = elements[row];
        }
        return new(LocalKind.Jacobian, TensorSummary.Of(entries, new([rows, columns], node.Inputs[input].DType)), Text: null);
    }

    private static Tensor? Back(Node node, ImmutableArray<Tensor> inputs, int input, Tensor upstream) =>
        node.Operation.Backward(new(inputs, node.Output, 1UL << Math.Min(input, 63)), upstream.Detach())[input];
}
