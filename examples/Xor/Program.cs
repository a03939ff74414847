// Exclusive or, which no single neuron can learn: a network of 2 inputs, 8 hidden units and 1 output, trained by a loop written by hand.
using Nabla;

const double learningRate = 0.5;

Tensor x = Tensor.From(new double[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });   // [samples, 2]
Tensor y = Tensor.From(new double[,] { { 0 }, { 1 }, { 1 }, { 0 } });               // [samples, 1]

Random random = new(1);
Cell w1 = Weights(2, 8), b1 = new(Tensor.Zeros([8], DType.Float64)), w2 = Weights(8, 1), b2 = new(Tensor.Zeros([1], DType.Float64));

double[] answers = [];
double loss = 1;
int step = 0;
for (; loss > 0.01 && step < 10_000; step++)
{
    using Scope scope = Scope.Begin();
    Tensor hidden = (x.MatMul(w1.Value) + b1.Value).Tanh();                          // [samples, 8]
    Tensor output = (hidden.MatMul(w2.Value) + b2.Value).Sigmoid();                  // [samples, 1]
    Tensor error = -((y * output.Log()) + ((1 - y) * (1 - output).Log())).Sum() / 4;  // [], cross-entropy
    Gradients gradients = error.Backward();
    foreach (Cell cell in (Cell[])[w1, b1, w2, b2]) cell.Assign(cell.Value - (learningRate * gradients[cell]));
    (answers, loss) = (output.ToDoubles(), error.Item());
    if (step % 100 == 0) Console.WriteLine($"step {step,4}   loss {loss:F4}");
}

Console.WriteLine($"\n{(loss <= 0.01 ? "solved" : "not solved")} after {step} steps, loss {loss:F4}\n");
for (int i = 0; i < 4; i++) Console.WriteLine($"{i >> 1} xor {i & 1} = {Math.Round(answers[i])}   ({answers[i]:F4})");

Cell Weights(int inputs, int outputs) =>
    new(Tensor.From<double>([.. Enumerable.Range(0, inputs * outputs).Select(_ => random.NextDouble() - 0.5)], [inputs, outputs]));
