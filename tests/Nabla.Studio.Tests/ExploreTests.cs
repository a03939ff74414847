using System.Text.Json;

namespace Nabla.Studio.Tests;

public class ExploreTests(ServedStudio studio) : IClassFixture<ServedStudio>
{
    private const string Product = "x = -2\ny = 5\nz = -4\nq = x + y\nf = q * z";

    [Fact]
    public async Task AProgramComesBackAsAGraphWithItsSteps()
    {
        JsonElement answer = await studio.AskAsync("api/explore", new { program = Product, language = "en" });
        JsonElement[] nodes = [.. answer.GetProperty("graph").GetProperty("nodes").EnumerateArray()];
        Assert.Equal([-4, -4, 3], new[] { "x", "y", "z" }.Select(name => Gradient(nodes, name)));
        Assert.Equal("-12", answer.GetProperty("output").GetProperty("text").GetString());
        Assert.Equal(["x", "y", "z"], answer.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("name").GetString()));
        Assert.Contains("f = q * z", answer.GetProperty("steps").GetProperty("forward").EnumerateArray().Last().GetProperty("title").GetString());
        Assert.NotEmpty(answer.GetProperty("steps").GetProperty("backward").EnumerateArray());
    }

    [Fact]
    public async Task ValuesOfInputsGoBeforeThoseInTheProgram()
    {
        JsonElement answer = await studio.AskAsync("api/explore", new { program = Product, values = new { x = "1", z = "[2, 3]" } });
        Assert.Equal("[12, 18]", answer.GetProperty("output").GetProperty("text").GetString());
    }

    [Fact]
    public async Task AnOperationOpensIntoItsGates()
    {
        const string program = "x = 1\nf = sigmoid(x)";
        JsonElement closed = await studio.AskAsync("api/explore", new { program });
        int id = closed.GetProperty("graph").GetProperty("nodes").EnumerateArray().First(node => node.GetProperty("canOpen").GetBoolean()).GetProperty("id").GetInt32();
        JsonElement opened = await studio.AskAsync("api/explore", new { program, opened = new[] { id, 12345 } });
        Assert.True(opened.GetProperty("graph").GetProperty("nodes").GetArrayLength() > closed.GetProperty("graph").GetProperty("nodes").GetArrayLength());
        JsonElement gates = await studio.AskAsync("api/explore", new { program, detail = "gates" });
        Assert.Equal(opened.GetProperty("graph").GetProperty("nodes").GetArrayLength(), gates.GetProperty("graph").GetProperty("nodes").GetArrayLength());
    }

    [Theory]
    [InlineData("en", "x = 1\nf = sigmod(x)", "sigmoid")]
    [InlineData("ko", "x = 1\nf = sigmod(x)", "sigmoid")]
    public async Task AMistakeIsToldWithItsPlace(string language, string program, string hint)
    {
        (int status, JsonElement body) = await studio.SendTextAsync("api/explore", JsonSerializer.Serialize(new { program, language }));
        Assert.Equal(400, status);
        Assert.Equal(2, body.GetProperty("line").GetInt32());
        Assert.Equal(5, body.GetProperty("column").GetInt32());
        string error = body.GetProperty("error").GetString()!;
        Assert.Contains(hint, error);
        Assert.Equal(language == "ko", error.Any(letter => letter is >= '가' and <= '힣'));
    }

    [Fact]
    public async Task GradientDescentAndCheckAnswer()
    {
        JsonElement descent = await studio.AskAsync("api/explore/descend", new { program = Product, learningRate = 0.1, steps = 1 });
        JsonElement last = descent.GetProperty("rows").EnumerateArray().Last();
        Assert.Equal("-16.34", last.GetProperty("output").GetString());
        Assert.Equal(["-1.6", "5.4", "-4.3"], last.GetProperty("values").EnumerateArray().Select(value => value.GetProperty("text").GetString()));

        JsonElement check = await studio.AskAsync("api/explore/check", new { program = Product });
        Assert.Equal(3, check.GetProperty("rows").GetArrayLength());
        Assert.All(check.GetProperty("rows").EnumerateArray(), row => Assert.True(row.GetProperty("ok").GetBoolean()));
    }

    [Fact]
    public async Task AShownGraphIsServedFoldedAndOpens()
    {
        RandomKey key = RandomKey.FromSeed(1);
        Sequential model = [new Linear(2, 8, key.At(0)), Activation.Tanh, new Linear(8, 1, key.At(1))];
        string id = studio.Server.Graphs.Add(GraphView.Of(model.Apply(key.At(2).Uniform([4, 2])).Square().Mean()));
        JsonElement folded = JsonDocument.Parse(await studio.Client.GetStringAsync($"api/graphs/{id}")).RootElement.GetProperty("graph");
        JsonElement layer = folded.GetProperty("nodes").EnumerateArray().First(node => node.GetProperty("name").GetString() == "Linear 2 → 8");
        Assert.True(layer.GetProperty("canOpen").GetBoolean());
        JsonElement opened = JsonDocument.Parse(await studio.Client.GetStringAsync($"api/graphs/{id}?opened={layer.GetProperty("id").GetInt32()}")).RootElement.GetProperty("graph");
        Assert.Contains(opened.GetProperty("nodes").EnumerateArray(), node => node.GetProperty("operation").GetString() == "MatMul");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await studio.Client.GetAsync("api/graphs/none")).StatusCode);
    }

    private static double Gradient(JsonElement[] nodes, string name) => nodes.Single(node => node.GetProperty("name").GetString() == name)
        .GetProperty("gradient").GetProperty("elements")[0].GetDouble();
}
