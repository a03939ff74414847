namespace Nabla.Benchmarks.Comparison;

/// <summary>The table of training steps.</summary>
internal static class Workloads
{
    public const string ScalarChain = "scalar-chain";

    private static readonly RandomKey Weights = RandomKey.FromSeed(1), Numbers = RandomKey.FromSeed(2);

    public static IReadOnlyList<Workload> All { get; } =
    [
        new("xor-2-8-1", "Linear 2-8, tanh, Linear 8-1, sigmoid, MSE; 4 samples, SGD", 0, Xor),
        new("book-784-50-10", "sigmoid MLP; batch 100, SGD", Dense(100, 784, 50, 10),
            () => Perceptron(100, [784, 50, 10], () => Activation.Sigmoid, new Sgd(), 0.1)),
        new("mlp-784-512-256-10", "ReLU MLP; batch 128, SGD", Dense(128, 784, 512, 256, 10),
            () => Perceptron(128, [784, 512, 256, 10], () => Activation.Relu, new Sgd(), 0.05)),
        new("mlp-784-512-256-10-adam", "ReLU MLP; batch 128, Adam", Dense(128, 784, 512, 256, 10),
            () => Perceptron(128, [784, 512, 256, 10], () => Activation.Relu, new Adam(), 0.001)),
        new("mlp-1024x4", "1024-1024-1024-1024-10 ReLU; batch 256, SGD", Dense(256, 1024, 1024, 1024, 1024, 10),
            () => Perceptron(256, [1024, 1024, 1024, 1024, 10], () => Activation.Relu, new Sgd(), 0.05)),
        new("cnn-28x28", "two convolutions with pooling, two linear layers; batch 64, SGD",
            Convolution(64 * 28 * 28, 9, 16, passes: 2) + Convolution(64 * 14 * 14, 9 * 16, 32) + (3 * Product(64, 1568, 128)) + (3 * Product(64, 128, 10)),
            Images),
        new("resnet-32x32", "three residual blocks with batch normalization; batch 32, SGD",
            Convolution(32 * 32 * 32, 9 * 3, 32, passes: 2) + (4 * Convolution(32 * 32 * 32, 9 * 32, 32)) + Convolution(32 * 16 * 16, 9 * 32, 64)
            + (2 * Convolution(32 * 16 * 16, 9 * 64, 64)) + (3 * Product(32, 64, 10)),
            Residual),
        new("rnn-28x28", "28 steps of 28, hidden 128; batch 64, SGD", Recurrent(gates: 1), () => Sequence(new Rnn(28, 128, Weights.At(0), lastOnly: true))),
        new("lstm-28x28", "28 steps of 28, hidden 128; batch 64, SGD", Recurrent(gates: 4), () => Sequence(new Lstm(28, 128, Weights.At(0), lastOnly: true))),
        new("gru-28x28", "28 steps of 28, hidden 128; batch 64, SGD", Recurrent(gates: 3), () => Sequence(new Gru(28, 128, Weights.At(0), lastOnly: true))),
        new("gpt-4x128", "4 blocks, width 128, 4 heads, 128 steps, 65 characters; batch 8, AdamW",
            // Per block: 12 width² weights, and scores and mixtures of all pairs of steps (a causal half is not discounted).
            (4 * 3 * Product(8 * 128, 128, 12 * 128)) + (4 * 3 * 2 * Product(8 * 128, 128, 128)) + (3 * Product(8 * 128, 128, 65)), Text),
        new(ScalarChain, "y = y · 1.0001 + 0.1, 5,000 times, and back; compiled", 0, () => new ScalarChainStep(isCompiled: true)),
        new(ScalarChain + "-eager", "the same, operation by operation", 0, () => new ScalarChainStep(isCompiled: false)),
    ];

    public static Workload Named(string name) => All.FirstOrDefault(workload => workload.Name == name)
        ?? throw new ArgumentException($"there is no workload '{name}'; choose one of {string.Join(", ", All.Select(workload => workload.Name))}");

    private static double Product(double m, double k, double n) => 2 * m * k * n;

    // Each layer's product, and backward one as large for the weights and, but for the first layer, one for the inputs.
    private static double Dense(int batch, params ReadOnlySpan<int> widths)
    {
        double sum = 0;
        for (int i = 0; i < widths.Length - 1; i++) sum += (i == 0 ? 2 : 3) * Product(batch, widths[i], widths[i + 1]);
        return sum;
    }

    private static double Convolution(double pixels, double taps, double outputs, int passes = 3) => passes * Product(pixels, taps, outputs);

    // The first step has no hidden state before it.
    private static double Recurrent(int gates) =>
        (2 * Product(64 * 28, 28, gates * 128)) + (3 * Product(64 * 27, 128, gates * 128)) + (3 * Product(64, 128, 10));

    private static Tensor Normal(int stream, Shape shape) => Numbers.At(stream).Normal(shape).Detach().Keep();

    private static Tensor Classes(int count, Shape shape)
    {
        double[] values = Numbers.At(100).Uniform(shape, 0, count).ToDoubles();
        return Tensor.From<int>([.. values.Select(value => Math.Min(count - 1, (int)value))], shape).Keep();
    }

    private static CompiledStep Xor()
    {
        Sequential model = [new Linear(2, 8, Weights.At(0)), Activation.Tanh, new Linear(8, 1, Weights.At(1)), Activation.Sigmoid];
        Tensor x = Tensor.From<float>([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]), target = Tensor.From<float>([0, 1, 1, 0], [4, 1]);
        return new(model, new Sgd(), 0.5, Loss.MeanSquaredError, x, target);
    }

    private static CompiledStep Perceptron(int batch, int[] widths, Func<Activation> activation, UpdateRule rule, double rate)
    {
        List<Module> layers = [];
        for (int i = 0; i < widths.Length - 1; i++)
        {
            if (i > 0) layers.Add(activation());
            layers.Add(new Linear(widths[i], widths[i + 1], Weights.At(i)));
        }
        return new(new Sequential([.. layers]), rule, rate, Loss.CrossEntropy, Normal(0, [batch, widths[0]]), Classes(widths[^1], [batch]));
    }

    private static CompiledStep Images()
    {
        Sequential model =
        [
            new Conv2d(1, 16, 3, Weights.At(0), padding: 1), Activation.Relu, new MaxPool2d(2),
            new Conv2d(16, 32, 3, Weights.At(1), padding: 1), Activation.Relu, new MaxPool2d(2),
            new Flatten(), new Linear(1568, 128, Weights.At(2)), Activation.Relu, new Linear(128, 10, Weights.At(3)),
        ];
        return new(model, new Sgd(), 0.05, Loss.CrossEntropy, Normal(0, [64, 1, 28, 28]), Classes(10, [64]));
    }

    private static CompiledStep Residual()
    {
        Sequential model =
        [
            new Conv2d(3, 32, 3, Weights.At(0), padding: 1, hasBias: false), new BatchNorm2d(32), Activation.Relu,
            new ResidualBlock(32, Weights.At(1)), new ResidualBlock(32, Weights.At(2)),
            new Conv2d(32, 64, 3, Weights.At(3), stride: 2, padding: 1, hasBias: false), new BatchNorm2d(64), Activation.Relu,
            new ResidualBlock(64, Weights.At(4)), new GlobalAveragePool(), new Linear(64, 10, Weights.At(5)),
        ];
        return new(model, new Sgd(), 0.05, Loss.CrossEntropy, Normal(0, [32, 3, 32, 32]), Classes(10, [32]));
    }

    private static CompiledStep Sequence(Module cells)
    {
        Sequential model = [cells, new Linear(128, 10, Weights.At(1))];
        return new(model, new Sgd(), 0.1, Loss.CrossEntropy, Normal(0, [64, 28, 28]), Classes(10, [64]));
    }

    private static CompiledStep Text()
    {
        LanguageModel model = new(blocks: 4, width: 128, heads: 4, steps: 128, characters: 65, Weights);
        Tensor text = Classes(65, [8, 129]);
        Tensor x = text.Slice(1, 0, 128).Keep(), target = text.Slice(1, 1).Reshape([8 * 128]).Keep();
        return new(model, new AdamW(), 0.001, Loss.CrossEntropy, x, target);
    }
}
