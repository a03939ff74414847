using System.Text.Json;

namespace Nabla.Tests.Views;

public class ExploreAnswerTests
{
    private static readonly ExpressionResult Result =
        Expression.Parse("x = -2\ny = 5\nz = 0.1\nW = [[1, 2e-7], [3, 4]]\nq = x + y\nf = q * z * sum(W)").Evaluate();

    [Fact]
    public void GraphStepsInputsAndOutputAreThere()
    {
        JsonElement answer = Read(Result.View());
        Assert.Equal("nabla.graph", answer.GetProperty("graph").GetProperty("schema").GetString());
        Assert.Equal(
            ["x -2 0", "y 5 0", "z 0.1 0", "W [[1, 2E-07], [3, 4]] 2"],
            answer.GetProperty("inputs").EnumerateArray().Select(input =>
                $"{input.GetProperty("name")} {input.GetProperty("text")} {input.GetProperty("shape").GetArrayLength()}"));
        Assert.Equal("f", answer.GetProperty("output").GetProperty("name").GetString());
        JsonElement[] backward = [.. answer.GetProperty("steps").GetProperty("backward").EnumerateArray()];
        Assert.Contains("∂f/∂f = 1", backward[0].GetProperty("title").GetString());
        Assert.All(backward.Skip(1), step => Assert.NotEqual(0, step.GetProperty("lines").GetArrayLength()));
        // What an input's text says can be given back.
        foreach (JsonElement input in answer.GetProperty("inputs").EnumerateArray())
        {
            string name = input.GetProperty("name").GetString()!;
            Tensor again = Expression.ParseValues($"{name} = {input.GetProperty("text")}")[name];
            Assert.Equal(Result.Inputs[name].ToDoubles(), again.ToDoubles());
        }
    }

    [Fact]
    public void AQuestionTellsNoGradientAndNotWhatIsHidden()
    {
        GraphView view = Result.View();
        int hidden = view.Node("q").Id;
        GraphView question = view.AsQuestion(hidden);
        Assert.All(question.Nodes, node => Assert.Null(node.Gradient));
        Assert.All(question.Edges, edge => Assert.True(edge is { Local: null, Upstream: null, Downstream: null }));
        Assert.Null(question.Node("q").Value);
        Assert.Throws<InvalidOperationException>(() => question.ValueOf(hidden));
        Assert.All(question.OutOf(hidden), edge => Assert.Null(edge.Value));
        JsonElement answer = Read(question);
        Assert.Equal(0, answer.GetProperty("steps").GetProperty("backward").GetArrayLength());
        Assert.DoesNotContain(
            answer.GetProperty("steps").GetProperty("forward").EnumerateArray(), step => step.GetProperty("node").GetInt32() == hidden);
        // The view itself still knows everything.
        Assert.NotNull(view.Node("q").Gradient);
    }

    private static JsonElement Read(GraphView view) => JsonDocument.Parse(ExploreAnswer.Of(Result, view).ToJson()).RootElement;
}
