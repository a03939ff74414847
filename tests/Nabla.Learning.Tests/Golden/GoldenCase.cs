using System.Text.Json;

namespace Nabla.Learning.Tests;

/// <summary>One case of a file that tests/golden/pytorch/make_goldens.py wrote: PyTorch's numbers, in float64.</summary>
public sealed class GoldenCase
{
    private readonly Dictionary<string, (int[] Shape, double[] Values)> tensors = [];

    private GoldenCase(JsonElement json)
    {
        Name = json.GetProperty("name").GetString()!;
        Settings = json.GetProperty("settings").Clone();
        foreach (JsonProperty tensor in json.GetProperty("tensors").EnumerateObject())
        {
            tensors[tensor.Name] = ([.. tensor.Value.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())],
                [.. tensor.Value.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())]);
        }
    }

    public string Name { get; }

    public JsonElement Settings { get; }

    public IEnumerable<string> TensorNames => tensors.Keys;

    public Tensor this[string name] => Tensor.From<double>(tensors[name].Values, Shape.Create(tensors[name].Shape));

    public bool Has(string name) => tensors.ContainsKey(name);

    public static GoldenCase[] Read(string topic) => ReadFile(RepositoryFolder.Golden(Path.Combine("pytorch", topic + ".json")));

    public static GoldenCase[] ReadFile(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(item => new GoldenCase(item))];
    }

    public override string ToString() => $"{Name} {Settings}";

    /// <summary>Equal within a tolerance that counts from 1 up as relative.</summary>
    public void Expect(string name, Tensor actual, double tolerance = 1e-9)
    {
        (int[] shape, double[] expected) = tensors[name];
        Assert.Equal(shape, actual.Shape.ToArray());
        double[] values = actual.ToDoubles();
        for (int i = 0; i < values.Length; i++)
        {
            double error = Math.Abs(values[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i]));
            Assert.True(error <= tolerance, $"{this}: {name} at {i} is {values[i]:R}, PyTorch has {expected[i]:R}");
        }
    }
}
