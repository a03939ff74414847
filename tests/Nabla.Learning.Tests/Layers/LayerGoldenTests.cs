using System.Text.Json;

namespace Nabla.Learning.Tests;

/// <summary>Each layer's output and gradients in float64 against PyTorch's.</summary>
public class LayerGoldenTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(1);

    public static TheoryData<string, int> Cases
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (string topic in (string[])["layers", "convolutions", "pooling"])
                for (int i = 0; i < GoldenCase.Read(topic).Length; i++) data.Add(topic, i);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EqualsPyTorch(string topic, int index)
    {
        GoldenCase golden = GoldenCase.Read(topic)[index];
        Module module = Build(topic, golden);
        foreach (Parameter parameter in module.Parameters) parameter.Assign(golden[parameter.StoredName]);
        bool takesIndex = golden.Has("index");
        Tensor x = takesIndex ? golden["index"].Cast(DType.Int32) : golden["x"];

        Tensor y = module.Apply(x);
        golden.Expect("y", y);
        Gradients gradients = y.Backward(golden["upstream"]);
        if (!takesIndex) golden.Expect("x.gradient", gradients[x]);
        foreach (Parameter parameter in module.Parameters) golden.Expect(parameter.StoredName + ".gradient", gradients[parameter.Cell]);
        int gradientCount = golden.TensorNames.Count(name => name.EndsWith(".gradient", StringComparison.Ordinal));
        Assert.Equal(gradientCount, module.Parameters.Count + (takesIndex ? 0 : 1));
    }

    private static Module Build(string topic, GoldenCase golden) => topic switch
    {
        "convolutions" => Convolution(golden.Settings),
        "pooling" => Pooling(golden),
        _ => golden.Name switch
        {
            "linear" => new Linear(5, 3, Key, dtype: DType.Float64),
            "linear without bias" => new Linear(5, 3, Key, hasBias: false, DType.Float64),
            "layer norm" => new LayerNorm(6, dtype: DType.Float64),
            "rnn" => new Rnn(4, 3, Key, dtype: DType.Float64),
            "rnn last" => new Rnn(4, 3, Key, lastOnly: true, DType.Float64),
            "embedding" => new Embedding(6, 3, Key, DType.Float64),
            _ => Activation.Named(golden.Name),
        },
    };

    private static Conv2d Convolution(JsonElement settings) => new(
        settings.GetProperty("inputs").GetInt32(), settings.GetProperty("outputs").GetInt32(), Pair(settings, "kernel"), Key,
        Pair(settings, "stride"), Pair(settings, "padding"), Pair(settings, "dilation"), settings.GetProperty("groups").GetInt32(),
        settings.GetProperty("bias").GetBoolean(), DType.Float64);

    private static Module Pooling(GoldenCase golden)
    {
        int size = golden.Settings.GetProperty("size").GetInt32(), stride = golden.Settings.GetProperty("stride").GetInt32();
        int padding = golden.Settings.GetProperty("padding").GetInt32();
        return golden.Name.StartsWith("max", StringComparison.Ordinal)
            ? new MaxPool2d(size, stride, padding)
            : new AveragePool2d(size, stride, padding);
    }

    private static Axes Pair(JsonElement settings, string name) =>
        Axes.Create([.. settings.GetProperty(name).EnumerateArray().Select(number => number.GetInt32())]);
}
