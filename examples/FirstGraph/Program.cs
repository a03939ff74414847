// The first computational graph: f(x, y, z) = (x + y) · z, its values forward and its gradients backward.
using Nabla;

Console.OutputEncoding = System.Text.Encoding.UTF8;

Tensor x = -2, y = 5, z = -4;
Tensor q = x.Named("x") + y.Named("y");
Tensor f = q.Named("q") * z.Named("z");

Console.WriteLine($"""
    f(x, y, z) = (x + y) · z

    forward
      x = {x.Item()}   y = {y.Item()}   z = {z.Item()}
      q = x + y = {q.Item()}
      f = q · z = {f.Item()}

    backward          local × upstream = downstream
    """);

Gradients gradients;
using (new Printer().Watch()) gradients = f.Backward();

Console.WriteLine($"\n  ∂f/∂x = {gradients[x].Item()}   ∂f/∂y = {gradients[y].Item()}   ∂f/∂z = {gradients[z].Item()}");

/// <summary>Prints every edge as the gradient flows back over it.</summary>
internal sealed class Printer : GraphObserver
{
    public override void OnEdge(Node node, int input, Tensor upstream, Tensor downstream)
    {
        // One number a node: there the downstream gradient is the local one times the upstream one, so the quotient is the local gradient.
        double local = downstream.Item() / upstream.Item();
        Console.WriteLine($"  {node.Operation.Name,-8} → {node.Inputs[input].Name}{local,11} × {upstream.Item(),8} = {downstream.Item(),10}");
    }
}
