using Nabla;

RandomKey key = RandomKey.FromSeed(1);
Tensor x = Tensor.From(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });   // [samples, 2]
Tensor y = Tensor.From(new float[,] { { 0 }, { 1 }, { 1 }, { 0 } });               // [samples, 1]

Sequential model = [new Linear(2, 8, key.At(0)), Activation.Tanh, new Linear(8, 1, key.At(1))];
Optimizer optimizer = new(new Adam(), model.Parameters, learningRate: 0.05);

for (int step = 1; step <= 200; step++)
{
    using Scope scope = Scope.Begin();                                             // this step's memory, given back at its end
    Tensor loss = Loss.BinaryCrossEntropyWithLogits(model.Apply(x), y);
    Gradients gradients = loss.Backward();                                         // the chain rule, from the loss to every weight
    optimizer.Step(gradients);
    if (step % 50 == 0) Console.WriteLine($"step {step,3}: loss {loss.Item():F4}");
}

Console.WriteLine(string.Join(", ", model.Apply(x).Sigmoid().ToDoubles().Select(p => p > 0.5 ? 1 : 0)));
