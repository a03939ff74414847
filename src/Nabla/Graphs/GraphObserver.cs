namespace Nabla;

/// <summary>Sees every node as it is applied and every edge as gradients flow back over it. Costs nothing where nobody watches.</summary>
/// <example><code>using (observer.Watch()) { Tensor loss = f(x); loss.Backward(); }</code></example>
public abstract class GraphObserver
{
    [ThreadStatic]
    private static GraphObserver? current;

    private GraphObserver? outer;

    internal static GraphObserver? Current => current;

    /// <summary>An operation was applied on this thread; its output has its values.</summary>
    public virtual void OnApplied(Node node)
    {
    }

    /// <summary>A gradient came back over one edge: downstream = local × upstream.</summary>
    /// <param name="node">The node it came back through.</param>
    /// <param name="input">Which of the node's inputs received it.</param>
    /// <param name="upstream">The gradient of the node's output.</param>
    /// <param name="downstream">The share that this edge hands to the input; an input that is used twice receives the sum.</param>
    /// <remarks>Both gradients are valid until the backward pass ends; Keep() one to hold it longer.</remarks>
    public virtual void OnEdge(Node node, int input, Tensor upstream, Tensor downstream)
    {
    }

    /// <summary>Watches this thread until the result is disposed of. Watches nest; an inner one hands on to the outer.</summary>
    public IDisposable Watch()
    {
        if (current == this || outer is not null) throw new InvalidOperationException("this observer is watching already; use one watch at a time");
        outer = current;
        current = this;
        return new Ending(this);
    }

    internal void Applied(Node node)
    {
        OnApplied(node);
        outer?.Applied(node);
    }

    internal void Edge(Node node, int input, Tensor upstream, Tensor downstream)
    {
        OnEdge(node, input, upstream, downstream);
        outer?.Edge(node, input, upstream, downstream);
    }

    private sealed class Ending(GraphObserver observer) : IDisposable
    {
        public void Dispose()
        {
            if (current != observer) return;
            current = observer.outer;
            observer.outer = null;
        }
    }
}
