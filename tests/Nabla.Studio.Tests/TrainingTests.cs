using System.Text.Json;
using Nabla.Playgrounds;

namespace Nabla.Studio.Tests;

public class TrainingTests(ServedStudio studio) : IClassFixture<ServedStudio>
{
    [Theory]
    [InlineData("circles", "tanh", "sgd", 0.3)]
    [InlineData("xor", "relu", "momentum", 0.1)]
    [InlineData("blobs", "sigmoid", "adam", 0.05)]
    [InlineData("spirals", "tanh", "adam", 0.02)]
    public void ThePlaygroundLearnsItsData(string kind, string activation, string optimizer, double learningRate)
    {
        Playground playground = new(new()
        {
            Data = new() { Kind = kind, Noise = 0.02, Count = 200 },
            Network = new() { Hidden = kind == "spirals" ? [16, 16] : [8, 4], Activation = activation },
            Training = new() { Optimizer = optimizer, LearningRate = learningRate, BatchSize = 16 },
        });
        (double before, _) = playground.Losses();
        for (int i = 0; i < (kind == "spirals" ? 4000 : 800); i++) playground.Step();
        PlaygroundState state = playground.State(running: false, fault: null);
        Assert.True(state.TrainLoss < before / 2, $"{before} to {state.TrainLoss}");
        Assert.InRange(state.TrainAccuracy, 0.9, 1);
        Assert.Equal(50 * 50, state.Boundary.Length);
    }

    [Fact]
    public void TheSameSeedGivesTheSameBits()
    {
        float[] Weights()
        {
            Playground playground = new(new());
            for (int i = 0; i < 50; i++) playground.Step();
            return [.. playground.State(false, null).Layers.SelectMany(layer => layer.Weights).SelectMany(row => row)];
        }
        Assert.Equal(Weights(), Weights());
    }

    [Fact]
    public void TheGradientsShownAreThoseOfCentralDifferences()
    {
        PlaygroundSettings settings = new()
        {
            Data = new() { Count = 20 },
            Network = new() { Hidden = [3] },
            Training = new() { BatchSize = 1000, LearningRate = 0, Regularization = "l2", RegularizationRate = 0.1 },
        };
        Playground playground = new(settings);
        playground.Step();
        PlaygroundLayer first = playground.State(false, null).Layers[0];

        // The same network by hand, in double precision.
        PlaygroundState state = playground.State(false, null);
        double[][][] weights = [.. state.Layers.Select(layer => layer.Weights.Select(row => row.Select(w => (double)w).ToArray()).ToArray())];
        double[][] biases = [.. state.Layers.Select(layer => layer.Biases.Select(b => (double)b).ToArray())];
        const double h = 1e-5;
        for (int output = 0; output < 3; output++)
        {
            for (int input = 0; input < 2; input++)
            {
                double at = weights[0][output][input];
                weights[0][output][input] = at + h;
                double up = Loss();
                weights[0][output][input] = at - h;
                double down = Loss();
                weights[0][output][input] = at;
                Assert.Equal((up - down) / (2 * h), first.WeightGradients[output][input], 1e-4);
            }
        }

        double Loss()
        {
            double sum = 0;
            PlanePoint[] points = [.. playground.Points.Where(point => !point.IsTest)];
            foreach (PlanePoint point in points)
            {
                double logit = biases[1][0];
                for (int unit = 0; unit < 3; unit++)
                    logit += weights[1][0][unit] * Math.Tanh((weights[0][unit][0] * point.X) + (weights[0][unit][1] * point.Y) + biases[0][unit]);
                sum += Math.Log(1 + Math.Exp(point.Label == 1 ? -logit : logit));
            }
            double squares = weights.SelectMany(layer => layer).SelectMany(row => row).Sum(w => w * w);
            return (sum / points.Length) + (0.1 / 2 * squares);
        }
    }

    [Fact]
    public void WeightsThatStillFitAreKept()
    {
        PlaygroundSettings settings = new() { Network = new() { Hidden = [4, 3] } };
        Playground playground = new(settings);
        for (int i = 0; i < 20; i++) playground.Step();
        PlaygroundState before = playground.State(false, null);
        playground.Change(settings with { Network = settings.Network with { Hidden = [6, 3], Features = ["y", "xy", "x"] } });
        PlaygroundState after = playground.State(false, null);
        for (int unit = 0; unit < 4; unit++)
        {
            Assert.Equal(before.Layers[0].Weights[unit][0], after.Layers[0].Weights[unit][2]);
            Assert.Equal(before.Layers[0].Weights[unit][1], after.Layers[0].Weights[unit][0]);
            Assert.Equal(before.Layers[0].Biases[unit], after.Layers[0].Biases[unit]);
        }
        Assert.Equal(before.Layers[2].Weights[0], after.Layers[2].Weights[0]);
        playground.Change(playground.Settings with { Training = playground.Settings.Training with { LearningRate = 0.5, Optimizer = "adam" } });
        playground.Step();
    }

    [Fact]
    public void SigmoidsLetTheGradientVanishAndReluDoesNot()
    {
        double Ratio(string activation)
        {
            Playground playground = new(new() { Network = new() { Hidden = [8, 8, 8, 8, 8], Activation = activation }, Training = new() { BatchSize = 200 } });
            playground.Step();
            IReadOnlyList<PlaygroundLayer> layers = playground.State(false, null).Layers;
            return layers[0].GradientNorm / layers[^1].GradientNorm;
        }
        Assert.True(Ratio("sigmoid") < 0.01, $"sigmoid {Ratio("sigmoid")}");
        Assert.True(Ratio("relu") > 10 * Ratio("sigmoid"), $"relu {Ratio("relu")}");
    }

    [Fact]
    public async Task ATrainingTellsHowItStands()
    {
        JsonElement started = await studio.AskAsync("api/trainings", new { data = new { kind = "xor" }, training = new { learningRate = 0.3 } });
        string id = started.GetProperty("id").GetString()!;
        using StreamReader events = new(await studio.Client.GetStreamAsync($"api/trainings/{id}/events"));
        Dictionary<string, JsonElement> first = [];
        while (first.Count < 4)
        {
            (string name, JsonElement content) = await NextAsync(events);
            first.TryAdd(name, content);
        }
        Assert.Equal(["data", "history", "settings", "state"], first.Keys.Order());
        Assert.Equal("xor", first["settings"].GetProperty("data").GetProperty("kind").GetString());
        Assert.Equal(0, first["state"].GetProperty("step").GetInt64());

        await studio.AskAsync($"api/trainings/{id}/step", new { });
        Assert.Equal(1, (await NextAsync(events)).Content.GetProperty("step").GetInt64());
        await studio.AskAsync($"api/trainings/{id}/run", new { });
        JsonElement state;
        do state = (await NextAsync(events)).Content;
        while (state.GetProperty("step").GetInt64() < 50);
        Assert.True(state.GetProperty("running").GetBoolean());
        (int status, _) = await studio.SendTextAsync($"api/trainings/{id}", """{"network":{"hidden":[3],"activation":"relu"}}""", HttpMethod.Put);
        Assert.Equal(200, status);
        await studio.AskAsync($"api/trainings/{id}/reset", new { });
        using HttpResponseMessage gone = await studio.Client.DeleteAsync($"api/trainings/{id}");
        Assert.True(gone.IsSuccessStatusCode);
        Assert.Equal(404, (await studio.SendTextAsync($"api/trainings/{id}/run", "{}")).Status);
    }

    [Fact]
    public void ADivergedTrainingStopsAndSaysWhy()
    {
        Playground playground = new(new() { Network = new() { Hidden = [8], Activation = "identity" }, Training = new() { LearningRate = 100, Regularization = "l2", RegularizationRate = 10 } });
        for (int i = 0; i < 500 && playground.CanStep; i++) playground.Step();
        Assert.False(playground.IsFinite);
        playground.State(false, PlaygroundTexts.Diverged(Language.Korean));
        playground.Reset();
        Assert.True(playground.CanStep);
    }

    [Fact]
    public void OwnPointsMayBeNone()
    {
        Playground playground = new(new() { Data = new() { Kind = "points" } });
        Assert.False(playground.CanStep);
        playground.State(false, null);
        playground.Change(playground.Settings with { Data = playground.Settings.Data with { Points = [new(0.5, 0.5, 1), new(-0.5, -0.5, 0)] } });
        playground.Step();
    }

    private static async Task<(string Name, JsonElement Content)> NextAsync(StreamReader events)
    {
        string name = "";
        while (await events.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return (name, JsonDocument.Parse(line[6..]).RootElement);
        }
        throw new InvalidOperationException("the stream ended");
    }
}
