namespace Nabla.Playgrounds;

/// <summary>A small classifier of points in the plane, trained a step at a time by the engine. Not for several threads at once.</summary>
internal sealed class Playground
{
    private const int BoundarySize = 50, UnitSize = 10;

    private static readonly PlanePoint[] Grid = [.. GridPoints()];

    private PlaygroundSettings settings;
    private IReadOnlyList<PlanePoint> points = [];
    private Samples training = null!, testing = null!;
    private Tensor grid = null!;
    private Linear[] layers = [];
    private Activation activation = Activation.Tanh;
    private Optimizer optimizer = null!;
    private float[][] gradients = [];
    private long step;
    private long samplesSeen;

    public Playground(PlaygroundSettings settings)
    {
        this.settings = settings;
        Reset();
    }

    public PlaygroundSettings Settings => settings;

    /// <summary>The points, those kept for testing marked.</summary>
    public IReadOnlyList<PlanePoint> Points => points;

    public long StepCount => step;

    /// <summary>Whether the last loss was a number.</summary>
    public bool IsFinite { get; private set; } = true;

    /// <summary>Whether there is a point to learn from.</summary>
    public bool CanStep => training.Count > 0 && IsFinite;

    /// <summary>Starts again from the first weights.</summary>
    public void Reset()
    {
        MakeData();
        layers = MakeLayers(settings.Network, settings.Training.Seed);
        Bind();
        (step, samplesSeen, IsFinite) = (0, 0, true);
    }

    /// <summary>Goes on under other settings; weights whose units are still there stay as they are.</summary>
    public void Change(PlaygroundSettings changed)
    {
        PlaygroundSettings old = settings;
        settings = changed;
        bool sameNetwork = old.Network.Hidden.SequenceEqual(changed.Network.Hidden)
            && old.Network.Features.SequenceEqual(changed.Network.Features);
        if (!Same(old.Data, changed.Data) || !sameNetwork) MakeData();
        if (!sameNetwork)
        {
            Linear[] fresh = MakeLayers(changed.Network, changed.Training.Seed);
            Keep(layers, old.Network, fresh, changed.Network);
            layers = fresh;
        }
        activation = Activation.Named(changed.Network.Activation);
        if (!sameNetwork || old.Training.Optimizer != changed.Training.Optimizer) Bind();
        optimizer.LearningRate = changed.Training.LearningRate;
    }

    /// <summary>One step of gradient descent on the next batch.</summary>
    public void Step()
    {
        using Scope scope = Scope.Begin();
        (Tensor inputs, Tensor labels) = NextBatch();
        Tensor loss = Loss.BinaryCrossEntropyWithLogits(Apply(inputs), labels);
        Gradients found = (loss + Penalty()).Backward();
        gradients = [.. optimizer.Parameters.Select(parameter => found[parameter.Cell].ToArray<float>())];
        optimizer.Step(found);
        step++;
        samplesSeen += inputs.Shape[0];
        IsFinite = double.IsFinite(loss.Item());
    }

    /// <summary>The loss on the points learned from and on those kept for testing.</summary>
    public (double Train, double Test) Losses()
    {
        using Scope scope = Scope.Begin();
        using NoGradient.Section section = NoGradient.Begin();
        return (Evaluate(training).Loss, Evaluate(testing).Loss);
    }

    /// <summary>What is to be drawn now.</summary>
    public PlaygroundState State(bool running, string? fault)
    {
        using Scope scope = Scope.Begin();
        using NoGradient.Section section = NoGradient.Begin();
        (double trainLoss, double trainAccuracy) = Evaluate(training);
        (double testLoss, double testAccuracy) = Evaluate(testing);
        List<PlaygroundLayer> drawn = [];
        Tensor values = grid;
        for (int i = 0; i < layers.Length; i++)
        {
            values = layers[i].Apply(values);
            if (i < layers.Length - 1) values = activation.Apply(values);
            drawn.Add(Draw(i, values.ToArray<float>()));
        }
        return new()
        {
            Step = step,
            Epoch = training.Count == 0 ? 0 : (double)samplesSeen / training.Count,
            Running = running,
            Fault = fault,
            TrainLoss = trainLoss,
            TestLoss = testLoss,
            TrainAccuracy = trainAccuracy,
            TestAccuracy = testAccuracy,
            BoundarySize = BoundarySize,
            UnitSize = UnitSize,
            Boundary = [.. values.Sigmoid().ToArray<float>().Select(p => float.IsNaN(p) ? (byte)128 : (byte)Math.Round(255 * p))],
            Layers = drawn,
        };
    }

    private static IEnumerable<PlanePoint> GridPoints()
    {
        // From the top left: y falls as rows go down.
        for (int row = 0; row < BoundarySize; row++)
            for (int column = 0; column < BoundarySize; column++)
                yield return new(-1 + (2 * (column + 0.5) / BoundarySize), 1 - (2 * (row + 0.5) / BoundarySize), 0);
    }

    private static bool Same(DataSettings one, DataSettings other) =>
        one with { Points = other.Points } == other && one.Points.SequenceEqual(other.Points);

    private static Linear[] MakeLayers(NetworkSettings network, ulong seed)
    {
        RandomKey key = RandomKey.FromSeed(seed);
        int[] widths = [network.Features.Count, .. network.Hidden, 1];
        return [.. Enumerable.Range(0, widths.Length - 1).Select(i => new Linear(widths[i], widths[i + 1], key.At((ulong)i)))];
    }

    /// <summary>Takes over the weights between units that both networks have: layers by their place, inputs by their feature.</summary>
    private static void Keep(Linear[] from, NetworkSettings old, Linear[] to, NetworkSettings changed)
    {
        int hidden = Math.Min(from.Length, to.Length) - 1;
        for (int i = 0; i < hidden; i++)
            Copy(from[i], to[i], i == 0 ? Places(changed.Features, old.Features) : null, Math.Min(from[i].Weight.Shape[0], to[i].Weight.Shape[0]));
        // The output layer reads the last hidden one: it fits where the depth stayed.
        if (from.Length == to.Length) Copy(from[^1], to[^1], hidden == 0 ? Places(changed.Features, old.Features) : null, outputs: 1);

        static int[] Places(IReadOnlyList<string> names, IReadOnlyList<string> known) => [.. names.Select(name => known.ToList().IndexOf(name))];
    }

    private static void Copy(Linear from, Linear to, int[]? places, int outputs)
    {
        (int oldInputs, int inputs) = (from.Weight.Shape[1], to.Weight.Shape[1]);
        (float[] oldWeights, float[] weights) = (from.Weight.Value.ToArray<float>(), to.Weight.Value.ToArray<float>());
        (float[] oldBiases, float[] biases) = (from.Bias!.Value.ToArray<float>(), to.Bias!.Value.ToArray<float>());
        for (int output = 0; output < outputs; output++)
        {
            for (int input = 0; input < inputs; input++)
            {
                int place = places is null ? input : places[input];
                if (place >= 0 && place < oldInputs) weights[(output * inputs) + input] = oldWeights[(output * oldInputs) + place];
            }
            biases[output] = oldBiases[output];
        }
        to.Weight.Assign(Tensor.From<float>(weights, to.Weight.Shape));
        to.Bias.Assign(Tensor.From<float>(biases, to.Bias.Shape));
    }

    private void MakeData()
    {
        points = PlaneData.Make(settings.Data);
        training = Samples.Of([.. points.Where(point => !point.IsTest)], settings.Network.Features);
        testing = Samples.Of([.. points.Where(point => point.IsTest)], settings.Network.Features);
        grid = PlaneFeatures.Of(Grid, settings.Network.Features);
    }

    private void Bind()
    {
        activation = Activation.Named(settings.Network.Activation);
        UpdateRule rule = settings.Training.Optimizer switch
        {
            "adam" => new Adam(),
            "momentum" => new Sgd(momentum: 0.9),
            _ => new Sgd(),
        };
        optimizer = new(rule, new Sequential(layers).Parameters, settings.Training.LearningRate);
        gradients = [.. optimizer.Parameters.Select(parameter => new float[parameter.Shape.Count])];
    }

    private (Tensor Inputs, Tensor Labels) NextBatch()
    {
        int size = Math.Min(settings.Training.BatchSize, training.Count);
        if (size == training.Count) return (training.Inputs, training.Labels);
        // The order of an epoch depends on the seed and the epoch alone.
        long epoch = samplesSeen / training.Count;
        int begin = (int)(samplesSeen % training.Count);
        int[] order = Order(epoch);
        int[] chosen = [.. Enumerable.Range(begin, Math.Min(size, training.Count - begin)).Select(i => order[i])];
        Tensor index = Tensor.From(chosen);
        return (training.Inputs.Gather(index), training.Labels.Gather(index));
    }

    private int[] Order(long epoch)
    {
        float[] keys = RandomKey.FromSeed(settings.Training.Seed).At(1_000_000 + (ulong)epoch).Uniform([training.Count]).ToArray<float>();
        int[] order = [.. Enumerable.Range(0, training.Count)];
        Array.Sort(keys, order);
        return order;
    }

    /// <summary>The logits: [points, features] to [points, 1].</summary>
    private Tensor Apply(Tensor x)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            x = layers[i].Apply(x);
            if (i < layers.Length - 1) x = activation.Apply(x);
        }
        return x;
    }

    private Tensor Penalty()
    {
        Tensor total = Tensor.From(0f).Detach();
        if (settings.Training.Regularization == "none") return total;
        bool squares = settings.Training.Regularization == "l2";
        foreach (Linear layer in layers)
            total += squares ? layer.Weight.Value.Square().Sum() * 0.5f : layer.Weight.Value.Abs().Sum();
        return total * (float)settings.Training.RegularizationRate;
    }

    private (double Loss, double Accuracy) Evaluate(Samples samples)
    {
        if (samples.Count == 0) return (0, 0);
        Tensor logits = Apply(samples.Inputs);
        double loss = Loss.BinaryCrossEntropyWithLogits(logits, samples.Labels).Item();
        int right = logits.ToArray<float>().Zip(samples.Labels.ToArray<float>()).Count(pair => pair.First > 0 == pair.Second > 0.5f);
        return (loss, (double)right / samples.Count);
    }

    private PlaygroundLayer Draw(int index, float[] values)
    {
        Linear layer = layers[index];
        (int outputs, int inputs) = (layer.Weight.Shape[0], layer.Weight.Shape[1]);
        (float[] weightGradients, float[] biasGradients) = (gradients[2 * index], gradients[(2 * index) + 1]);
        return new()
        {
            Weights = Rows(layer.Weight.Value.ToArray<float>(), inputs),
            Biases = layer.Bias!.Value.ToArray<float>(),
            WeightGradients = Rows(weightGradients, inputs),
            BiasGradients = biasGradients,
            GradientNorm = Math.Sqrt(weightGradients.Concat(biasGradients).Sum(g => (double)g * g)),
            Units = [.. Enumerable.Range(0, outputs).Select(unit => UnitGrid(values, unit, outputs))],
        };
    }

    private static float[][] Rows(float[] elements, int columns) => [.. elements.Chunk(columns)];

    private static byte[] UnitGrid(float[] values, int unit, int units)
    {
        float[] cells = new float[UnitSize * UnitSize];
        int every = BoundarySize / UnitSize;
        for (int row = 0; row < UnitSize; row++)
            for (int column = 0; column < UnitSize; column++)
                cells[(row * UnitSize) + column] = values[((((row * every) + (every / 2)) * BoundarySize) + (column * every) + (every / 2)) * units + unit];
        (float least, float most) = (cells.Min(), cells.Max());
        float scale = most > least ? 255 / (most - least) : 0;
        return [.. cells.Select(cell => float.IsFinite(cell) && float.IsFinite(scale) && scale > 0 ? (byte)((cell - least) * scale) : (byte)128)];
    }

    private sealed record Samples(Tensor Inputs, Tensor Labels, int Count)
    {
        public static Samples Of(IReadOnlyList<PlanePoint> points, IReadOnlyList<string> features) => new(
            PlaneFeatures.Of(points, features),
            Tensor.From<float>([.. points.Select(point => (float)point.Label)], [points.Count, 1]).Detach(),
            points.Count);
    }
}
