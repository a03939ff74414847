namespace Nabla.Tests;

public class FirstSteps
{
    [Fact]
    public void TheFirstGraph()
    {
        Tensor x = -2, y = 5, z = -4;
        Tensor f = (x + y) * z;
        Gradients g = f.Backward();
        Assert.Equal(-12, f.Item());
        Assert.Equal(-4, g[x].Item());
        Assert.Equal(-4, g[y].Item());
        Assert.Equal(3, g[z].Item());
    }

    [Fact]
    public void SecondOrder()
    {
        Tensor x = Tensor.From(0.3, -1.2, 2.5), w = Tensor.From(new double[,] { { 0.1, 0.2 }, { -0.4, 0.5 }, { 1, -2 } });
        Assert.InRange(GradientCheck.Of(i => (i[0].Sigmoid().MatMul(i[1]).Tanh() * 2 - 1).Silu() / i[0].Exp().Sum(), [x, w]), 0, 1e-8);
        Assert.InRange(GradientCheck.Of(i => (i[0].Sigmoid().MatMul(i[1]).Tanh() * 2 - 1).Gelu() / i[0].Exp().Sum(), [x, w], order: 2), 0, 1e-8);
    }

    [Fact]
    public void ATracedStep()
    {
        Cell w = new(Tensor.From(new double[,] { { 0.1, 0.2 }, { -0.4, 0.5 }, { 1, -2 } }));
        Tensor[] Step(Tensor[] i)
        {
            Tensor loss = i[0].MatMul(w.Value).Tanh().Square().Sum();
            w.Assign(w.Value - 0.1 * loss.Backward([w.Value])[w]);
            return [loss];
        }
        Tensor x = Tensor.From(new double[,] { { 0.3, -1.2, 2.5 } });
        Compiled step = Compiled.Trace(Step, x.Spec);
        double[] compiled = [.. Enumerable.Range(0, 5).Select(_ => step.Run(x)[0].Item())];
        w.Assign(Tensor.From(new double[,] { { 0.1, 0.2 }, { -0.4, 0.5 }, { 1, -2 } }));
        double[] eager = [.. Enumerable.Range(0, 5).Select(_ => Step([x])[0].Item())];
        Assert.Equal(eager, compiled);
        Assert.True(eager[4] < eager[0]);
        Assert.Equal(1, step.TraceCount);
    }
}
