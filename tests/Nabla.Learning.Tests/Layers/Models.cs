namespace Nabla.Learning.Tests;

/// <summary>Small networks that tests share.</summary>
internal static class Models
{
    /// <summary>Properties, lists, a tied part and a state: everything that a module may hold.</summary>
    public sealed class Network : Module
    {
        public Network(ulong seed = 1)
        {
            RandomKey key = RandomKey.FromSeed(seed);
            Hidden = new(4, 3, key.At(0));
            Layers = [new Linear(3, 3, key.At(1)), new Linear(3, 3, key.At(2), hasBias: false)];
            Again = Hidden;
        }

        public Linear Hidden { get; }

        public IReadOnlyList<Linear> Layers { get; }

        public Linear Again { get; }

        public Linear? Missing => null;

        public Parameter OutputScale { get; } = new(Tensor.From(2f));

        public Parameter RunningMean { get; } = new(Tensor.From(0f, 0f, 0f), isTrained: false);

        public Sequential Head { get; } = [Activation.Tanh, new Linear(3, 2, RandomKey.FromSeed(9))];

        protected override Tensor Forward(Tensor x, Pass pass)
        {
            Tensor y = Hidden.Apply(x, pass);
            foreach (Linear layer in Layers) y = layer.Apply(y, pass);
            return Head.Apply((y - RunningMean.Value) * OutputScale.Value, pass);
        }
    }

    /// <summary>784 → 16 → 10 with dropout, for the digits.</summary>
    public static Sequential Digits(ulong seed = 1, double dropout = 0.2)
    {
        RandomKey key = RandomKey.FromSeed(seed);
        return [new Flatten(), new Linear(784, 16, key.At(0)), Activation.Relu, new Dropout(dropout), new Linear(16, 10, key.At(1))];
    }
}
