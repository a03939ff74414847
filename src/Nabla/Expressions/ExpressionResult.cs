namespace Nabla;

/// <summary>An <see cref="Expression"/> that was evaluated: a graph with values, like any other.</summary>
public sealed class ExpressionResult
{
    internal ExpressionResult(Expression expression, Tensor output, IReadOnlyDictionary<string, Tensor> inputs)
    {
        Expression = expression;
        Output = output;
        Inputs = inputs;
    }

    /// <summary>What was evaluated.</summary>
    public Expression Expression { get; }

    /// <summary>The result: Float64, of any shape.</summary>
    public Tensor Output { get; }

    /// <summary>The inputs by name, in the order in which they occur: what gradients are asked for by.</summary>
    public IReadOnlyDictionary<string, Tensor> Inputs { get; }

    /// <summary>The graph with its values and gradients, under the expression's own title.</summary>
    public GraphView View()
    {
        GraphView view = GraphView.Of(Output);
        return view.Titled(Expression.Title);
    }
}
