namespace Nabla.Learning.Tests.Lessons;

/// <summary>Gates: what each does to the gradient that flows back through it.</summary>
public class LessonC
{
    // [257]: more than any register holds, and no multiple of one.
    private static readonly Tensor X = Facts.Random([257], seed: 11), Y = Facts.Random([257], seed: 12), Upstream = Facts.Random([257], seed: 13);

    [Fact]
    public void C1_AddDistributes()
    {
        Tensor x = 3, y = 4;
        Gradients one = (x + y).Backward(upstream: 2);
        Facts.Exactly(2, one[x]);
        Facts.Exactly(2, one[y]);

        Gradients g = (X + Y).Backward(upstream: Upstream);
        Facts.Exactly(Upstream.ToDoubles(), g[X]);
        Facts.Exactly(Upstream.ToDoubles(), g[Y]);
    }

    [Fact]
    public void C2_MulSwaps()
    {
        Tensor x = 2, y = 3;
        Gradients one = (x * y).Backward(upstream: 5);
        Facts.Exactly(15, one[x]);
        Facts.Exactly(10, one[y]);

        Gradients g = (X * Y).Backward(upstream: Upstream);
        Facts.Exactly(Pairs(Upstream, Y, (upstream, other) => upstream * other), g[X]);
        Facts.Exactly(Pairs(Upstream, X, (upstream, other) => upstream * other), g[Y]);
    }

    [Fact]
    public void C3_MaxRoutes()
    {
        Tensor x = 4, y = 5;
        Gradients one = x.Maximum(y).Backward(upstream: 9);
        Facts.Exactly(0, one[x]);
        Facts.Exactly(9, one[y]);

        Gradients g = X.Maximum(Y).Backward(upstream: Upstream);
        double[] x0 = X.ToDoubles(), y0 = Y.ToDoubles(), upstream = Upstream.ToDoubles(), left = g[X].ToDoubles(), right = g[Y].ToDoubles();
        for (int i = 0; i < X.Count; i++)
        {
            Assert.Equal(x0[i] > y0[i] ? upstream[i] : 0, left[i]);
            Assert.Equal(y0[i] > x0[i] ? upstream[i] : 0, right[i]);
        }
    }

    [Fact]
    public void C3_MaxOfEqualsSharesTheGradient()
    {
        Tensor x = 4, y = 4;
        Gradients g = x.Maximum(y).Backward(upstream: 9);
        Facts.Exactly(4.5, g[x]);
        Facts.Exactly(4.5, g[y]);
    }

    [Fact]
    public void C4_CopyAdds_Identities()
    {
        // L = h(f, g) with f = g = x. The two edges into x carry ∂L/∂f and ∂L/∂g; x receives their sum.
        Tensor x = 3;
        Tensor loss = x.Exp() * 0 + (x * x);
        Facts.Exactly(6, loss.Backward()[x]);

        EdgeRecorder recorder = new();
        Gradients g;
        using (recorder.Watch()) g = (X - (X * Y)).Backward(upstream: Upstream);
        EdgeRecorder.Edge[] copies = [.. recorder.Edges.Where(edge => edge.Node.Inputs[edge.Input] == X)];
        Assert.Equal(2, copies.Length);
        Facts.Exactly([.. copies[0].Downstream.Zip(copies[1].Downstream, (one, other) => one + other)], g[X]);
    }

    [Fact]
    public void C4_CopyAdds_TwoPaths()
    {
        // L = f g with f = sin x, g = e^x: ∂L/∂f ∂f/∂x + ∂L/∂g ∂g/∂x = e^x cos x + sin x e^x.
        Tensor downstream = (X.Sin() * X.Exp()).Sum().Backward()[X];
        Facts.Near([.. X.ToDoubles().Select(x => Math.Exp(x) * (Math.Cos(x) + Math.Sin(x)))], downstream);
    }

    [Fact]
    public void C4_CopyAdds_AsManyAsThereAre()
    {
        Tensor x = 1;
        Facts.Exactly(5, (x + x + x + x + x).Backward()[x]);
    }

    [Fact]
    public void C5_Division()
    {
        Tensor x = 4;
        Tensor y = 1 / x;
        Facts.Exactly(0.25, y);
        Facts.Exactly(-0.0625, y.Backward()[x]);

        // As a gate of one input, and as a division of two.
        double[] expected = Pairs(X, Upstream, (x, upstream) => upstream * -(1 / (x * x)));
        Near(expected, X.Reciprocal().Backward(upstream: Upstream)[X]);
        Gradients g = (Y / X).Backward(upstream: Upstream);
        Near(Pairs(Upstream, X, (upstream, x) => upstream / x), g[Y]);
        Near([.. expected.Zip(Y.ToDoubles(), (one, y) => one * y)], g[X]);
    }

    [Fact]
    public void C6_Exp()
    {
        Tensor y = X.Exp();
        Facts.Exactly(Pairs(Upstream, y, (upstream, output) => upstream * output), y.Backward(upstream: Upstream)[X]);
    }

    [Fact]
    public void C6_Log()
    {
        Tensor positive = X.Exp().Square();
        Near(Pairs(Upstream, positive, (upstream, x) => upstream / x), positive.Log().Backward([positive], upstream: Upstream)[positive]);
    }

    [Fact]
    public void C6_TimesMinusOne()
    {
        double[] expected = [.. Upstream.ToDoubles().Select(upstream => -upstream)];
        Facts.Exactly(expected, (X * -1).Backward(upstream: Upstream)[X]);
        Facts.Exactly(expected, (-X).Backward(upstream: Upstream)[X]);
    }

    private static double[] Pairs(Tensor left, Tensor right, Func<double, double, double> gate) => [.. left.ToDoubles().Zip(right.ToDoubles(), gate)];

    // Divisions by small numbers make large ones: what counts is the relative error.
    private static void Near(double[] expected, Tensor actual)
    {
        double[] values = actual.ToDoubles();
        for (int i = 0; i < values.Length; i++) Assert.Equal(expected[i], values[i], 1e-12 * Math.Max(1, Math.Abs(expected[i])));
    }
}
