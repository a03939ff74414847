using System.Diagnostics.CodeAnalysis;

namespace Nabla;

/// <summary>Watches a forward and a backward pass and makes a <see cref="GraphView"/> of what it saw.</summary>
/// <example><code>
/// GraphRecorder recorder = new();
/// using (recorder.Watch()) { loss = model(x); loss.Backward(); }
/// GraphView view = recorder.View(loss);
/// </code></example>
/// <remarks>
/// It keeps every gradient until it is forgotten itself, also within a <see cref="Scope"/>. Where a backward pass runs twice, the later one counts.
/// </remarks>
public sealed class GraphRecorder : GraphObserver
{
    private readonly Dictionary<Tensor, Node> makers = [];
    private readonly Dictionary<(Node Node, int Input), Tensor> downstreams = [];
    private readonly Dictionary<Tensor, Tensor> upstreams = [];

    /// <inheritdoc/>
    public override void OnApplied(Node node)
    {
        // The backward pass computes with constants under NoGradient; what it applies is no part of the graph that is looked at.
        if (!NoGradient.IsOn) makers[node.Output] = node;
    }

    /// <inheritdoc/>
    public override void OnEdge(Node node, int input, Tensor upstream, Tensor downstream)
    {
        upstreams[node.Output] = Held(upstream);
        downstreams[(node, input)] = Held(downstream);
    }

    /// <summary>The graph behind a result, with the values and gradients that were seen. Take it before a parameter is assigned.</summary>
    /// <exception cref="TraceException">The result stands for a value inside a traced function.</exception>
    /// <exception cref="InvalidOperationException">A cell that the graph read was assigned since.</exception>
    /// <exception cref="ObjectDisposedException">A value was given back when its scope ended.</exception>
    public GraphView View(Tensor result) => Views.GraphViewBuilder.FromTensor(result, this);

    internal Node? MakerOf(Tensor tensor) => makers.GetValueOrDefault(tensor) ?? tensor.Producer;

    internal Tensor? UpstreamOf(Tensor tensor) => upstreams.GetValueOrDefault(tensor);

    internal bool TryDownstream(Node node, int input, [NotNullWhen(true)] out Tensor? downstream) =>
        downstreams.TryGetValue((node, input), out downstream);

    // What the backward pass made is given back at its end, unless somebody holds it.
    private static Tensor Held(Tensor gradient) => gradient.Storage is { } block && block.Owner == Scope.Current ? gradient.Keep() : gradient;
}
