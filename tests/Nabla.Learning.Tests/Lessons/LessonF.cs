namespace Nabla.Learning.Tests.Lessons;

/// <summary>Training a network.</summary>
public class LessonF
{
    [Fact]
    public void F1_TheTrainingLoop_OnDigits()
    {
        DatasetPair data = Digits.Create(seed: 1, trainCount: 4000, testCount: 500);
        (List<double> losses, double accuracy) = TrainByHand(data, epochs: 5, learningRate: 1e-3);
        AssertFalling(losses);
        Assert.InRange(losses[0], 0, Math.Log(10));   // a guess costs ln 10
        Assert.InRange(accuracy, 0.55, 1);            // and names one in ten rightly
    }

    [DebianDataFact]
    public async Task F1_TheTrainingLoop_OnFashionMnist()
    {
        DataCatalog catalog = new(new DataCatalogOptions { CacheFolder = "/nonexistent" });
        LoadedData loaded = await catalog.LoadAsync(new DataRequest("fashion-mnist") { AllowDownload = false });
        DatasetPair data = new(loaded.Pair.Train.Take(6000), loaded.Pair.Test.Take(1000));
        // With a larger rate the gradients through 28 rows explode now and then, and the loss rises for an epoch.
        (List<double> losses, double accuracy) = TrainByHand(data, epochs: 5, learningRate: 2e-4);
        AssertFalling(losses);
        Assert.InRange(losses[0], 0, Math.Log(10));
        Assert.InRange(accuracy, 0.5, 1);
    }

    [Fact]
    public void F1_EachStepClearsTheGradients()
    {
        // Gradients are a value: those of one step know nothing of the step before.
        Linear layer = new(3, 2, RandomKey.FromSeed(1));
        Tensor x = Tensor.From(new float[,] { { 1, 2, 3 } });             // [1, inputs]
        float[] first = layer.Apply(x).Sum().Backward()[layer.Weight.Cell].ToArray<float>();
        float[] second = layer.Apply(x).Sum().Backward()[layer.Weight.Cell].ToArray<float>();
        Assert.Equal([1, 2, 3, 1, 2, 3], first);
        Assert.Equal(first, second);
    }

    [Fact]
    public void F1_TheTrainerIsTheSameLoop()
    {
        DatasetPair data = Digits.Create(seed: 2, trainCount: 160, testCount: 20);
        (List<double> byHand, _) = TrainByHand(data, epochs: 2, learningRate: 1e-3);
        ImageClassifier model = new(RandomKey.FromSeed(1));
        Trainer trainer = new(model, new Optimizer(new Adam(), model.Parameters, learningRate: 1e-3), new DataLoader(data.Train, batchSize: 16));
        List<double> byTrainer = [.. trainer.Run(epochs: 2).OfType<EpochReport>().Select(report => report.TrainLoss)];
        Assert.Equal(byHand, byTrainer);
    }

    [Fact]
    public void F2_EpochAndBatchSize()
    {
        DataLoader loader = new(Digits.Create(seed: 3, trainCount: 100, testCount: 1).Train, batchSize: 16);
        Assert.Equal(7, loader.StepsPerEpoch);   // 6 · 16 + 4
        List<int> sizes = [], seen = [];
        foreach (Batch batch in loader.Epoch(0))
        {
            Assert.Equal([batch.Count, 1, 28, 28], batch.Inputs.Shape);
            Assert.Equal([batch.Count], batch.Targets.Shape);
            sizes.Add(batch.Count);
            seen.AddRange(batch.Indices.Span);
        }
        Assert.Equal([16, 16, 16, 16, 16, 16, 4], sizes);
        Assert.Equal(Enumerable.Range(0, 100), seen.Order());
        Assert.NotEqual(seen, loader.Epoch(1).SelectMany(batch => batch.Indices.ToArray()));
    }

    private static RandomKey Key { get; } = RandomKey.FromSeed(7);

    public static TheoryData<string> Networks => [.. Cases.Keys];

    // Each with an input that keeps clear of kinks, all in Float64.
    private static Dictionary<string, Func<(Module Model, Tensor Input)>> Cases { get; } = new()
    {
        ["Linear"] = () => (new Linear(4, 3, Key, dtype: DType.Float64), Facts.Random([5, 4], seed: 51)),
        ["Linear without bias"] = () => (new Linear(4, 3, Key, hasBias: false, dtype: DType.Float64), Facts.Random([5, 4], seed: 52)),
        ["Conv2d"] = () => (new Conv2d(2, 3, 3, Key, stride: 2, padding: 1, dtype: DType.Float64), Facts.Random([2, 2, 7, 6], seed: 53)),
        ["MaxPool2d"] = () => (new MaxPool2d(2), Facts.Random([2, 3, 6, 4], seed: 54)),
        ["AveragePool2d"] = () => (new AveragePool2d(2), Facts.Random([2, 3, 6, 4], seed: 55)),
        ["LayerNorm"] = () => (new LayerNorm(6, dtype: DType.Float64), Facts.Random([4, 6], seed: 56)),
        ["Rnn"] = () => (new Rnn(3, 4, Key, dtype: DType.Float64), Facts.Random([2, 5, 3], seed: 57)),
        ["Rnn, last step"] = () => (new Rnn(3, 4, Key, lastOnly: true, dtype: DType.Float64), Facts.Random([2, 5, 3], seed: 58)),
        ["Embedding"] = () => (new Embedding(6, 3, Key, dtype: DType.Float64), Tensor.From(4, 0, 4, 5)),
        ["Flatten"] = () => (new Flatten(), Facts.Random([2, 3, 4], seed: 59)),
        ["Dropout"] = () => (new Dropout(0.5), Facts.Random([4, 4], seed: 60)),
        ["GlobalAveragePool"] = () => (new GlobalAveragePool(), Facts.Random([2, 3, 4, 5], seed: 61)),
        ["BatchNorm2d"] = () => (new BatchNorm2d(3, dtype: DType.Float64), Facts.Random([2, 3, 4, 5], seed: 62)),
        ["Lstm"] = () => (new Lstm(3, 4, Key, dtype: DType.Float64), Facts.Random([2, 5, 3], seed: 63)),
        ["Gru"] = () => (new Gru(3, 4, Key, dtype: DType.Float64), Facts.Random([2, 5, 3], seed: 64)),
        ["MultiHeadAttention"] = () => (new MultiHeadAttention(6, 2, Key, dtype: DType.Float64), Facts.Random([2, 4, 6], seed: 65)),
        ["MultiHeadAttention, causal"] = () => (
            new MultiHeadAttention(6, 2, Key, isCausal: true, dtype: DType.Float64), Facts.Random([2, 4, 6], seed: 66)),
        ["TransformerBlock"] = () => (new TransformerBlock(6, 2, Key, dtype: DType.Float64), Facts.Random([2, 4, 6], seed: 67)),
        ["ResidualBlock"] = () => (new ResidualBlock(3, Key, DType.Float64), Facts.Random([2, 3, 4, 4], seed: 68)),
        ["dense network"] = () => (
            new Sequential(
                new Linear(4, 8, Key.At(0), dtype: DType.Float64), Activation.Tanh, new LayerNorm(8, dtype: DType.Float64),
                new Linear(8, 8, Key.At(1), dtype: DType.Float64), Activation.Gelu, new Linear(8, 3, Key.At(2), dtype: DType.Float64)),
            Facts.Random([5, 4], seed: 70)),
        ["convolutional network"] = () => (
            new Sequential(
                new Conv2d(1, 3, 3, Key.At(0), padding: 1, dtype: DType.Float64), Activation.Silu, new MaxPool2d(2),
                new Conv2d(3, 4, 3, Key.At(1), dtype: DType.Float64), Activation.Tanh, new Flatten(),
                new Linear(16, 3, Key.At(2), dtype: DType.Float64)),
            Facts.Random([2, 1, 8, 8], seed: 71)),
        ["recurrent network"] = () => (
            new Sequential(new Rnn(3, 5, Key.At(0), lastOnly: true, dtype: DType.Float64), new Linear(5, 3, Key.At(1), dtype: DType.Float64)),
            Facts.Random([4, 6, 3], seed: 72)),
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void F3_GradientCheck(string network)
    {
        (Module model, Tensor input) = Cases[network]();
        Assert.InRange(WorstError(model, input, output => output), 0, 1e-7);
    }

    public static TheoryData<string> Activations => [.. Activation.Names];

    [Theory]
    [MemberData(nameof(Activations))]
    public void F3_GradientCheck_OfEachActivation(string name) =>
        Assert.InRange(WorstError(Activation.Named(name), Facts.Random([33], seed: 69), output => output), 0, 1e-7);

    [Fact]
    public void F3_NoLayerIsLeftOut()
    {
        HashSet<Type> checkedTypes = [typeof(Activation)];
        foreach (Func<(Module Model, Tensor Input)> make in Cases.Values) checkedTypes.Add(make().Model.GetType());
        IEnumerable<Type> layers = typeof(Module).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Module)) && !type.IsAbstract);
        Assert.Equal([], layers.Except(checkedTypes).Select(type => type.Name));
    }

    [Theory]
    [InlineData("dense network")]
    [InlineData("convolutional network")]
    [InlineData("recurrent network")]
    public void F3_GradientCheck_DownToTheLoss(string network)
    {
        (Module model, Tensor input) = Cases[network]();
        int[] classes = [.. Enumerable.Range(0, input.Shape[0]).Select(i => i * 2 % 3)];
        Assert.InRange(WorstError(model, input, logits => Loss.CrossEntropy(logits, Tensor.From<int>(classes))), 0, 1e-7);
    }

    [Fact]
    public void F3_GradientCheck_FindsAWrongGradient()
    {
        // The forward pass of a square, the gradient of another function: the check has to say so.
        Activation wrong = new("wrong", x => x.Square() + x - x.Detach());
        Assert.True(WorstError(wrong, Facts.Random([9], seed: 73), output => output) > 0.01);
    }

    [Fact]
    public void F3_GradientCheck_FindsAWrongGradientOfAParameter()
    {
        Linear layer = new(3, 2, Key, dtype: DType.Float64);
        Forgetful wrong = new(layer);
        Assert.True(WorstError(wrong, Facts.Random([4, 3], seed: 74), output => output) > 0.01);
    }

    /// <summary>The largest relative error of the gradients by the input and by every parameter.</summary>
    private static double WorstError(Module model, Tensor input, Func<Tensor, Tensor> above)
    {
        IReadOnlyList<Parameter> parameters = model.Parameters;
        return GradientCheck.Of(Function, [input, .. parameters.Select(parameter => parameter.Value)]);

        Tensor Function(Tensor[] values)
        {
            // The check hands in a parameter's own value, or another value for it: then that one counts for this call alone.
            int moved = Enumerable.Range(0, parameters.Count).FirstOrDefault(k => values[k + 1] != parameters[k].Value, -1);
            if (moved < 0) return above(model.Apply(values[0], Pass.Training(Key)));
            Parameter parameter = parameters[moved];
            Tensor before = parameter.Value.Detach();
            parameter.Assign(values[moved + 1]);
            Tensor output = above(model.Apply(values[0], Pass.Training(Key)));
            parameter.Assign(before);
            return output;
        }
    }

    private static void AssertFalling(List<double> losses)
    {
        for (int epoch = 1; epoch < losses.Count; epoch++)
            Assert.True(losses[epoch] < losses[epoch - 1], $"the mean loss rose in epoch {epoch + 1}: {string.Join(", ", losses)}");
    }

    /// <summary>The lecture's loop: for each epoch, for each batch, forward, loss, backward, step.</summary>
    /// <returns>Each epoch's mean loss over its samples, and the share of test images that were named rightly.</returns>
    private static (List<double> Losses, double Accuracy) TrainByHand(DatasetPair data, int epochs, double learningRate)
    {
        ImageClassifier model = new(RandomKey.FromSeed(1));
        Optimizer optimizer = new(new Adam(), model.Parameters, learningRate);
        DataLoader loader = new(data.Train, batchSize: 16);
        List<double> losses = [];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            double sum = 0;
            foreach (Batch batch in loader.Epoch(epoch))
            {
                using Scope step = Scope.Begin();
                Tensor logits = model.Apply(batch.Inputs);                  // [batch, classes]
                Tensor loss = Loss.CrossEntropy(logits, batch.Targets);     // []
                Gradients gradients = loss.Backward();
                optimizer.Step(gradients);
                sum += loss.Item() * batch.Count;
            }
            losses.Add(sum / data.Train.Count);
        }
        return (losses, Evaluation.Of(model, data.Test).Accuracy);
    }

    /// <summary>Reads an image as a recurrent network reads a sequence: each row is one time step.</summary>
    private sealed class ImageClassifier(RandomKey key) : Module
    {
        public Rnn Rows { get; } = new(28, 128, key.At(0), lastOnly: true);

        public Linear Output { get; } = new(128, 10, key.At(1));

        protected override Tensor Forward(Tensor x, Pass pass)
        {
            Tensor rows = x.Reshape([x.Shape[0], 28, 28]);   // [batch, time, inputs]
            Tensor last = Rows.Apply(rows, pass);            // [batch, hidden]
            return Output.Apply(last, pass);                 // [batch, classes]
        }
    }

    /// <summary>Uses its weight twice and cuts the graph at one of the two.</summary>
    private sealed class Forgetful(Linear layer) : Module
    {
        public Linear Layer { get; } = layer;

        protected override Tensor Forward(Tensor x, Pass pass) => Layer.Apply(x, pass) + Layer.Weight.Value.Detach().Sum();
    }
}
