namespace Nabla.Learning.Tests.Lessons;

/// <summary>Computational graphs: values forward, gradients backward.</summary>
public class LessonB
{
    [Fact]
    public void B1_ProductOfASum()
    {
        Tensor x = -2, y = 5, z = -4;
        Tensor q = x + y;
        Tensor f = q * z;
        Facts.Exactly(3, q);
        Facts.Exactly(-12, f);

        Gradients local = q.Backward();               // of the sum
        Facts.Exactly(1, local[x]);
        Facts.Exactly(1, local[y]);
        Facts.Exactly(-4, f.Backward([q])[q]);         // ∂f/∂q = z
        Gradients g = f.Backward();
        Facts.Exactly(-4, g[x]);
        Facts.Exactly(-4, g[y]);
        Facts.Exactly(3, g[z]);                       // ∂f/∂z = q
    }

    [Fact]
    public void B2_OneStepOfGradientDescent()
    {
        Cell x = new(-2), y = new(5), z = new(-4);
        Gradients g = ((x.Value + y.Value) * z.Value).Backward();
        foreach (Cell cell in (Cell[])[x, y, z]) cell.Assign(cell.Value - (0.10 * g[cell]));
        Facts.Near(-1.6, x.Value);
        Facts.Near(5.4, y.Value);
        Facts.Near(-4.3, z.Value);
        Facts.Near(-16.34, (x.Value + y.Value) * z.Value);
    }

    [Fact]
    public void B3_BuyingApples()
    {
        Tensor price = 100, count = 2, tax = 1.1;
        Tensor apples = price * count;
        Tensor total = apples * tax;
        Facts.Exactly(200, apples);
        Facts.Near(220, total);
        Gradients g = total.Backward([price, count, tax, apples]);
        Facts.Exactly(1.1, g[apples]);
        Facts.Exactly(2.2, g[price]);
        Facts.Near(110, g[count]);
        Facts.Exactly(200, g[tax]);
    }

    [Fact]
    public void B4_ApplesAndOranges()
    {
        Tensor applePrice = 100, appleCount = 2, orangePrice = 150, orangeCount = 3, tax = 1.1;
        Tensor apples = applePrice * appleCount, oranges = orangePrice * orangeCount;
        Tensor fruit = apples + oranges;
        Tensor total = fruit * tax;
        Facts.Exactly(200, apples);
        Facts.Exactly(450, oranges);
        Facts.Exactly(650, fruit);
        Facts.Near(715, total);
        Gradients g = total.Backward();
        Facts.Exactly(2.2, g[applePrice]);
        Facts.Near(110, g[appleCount]);
        Facts.Near(3.3, g[orangePrice]);
        Facts.Near(165, g[orangeCount]);
        Facts.Exactly(650, g[tax]);
    }

    [Fact]
    public void B5_WhatEachNodeKeeps()
    {
        Tensor x = 2, y = 3;
        Assert.Equal(Needs.None, (x + y).Producer!.Operation.Needs);        // 1 and 1, whatever the values
        Assert.Equal(Needs.Inputs, (x * y).Producer!.Operation.Needs);      // each the other
        Assert.Equal(Needs.Output, x.Exp().Producer!.Operation.Needs);      // its own output
        Assert.Equal(Needs.Output, x.Sigmoid().Producer!.Operation.Needs);  // y (1 − y)
    }

    [Fact]
    public void B5_BackwardNeedsTheKeptValues()
    {
        // A product needs the inputs that it had in the forward pass; a sum does not, so only the product minds that they are gone.
        Cell x = new(2), y = new(3);
        Tensor sum = x.Value + y.Value, product = x.Value * y.Value;
        x.Assign(7);
        Facts.Exactly(1, sum.Backward()[x]);
        Assert.Throws<InvalidOperationException>(() => product.Backward());
    }

    [Fact]
    public void B5_EveryEdgeOfB1()
    {
        Tensor x = -2, y = 5, z = -4;
        Tensor f = (x + y) * z;
        EdgeRecorder recorder = new();
        using (recorder.Watch()) f.Backward();
        Assert.Equal(
            [
                ("Multiply", 0, -4, 1, -4),   // into x + y: the other input, z
                ("Multiply", 1, 3, 1, 3),     // into z: the other input, x + y
                ("Add", 0, 1, -4, -4),        // into x
                ("Add", 1, 1, -4, -4),        // into y
            ],
            recorder.Edges.Select(edge => (edge.Node.Operation.Name, edge.Input, edge.Local()[0], edge.Upstream[0], edge.Downstream[0])));
    }

    public static TheoryData<string> Graphs => [.. Programs.Keys];

    private static Dictionary<string, Func<Tensor>> Programs { get; } = new()
    {
        ["product of a sum"] = () =>
        {
            Tensor x = -2, y = 5, z = -4;
            return (x + y) * z;
        },
        ["apples and oranges"] = () =>
        {
            Tensor applePrice = 100, appleCount = 2, orangePrice = 150, orangeCount = 3, tax = 1.1;
            return ((applePrice * appleCount) + (orangePrice * orangeCount)) * tax;
        },
        ["neuron of gates"] = () =>
        {
            Tensor w0 = 2, x0 = -1, w1 = -3, x1 = -2, w2 = -3;
            return (((((w0 * x0) + (w1 * x1) + w2) * -1).Exp()) + 1).Reciprocal();
        },
        ["vectors"] = () =>
        {
            Tensor x = Facts.Random([17], seed: 3), y = Facts.Random([17], seed: 4);   // [17]
            return (x.Sin() * y.Exp()) - ((x / (y.Square() + 1)).Tanh() * x);
        },
    };

    [Theory]
    [MemberData(nameof(Graphs))]
    public void B5_DownstreamIsLocalTimesUpstream(string program)
    {
        Tensor f = Programs[program]();
        EdgeRecorder recorder = new();
        using (recorder.Watch()) f.Backward(upstream: Facts.Random(f.Shape, seed: 5));
        Assert.NotEmpty(recorder.Edges);
        foreach (EdgeRecorder.Edge edge in recorder.Edges)
        {
            double[] local = edge.Local();
            for (int i = 0; i < local.Length; i++) Assert.Equal(local[i] * edge.Upstream[i], edge.Downstream[i], 1e-12);
        }
    }
}
