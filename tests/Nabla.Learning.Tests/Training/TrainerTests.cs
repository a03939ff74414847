namespace Nabla.Learning.Tests;

[Collection(ProcessWideTests.Name)]
public class TrainerTests
{
    private static readonly DatasetPair Data = Digits.Create(seed: 3, trainCount: 700, testCount: 200);

    [Fact]
    public void ItLearns()
    {
        Trainer trainer = Build(new Adam(), learningRate: 0.01, test: true);
        TrainingReport[] reports = [.. trainer.Run(epochs: 5)];
        EpochReport[] epochs = [.. reports.OfType<EpochReport>()];
        StepReport[] steps = [.. reports.OfType<StepReport>()];
        Assert.Equal([1, 2, 3, 4, 5], epochs.Select(report => report.Epoch));
        Assert.Equal(Enumerable.Range(1, 55).Select(step => (long)step), steps.Select(report => report.Step));
        Assert.Equal((1, 11), (steps[11].StepInEpoch, steps[11].StepsPerEpoch));
        Assert.True(epochs[^1].TrainLoss < 0.7 * epochs[0].TrainLoss);
        Assert.True(epochs[^1].Test!.Accuracy > 0.5, $"{epochs[^1].Test}");
        Assert.Equal(200, epochs[^1].Test!.Count);
        Assert.InRange(epochs[^1].TrainAccuracy!.Value, 0.5, 1);
        Assert.All(steps, report => Assert.True(report.SamplesPerSecond > 0));
        // The mean over the samples, not over the batches: the last of 11 has 60 samples, the others 64.
        double mean = steps.Take(11).Select((report, i) => report.Loss * (i == 10 ? 60 : 64)).Sum() / 700;
        Assert.Equal(mean, epochs[0].TrainLoss, 1e-12);
    }

    [Fact]
    public void OneThreadAndTwoGiveTheSameBits()
    {
        string[] runs = [.. new[] { 1, 2 }.Select(threads =>
        {
            using ThreadCount count = new(threads);
            Trainer trainer = Build(new Adam(), learningRate: 0.01, test: true);
            foreach (TrainingReport report in trainer.Run(2)) ;
            return Bits(trainer);
        })];
        Assert.Equal(runs[0], runs[1]);
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(22, false)]
    [InlineData(15, false)]
    [InlineData(15, true)]
    [InlineData(22, true)]
    public void ResumedEqualsUninterrupted(int steps, bool momentum)
    {
        using TemporaryFolder folder = new();
        UpdateRule rule = momentum ? new Sgd(0.9, nesterov: true) : new AdamW();
        Trainer whole = Build(rule, learningRate: 0.01, test: false);
        EpochReport[] expected = [.. whole.Run(4).OfType<EpochReport>()];

        Trainer first = Build(rule, learningRate: 0.01, test: false);
        foreach (TrainingReport report in first.Run(4))
        {
            if (report is not StepReport step || step.Step != steps) continue;
            first.Save(folder["training"], new Dictionary<string, string> { ["note"] = "half way" });
            break;
        }
        // A model of another seed and another learning rate: everything must come from the file.
        Trainer second = Build(rule, learningRate: 0.5, test: false, modelSeed: 77);
        second.Resume(folder["training"]);
        Assert.Equal(steps / 11 - (steps % 11 == 0 ? 1 : 0), second.CompletedEpochs);
        EpochReport[] rest = [.. second.Run(4).OfType<EpochReport>()];
        Assert.Equal(Bits(whole), Bits(second));
        foreach ((EpochReport left, EpochReport right) in expected.TakeLast(rest.Length).Zip(rest))
            Assert.Equal(left with { Seconds = 0, SamplesPerSecond = 0 }, right with { Seconds = 0, SamplesPerSecond = 0 });

        // The file serves as weights alone too.
        Sequential model = Models.Digits(seed: 5);
        Assert.Equal("half way", Weights.Load(folder["training"], model)["note"]);
        Assert.Equal(Values(first.Model), Values(model));
    }

    [Fact]
    public void AWholeTracedStepWithDropoutGivesTheBitsOfTheTrainer()
    {
        Trainer trainer = Build(new AdamW(), learningRate: 0.01, test: false), twin = Build(new AdamW(), learningRate: 0.01, test: false);
        double[] expected = [.. trainer.Run(1).OfType<StepReport>().Select(report => report.Loss)];

        RandomKey key = RandomKey.FromSeed(twin.Options.Seed);
        Compiled step = Compiled.Trace(inputs =>
        {
            // The step number is an input, so that each replay drops other units.
            Tensor loss = Loss.CrossEntropy(twin.Model.Apply(inputs[0].Detach(), Pass.Training(key.At(inputs[2]))), inputs[1]);
            twin.Optimizer.Step(loss.Backward([.. twin.Optimizer.Parameters.Select(parameter => parameter.Value)]));
            return [loss];
        });
        double[] losses = [.. twin.Loader.Epoch(0).Select((batch, i) =>
            step.Run(batch.Inputs, batch.Targets, Tensor.From([(long)i], Shape.Scalar))[0].Item())];
        Assert.Equal(expected, losses);
        Assert.Equal(Bits(trainer), Bits(twin));
        // Once for the full batches and once for the last.
        Assert.Equal(2, step.TraceCount);
    }

    [Fact]
    public void AnotherTrainingIsNotResumed()
    {
        using TemporaryFolder folder = new();
        Trainer saved = Build(new Adam(), 0.01, test: false);
        saved.Save(folder["training"]);
        Trainer other = Build(new Adam(beta1: 0.8), 0.01, test: false, seed: 4);
        string message = Assert.Throws<CheckpointException>(() => other.Resume(folder["training"])).Message;
        Assert.Contains("rule", message);
        Assert.Contains("seed (the file has 1, the trainer 4)", message);
        Weights.Save(folder["weights"], saved.Model);
        Assert.Contains("Weights.Load", Assert.Throws<CheckpointException>(() => saved.Resume(folder["weights"])).Message);
        Assert.Throws<ArgumentException>(() => saved.Save(folder["bad"], new Dictionary<string, string> { ["training/seed"] = "1" }));
    }

    [Fact]
    public void ALossThatIsNoNumberStopsBeforeTheUpdate()
    {
        Trainer trainer = Build(new Sgd(), learningRate: 1e30, test: false);
        float[] before = [];
        long steps = 0;
        TrainingException thrown = Assert.Throws<TrainingException>(() =>
        {
            foreach (TrainingReport report in trainer.Run(1))
            {
                before = Values(trainer.Model);
                steps = report.Step;
            }
        });
        Assert.Equal(steps + 1, thrown.Step);
        Assert.Equal(steps, trainer.Optimizer.StepCount);
        Assert.Contains($"stopped at step {thrown.Step}", thrown.Message);
        Assert.Contains("learning rate (now 1E+30", thrown.Message);
        Assert.Matches("that of 1.Weight|is 1.Weight|finite is|gradients are finite", thrown.Message);
        Assert.Equal(before, Values(trainer.Model));
    }

    [Fact]
    public void TheFirstParameterThatIsNoNumberIsNamed()
    {
        Trainer trainer = Build(new Sgd(), learningRate: 0.1, test: false);
        Linear output = (Linear)((Sequential)trainer.Model)[4];
        float[] bias = output.Bias!.Value.ToArray<float>();
        bias[3] = float.NaN;
        output.Bias.Assign(Tensor.From(bias));
        string message = Assert.Throws<TrainingException>(() => trainer.Run(1).First()).Message;
        Assert.Contains("the first parameter that is not finite is 4.Bias Float32[10] with NaN", message);
    }

    [Fact]
    public void AGradientThatIsNoNumberIsNamed()
    {
        // √x at 0 has a finite value and an infinite slope; the limit of the norm looks at the gradients.
        Dataset dataset = Dataset.FromFloats("zeros", "Zeros.", [2], new float[8], new int[4], ["a", "b"]);
        Linear model = new(2, 2, RandomKey.FromSeed(1), hasBias: false);
        Trainer trainer = new(model, new(new Sgd(), model.Parameters, 0.1), new(dataset, 4), new() { ClipNorm = 1, Loss = (y, _) => y.Sqrt().Sum() });
        string message = Assert.Throws<TrainingException>(() => trainer.Run(1).First()).Message;
        Assert.Contains("the first gradient that is not finite is that of Weight Float32[2, 2] with NaN", message);
    }

    [Fact]
    public void ASampleThatIsNoNumberIsNamed()
    {
        float[] values = [.. Enumerable.Range(0, 24).Select(i => i == 17 ? float.PositiveInfinity : i)];
        Dataset dataset = Dataset.FromFloats("broken", "A sample with infinity.", [3], values, new int[8], ["a", "b"]);
        Linear model = new(3, 2, RandomKey.FromSeed(1));
        Trainer trainer = new(model, new(new Sgd(), model.Parameters, 0.01), new(dataset, 8));
        Assert.Contains("sample 5 of the data", Assert.Throws<TrainingException>(() => trainer.Run(1).First()).Message);
    }

    [Fact]
    public void CancellingLeavesAWholeStep()
    {
        using CancellationTokenSource source = new();
        Trainer trainer = Build(new Adam(), 0.01, test: false), twin = Build(new Adam(), 0.01, test: false);
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (TrainingReport report in trainer.Run(2, source.Token))
                if (report.Step == 4) source.Cancel();
        });
        Assert.Equal(4, trainer.Optimizer.StepCount);
        foreach (TrainingReport report in twin.Run(2))
            if (report.Step == 4) break;
        Assert.Equal(Bits(twin), Bits(trainer));
        // And it goes on from there as if nothing had happened.
        foreach (TrainingReport report in trainer.Run(2)) ;
        foreach (TrainingReport report in twin.Run(2)) ;
        Assert.Equal(Bits(twin), Bits(trainer));
    }

    [Fact]
    public void AStepGivesItsMemoryBack()
    {
        Trainer trainer = Build(new Adam(), 0.01, test: false);
        List<long> blocks = [];
        foreach (TrainingReport report in trainer.Run(3))
            if (report is EpochReport) blocks.Add(StoragePool.BlocksInUse);
        // Blocks that the collector finds may come back between, so the count may fall but not grow once every batch size was traced.
        Assert.True(blocks[^1] <= blocks[0] + 2, $"{blocks[0]} blocks after the first epoch, {blocks[^1]} after the last");
    }

    [Fact]
    public void RefusesBadSettings()
    {
        Trainer trainer = Build(new Sgd(), 0.1, test: false);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Run(-1));
        Assert.Empty(trainer.Run(0));
        Assert.Throws<ArgumentException>(() => new Trainer(trainer.Model, trainer.Optimizer, trainer.Loader, new() { ClipNorm = 0 }));
    }

    private static Trainer Build(UpdateRule rule, double learningRate, bool test, ulong modelSeed = 1, ulong seed = 1)
    {
        Sequential model = Models.Digits(modelSeed);
        return new(
            model, new Optimizer(rule, model.Parameters, learningRate), new DataLoader(Data.Train, 64, seed: 2),
            new() { Seed = seed, Test = test ? Data.Test : null });
    }

    private static float[] Values(Module model) => [.. model.Parameters.SelectMany(parameter => parameter.Value.ToArray<float>())];

    private static string Bits(Trainer trainer) => string.Join(' ', Values(trainer.Model).Select(BitConverter.SingleToUInt32Bits));
}
