// A line through three points by gradient descent: y = a·x + b, starting at a = 2, b = 1.
using Nabla;

const double learningRate = 0.1;

Tensor x = Tensor.From(-2.0, 0, 1), y = Tensor.From(-1.0, 1, 2);   // [points]
Cell a = new(2), b = new(1);

Console.WriteLine("step          a          b       loss      dL/da      dL/db");
for (int step = 0; step <= 32; step++)
{
    using Scope scope = Scope.Begin();
    Tensor prediction = (a.Value * x) + b.Value;        // [points]
    Tensor loss = (y - prediction).Square().Sum();      // []
    Gradients gradients = loss.Backward();
    if (int.PopCount(step) <= 1)
    {
        Console.WriteLine(
            $"{step,4} {a.Value.Item(),10:F6} {b.Value.Item(),10:F6} {loss.Item(),10:F6} {gradients[a].Item(),10:F6} {gradients[b].Item(),10:F6}");
    }
    a.Assign(a.Value - (learningRate * gradients[a]));
    b.Assign(b.Value - (learningRate * gradients[b]));
}
Console.WriteLine($"\nThe line is y = {a.Value.Item():F4} x + {b.Value.Item():F4}");
