namespace Nabla.Learning.Tests.Lessons;

/// <summary>Writes down what flows back over every edge.</summary>
internal sealed class EdgeRecorder : GraphObserver
{
    public List<Edge> Edges { get; } = [];

    public override void OnEdge(Node node, int input, Tensor upstream, Tensor downstream) =>
        Edges.Add(new(node, input, upstream.ToDoubles(), downstream.ToDoubles()));

    internal sealed record Edge(Node Node, int Input, double[] Upstream, double[] Downstream)
    {
        /// <summary>The local gradient: the node alone, applied to copies of its inputs, with an upstream gradient of ones.</summary>
        public double[] Local()
        {
            Tensor[] copies = [.. Node.Inputs.Select(input => Tensor.From<double>(input.ToDoubles(), input.Shape))];
            Tensor again = Node.Operation.Apply(copies);
            return again.Backward(copies, upstream: Tensor.Ones(again.Shape, again.DType))[copies[Input]].ToDoubles();
        }
    }
}
