using System.Globalization;
using System.Runtime.InteropServices;

namespace Nabla.Learning.Tests;

public class WeightsTests
{
    [Fact]
    public void AModuleComesBackToTheBit()
    {
        using TemporaryFolder folder = new();
        Models.Network saved = new(seed: 1), loaded = new(seed: 2);
        saved.RunningMean.Assign(Tensor.From(1f, -2f, 3f));
        Assert.NotEqual(Values(saved), Values(loaded));
        Weights.Save(folder["network.safetensors"], saved, new Dictionary<string, string> { ["made by"] = "a test" });
        Assert.Equal("a test", Weights.Load(folder["network.safetensors"], loaded)["made by"]);
        Assert.Equal(Values(saved), Values(loaded));
        Assert.Equal([1f, -2f, 3f], loaded.RunningMean.Value.ToArray<float>());
    }

    [Fact]
    public void FilesOfTheOtherPrecisionAreConverted()
    {
        using TemporaryFolder folder = new();
        Linear wide = new(3, 2, RandomKey.FromSeed(1), dtype: DType.Float64), narrow = new(3, 2, RandomKey.FromSeed(2));
        Weights.Save(folder["wide"], wide);
        Weights.Load(folder["wide"], narrow);
        Assert.Equal(wide.Weight.Value.ToDoubles().Select(value => (float)value), narrow.Weight.Value.ToArray<float>());
    }

    [Fact]
    public void AMismatchListsEveryNameAndChangesNothing()
    {
        using TemporaryFolder folder = new();
        Sequential saved = [new Linear(4, 3, RandomKey.FromSeed(1)), new Linear(3, 2, RandomKey.FromSeed(1))];
        RandomKey key = RandomKey.FromSeed(2);
        Sequential other = [new Linear(4, 3, key, hasBias: false), new Linear(3, 5, key), new Linear(5, 1, key)];
        Weights.Save(folder["saved"], saved);
        float[] before = Values(other);

        string message = Assert.Throws<CheckpointException>(() => Weights.Load(folder["saved"], other)).Message;
        Assert.Contains("missing: 2.weight [1, 5], 2.bias [1]", message);
        Assert.Contains("unexpected: 0.bias [3]", message);
        Assert.Contains("1.weight (the file has [2, 3], the module [5, 3])", message);
        Assert.Equal(before, Values(other));

        // Passing over names does not pass over shapes.
        message = Assert.Throws<CheckpointException>(() => Weights.Load(folder["saved"], other, strict: false)).Message;
        Assert.DoesNotContain("missing", message);
        Assert.Contains("1.bias (the file has [2], the module [5])", message);
        Assert.Equal(before, Values(other));
    }

    [Fact]
    public void NamesThatOnlyOneSideHasCanBePassedOver()
    {
        using TemporaryFolder folder = new();
        Linear saved = new(4, 3, RandomKey.FromSeed(1), hasBias: false), other = new(4, 3, RandomKey.FromSeed(2));
        Weights.Save(folder["saved"], saved);
        float[] bias = other.Bias!.Value.ToArray<float>();
        Weights.Load(folder["saved"], other, strict: false);
        Assert.Equal(saved.Weight.Value.ToArray<float>(), other.Weight.Value.ToArray<float>());
        Assert.Equal(bias, other.Bias.Value.ToArray<float>());
    }

    [Fact]
    public void AnotherTypeIsRefused()
    {
        using TemporaryFolder folder = new();
        SafetensorsFile.Write(folder["whole"], [new SafetensorsEntry("weight", "I32", [1, 1], new byte[4])]);
        string message = Assert.Throws<CheckpointException>(
            () => Weights.Load(folder["whole"], new Linear(1, 1, RandomKey.FromSeed(1), hasBias: false))).Message;
        Assert.Contains("weight (the file has I32, the module Float32)", message);
    }

    [PyTorchFact]
    public void TheFileFillsTheTwinInPyTorch()
    {
        using TemporaryFolder folder = new();
        RandomKey key = RandomKey.FromSeed(8);
        Twin model = new(key);
        Weights.Save(folder["twin.safetensors"], model, new Dictionary<string, string> { ["title"] = "twin" });
        Tensor x = key.At(9).Uniform([3, 2, 6, 4], -1, 1, DType.Float32);
        byte[] bytes = MemoryMarshal.AsBytes(x.AsSpan<float>()).ToArray();
        SafetensorsFile.Write(folder["x.safetensors"], [new SafetensorsEntry("x", "F32", [3, 2, 6, 4], bytes)]);
        string script = folder.Write("twin.py",
            """
            import json, struct, sys
            import torch
            from torch import nn

            def load(path):
                data = open(path, "rb").read()
                length = struct.unpack("<Q", data[:8])[0]
                header, values = json.loads(data[8:8 + length]), bytearray(data[8 + length:])
                header.pop("__metadata__", None)
                return {name: torch.frombuffer(values, dtype=torch.float32, count=(e["data_offsets"][1] - e["data_offsets"][0]) // 4,
                        offset=e["data_offsets"][0]).reshape(e["shape"]) for name, e in header.items()}

            class Twin(nn.Module):
                def __init__(self):
                    super().__init__()
                    self.features = nn.Sequential(nn.Conv2d(2, 3, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
                    self.recurrent = nn.RNN(6, 5, batch_first=True)
                    self.norm = nn.LayerNorm(5)
                    self.output = nn.Linear(5, 4)

                def forward(self, x):
                    y = self.features(x).reshape(-1, 3, 6)
                    return self.output(self.norm(self.recurrent(y)[0][:, -1]))

            twin = Twin()
            twin.load_state_dict(load(sys.argv[1]))
            print(" ".join(repr(v) for v in twin(load(sys.argv[2])["x"]).reshape(-1).tolist()))
            """);
        string output = Python.Run(script, folder["twin.safetensors"], folder["x.safetensors"]);
        double[] expected = [.. output.Trim().Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        double[] actual = model.Apply(x).ToDoubles();
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5);
    }

    private static float[] Values(Module module) => [.. module.Parameters.SelectMany(parameter => parameter.Value.ToArray<float>())];

    /// <summary>What the script builds in PyTorch.</summary>
    private sealed class Twin(RandomKey key) : Module
    {
        public Sequential Features { get; } = [new Conv2d(2, 3, 3, key.At(0), padding: 1), Activation.Relu, new MaxPool2d(2)];

        public Rnn Recurrent { get; } = new(6, 5, key.At(1), lastOnly: true);

        public LayerNorm Norm { get; } = new(5);

        public Linear Output { get; } = new(5, 4, key.At(2));

        protected override Tensor Forward(Tensor x, Pass pass)
        {
            Tensor features = Features.Apply(x, pass).Reshape([x.Shape[0], 3, 6]);
            return Output.Apply(Norm.Apply(Recurrent.Apply(features, pass), pass), pass);
        }
    }
}
