namespace Nabla.Tests.Views;

public class ExplanationTests
{
    [Fact]
    public void TheFirstLessonWordForWord()
    {
        string text = Expression.Parse("x = -2; y = 5; z = -4\nq = x + y\nf = q * z").Evaluate().Output.Explain().ToString();
        Assert.Equal(
            """
            f

            Forward pass (from the inputs to f: every node does its local computation)
              x = -2   (input)
              y = 5   (input)
              z = -4   (input)
              q = x + y = (-2) + 5 = 3
              f = q * z = 3 * (-4) = -12

            Backward pass (from f back to the inputs: downstream gradient = local gradient × upstream gradient)
              ∂f/∂f = 1   (f by itself: the backward pass starts with 1)
              f = q * z   [×: swap multiplier]   upstream gradient ∂f/∂f = 1
                ∂f/∂q = 1 × (-4) = -4   (local gradient ∂f/∂q = z = -4)
                ∂f/∂z = 1 × 3 = 3   (local gradient ∂f/∂z = q = 3)
              q = x + y   [+: gradient distributor]   upstream gradient ∂f/∂q = -4
                ∂f/∂x = ∂f/∂q · ∂q/∂x = -4 × 1 = -4   (local gradient ∂q/∂x = 1)
                ∂f/∂y = ∂f/∂q · ∂q/∂y = -4 × 1 = -4   (local gradient ∂q/∂y = 1)

            Gradients
              ∂f/∂x = -4
              ∂f/∂y = -4
              ∂f/∂z = 3

            """,
            text);
    }

    [Fact]
    public void TheFirstLessonInKorean()
    {
        string text = Expression.Parse("x = -2; y = 5; z = -4; q = x + y; f = q * z").Evaluate().Output.Explain(Language.Korean).ToString();
        Assert.Contains("순전파 (입력에서 f까지: 노드마다 국소적 계산을 한다)", text);
        Assert.Contains("역전파 (f에서 입력까지: 하류 기울기 = 국소 기울기 × 상류 기울기)", text);
        Assert.Contains("  f = q * z   [×: 교환 곱셈기]   상류 기울기 ∂f/∂f = 1\n", text);
        Assert.Contains("    ∂f/∂x = ∂f/∂q · ∂q/∂x = -4 × 1 = -4   (국소 기울기 ∂q/∂x = 1)\n", text);
    }

    [Fact]
    public void CopiesAddUp()
    {
        string text = Expression.Parse("x = 3; f = x * x + x").Evaluate().Output.Explain().ToString();
        Assert.Contains("    ∂f/∂x = 1 + 3 + 3 = 7   (used 3 times, the shares add up)\n", text);
        Assert.Contains("    a share of ∂f/∂x = ∂f/∂v1 · ∂v1/∂x = 1 × 3 = 3   (local gradient ∂v1/∂x = x = 3)\n", text);
    }

    [Fact]
    public void MatricesStandInBlocks()
    {
        string text = Expression.Parse("행렬 = [[0.1, 0.5], [-0.3, 0.8]]; x = [0.2, 0.4]; q = 행렬 @ x; f = sum(q^2)").Evaluate().Output
            .Explain(Language.Korean).ToString();
        // Each Korean letter takes two columns, so the second row is indented by four for two of them.
        Assert.Contains("  행렬 = [ 0.1  0.5]\n         [-0.3  0.8]   (입력)\n", text);
        Assert.Contains("    ∂f/∂행렬 = ∂f/∂q @ xᵀ = [0.088  0.176]\n                            [0.104  0.208]\n", text);
        Assert.Contains("    ∂f/∂q = ∂f/∂v1 ∘ ∂v1/∂q = [1, 1] ∘ [0.44, 0.52] = [0.44, 0.52]\n", text);
    }

    [Fact]
    public void StepsPointAtWhatTheyTellOf()
    {
        GraphView view = Expression.Parse("x=1; y=2; f = sigmoid(x*y) + x").Evaluate().View();
        Explanation told = Explanation.Of(view);
        Assert.Equal(view.Nodes.Select(node => node.Id), told.Forward.Select(step => step.Node));
        int[] walked = [.. told.Backward.SelectMany(step => step.Edges)];
        Assert.Equal(view.Edges.Length, walked.Distinct().Count());
        foreach (ExplanationStep step in told.Backward) Assert.All(step.Edges, edge => Assert.Equal(step.Node, view.Edges[edge].To));
        // A gradient goes back only after it is complete.
        foreach (ExplanationStep step in told.Backward)
        {
            int at = told.Backward.IndexOf(step);
            int[] earlier = [.. told.Backward.Take(at).SelectMany(before => before.Edges)];
            foreach (ViewEdge out1 in view.OutOf(step.Node)) Assert.Contains(view.Edges.IndexOf(out1), earlier);
        }
    }

    [Fact]
    public void AResultOfSeveralElementsStartsWithOnes()
    {
        string text = Expression.Parse("x = [1, 2]; f = x * 3").Evaluate().Output.Explain().ToString();
        Assert.Contains("∂f/∂f = [1, 1]   (f has 2 elements: the backward pass starts with 1, a gradient for each)", text);
        Assert.Contains("∂f/∂x = [3, 3]", text);
    }

    [Fact]
    public void TablesLineUpInKorean()
    {
        Descent descent = Expression.Parse("사과=-2; y=5; z=-4; f=(사과+y)*z").Evaluate().Output.Descend(0.1, 1);
        Assert.Equal(
            """
            경사하강법, 학습률 0.1 (각 값은 기울기의 반대쪽으로 간다: 새 값 = 옛 값 − 학습률 × 기울기)
              스텝  사과    y     z       f
                 0    -2    5    -4     -12
                 1  -1.6  5.4  -4.3  -16.34

            """,
            descent.ToText(Language.Korean));
    }

    [Fact]
    public void TheNetworkIsCheckedInFloat64()
    {
        (_, Tensor loss, _) = GraphViewTests.Network();
        NumericCheck check = loss.CheckGradients();
        Assert.Equal(20 + 12 + 3 + 6 + 2 + 10, check.Rows.Length);
        Assert.True(check.WorstError < 1e-5, $"{check}");
    }

    [Fact]
    public void DescentLeavesWhatExistsAlone()
    {
        (_, Tensor loss, Cell[] weights) = GraphViewTests.Network();
        double[] before = weights[0].Value.ToDoubles();
        Descent descent = loss.Descend(0.01, 5, weights[0].Value);
        Assert.Equal(before, weights[0].Value.ToDoubles());
        Assert.Equal(6, descent.Steps.Length);
        Assert.True(descent.Steps[5].Result.Elements[0] < descent.Steps[0].Result.Elements[0]);
    }
}
