using System.Collections.Immutable;

namespace Nabla.Tests;

public class GraphTests
{
    // The lecture's first graph: f = (x + y) z at (-2, 5, -4).
    [Fact]
    public void TheFirstGraph()
    {
        Tensor x = -2, y = 5, z = -4;
        Tensor f = (x + y) * z;
        Gradients gradients = f.Backward();
        Assert.Equal(-12, f.Item());
        Assert.Equal((-4, -4, 3), (gradients[x].Item(), gradients[y].Item(), gradients[z].Item()));
        Assert.Equal([x, y, z], gradients.Tensors.OrderBy(tensor => tensor.Id));
    }

    [Fact]
    public void AValueUsedTwiceReceivesTheSum()
    {
        Tensor x = 3;
        Tensor y = x * x + x;
        Assert.Equal(7, y.Backward()[x].Item());
        Tensor h = x * 2;
        Tensor diamond = (h * h) + h.Exp();
        Assert.Equal((2 * 2 * 6) + (2 * Math.Exp(6)), diamond.Backward()[x].Item(), 1e-12);
        Assert.Equal(2, Tensor.Concatenate([x.Reshape([1]), x.Reshape([1])]).Sum().Backward()[x].Item());
    }

    [Fact]
    public void OnlyTheWantedOnesAreGiven()
    {
        Tensor x = 2, w = 3;
        Tensor h = x * w, loss = h.Square();
        Gradients all = loss.Backward(), one = loss.Backward([w]), inner = loss.Backward([h, x]);
        Assert.Equal((36, 24), (all[x].Item(), all[w].Item()));
        Assert.Equal((1, 24), (one.Tensors.Count, one[w].Item()));
        Assert.Equal((12, 36), (inner[h].Item(), inner[x].Item()));
        Assert.Equal(1, loss.Backward([loss])[loss].Item());
        string message = Assert.Throws<KeyNotFoundException>(() => one[x]).Message;
        Assert.Contains("Square #", message);
        Assert.Contains("an intermediate value is given only when Backward is asked for it by name", message);
        Assert.False(one.TryGet(x, out _));
    }

    [Fact]
    public void GradientsAreAValueAndNothingIsLeftOver()
    {
        Tensor x = 2;
        Tensor loss = x.Square();
        Gradients first = loss.Backward(), second = loss.Backward();
        Assert.Equal((4, 4), (first[x].Item(), second[x].Item()));
        Assert.NotSame(first[x], second[x]);
    }

    [Fact]
    public void WhatHasNoGradientsSaysWhy()
    {
        Tensor x = 2;
        Assert.Contains("behind a Detach, or inside NoGradient",
            Assert.Throws<InvalidOperationException>(() => x.Detach().Square().Backward()).Message);
        Tensor vector = Tensor.From(1.0, 2);
        Assert.Contains("Sum or Mean it first", Assert.Throws<ShapeException>(() => (vector * 2).Backward()).Message);
        Assert.Contains("must be Float64[2], got Float64[]", Assert.Throws<ShapeException>(() => (vector * 2).Backward(x)).Message);
    }

    [Fact]
    public void DetachCutsAndNoGradientRecordsNothing()
    {
        Tensor x = 3;
        Tensor cut = x * x.Detach();
        Assert.Equal(3, cut.Backward()[x].Item());
        Tensor constant;
        using (NoGradient.Begin())
        {
            Assert.True(NoGradient.IsOn);
            using (NoGradient.Begin()) constant = x * 2;
            Assert.True(NoGradient.IsOn);
        }
        Assert.False(NoGradient.IsOn);
        Assert.True(constant.IsConstant);
        Assert.Null(constant.Producer);
        Assert.Equal(6, (constant * x).Backward()[x].Item());
        Assert.True(Tensor.From(1, 2).IsConstant && (Tensor.From(1.0) > Tensor.From(0.0)).IsConstant);
    }

    [Fact]
    public void GradientsOfGradients()
    {
        Tensor x = 0.7;
        Tensor first = x.Sin().Backward(differentiable: true)[x];
        Tensor second = first.Backward(differentiable: true)[x];
        Assert.Equal(Math.Cos(0.7), first.Item(), 1e-15);
        Assert.Equal(-Math.Sin(0.7), second.Item(), 1e-15);
        Assert.Equal(-Math.Cos(0.7), second.Backward()[x].Item(), 1e-15);
        Assert.True(x.Sin().Backward()[x].IsConstant);
    }

    [Fact]
    public void ALongGraphDoesNotOverflowTheStack()
    {
        Tensor x = 1, y = x;
        for (int i = 0; i < 100_000; i++) y += 1e-5;
        Assert.Equal(1, y.Backward()[x].Item());
        Assert.Equal(1, y.Backward(differentiable: true)[x].Item());
    }

    [Fact]
    public void ObserversSeeEachNodeAndEachEdge()
    {
        Watcher outer = new(), inner = new();
        Tensor x = 2, y = 3;
        _ = x + y;
        using (outer.Watch())
        {
            using (inner.Watch()) _ = x * y;
            Tensor loss = (x * y) + x;
            loss.Backward();
            Assert.Throws<InvalidOperationException>(outer.Watch);
        }
        _ = x - y;
        Assert.Equal(["Multiply"], inner.Names);
        Assert.Equal(["Multiply", "Multiply", "Add"], outer.Names[..3]);
        Assert.Equal(["Add.0: 1 -> 1", "Add.1: 1 -> 1", "Multiply.0: 1 -> 3", "Multiply.1: 1 -> 2"], outer.Edges);
        Assert.Empty(inner.Edges);
    }

    [Fact]
    public void ObserversSeeConstantsToo()
    {
        Watcher watcher = new();
        using (watcher.Watch())
        using (NoGradient.Begin())
            _ = Tensor.From(1.0) + 1;
        Assert.Equal(["Shift"], watcher.Names);
    }

    [Fact]
    public void RequireFiniteSaysWhatAndWhere()
    {
        Tensor loss = Tensor.From(1.0, double.NaN);
        string message = Assert.Throws<NotFiniteNumberException>(() => loss.RequireFinite("the loss")).Message;
        Assert.Equal("the loss is NaN at element 1 of Float64[2]", message);
        Assert.Contains("is Infinity", Assert.Throws<NotFiniteNumberException>(() => (1 / Tensor.From(0.0).Sum()).RequireFinite("x")).Message);
    }

    [Fact]
    public void NodesPrint()
    {
        Tensor x = Tensor.From(new double[,] { { 1, 2 } }).Named("x"), w = Tensor.From(new double[,] { { 1 }, { 2 } }).Named("w");
        Tensor y = x.MatMul(w);
        Assert.Equal($"MatMul {{ TransposeLeft = False, TransposeRight = False }}(x #{x.Id}, w #{w.Id}) -> #{y.Id} Float64[1, 1]",
            y.Producer!.ToString());
    }

    /// <summary>A user's own operation, written with what is public.</summary>
    [Fact]
    public void UsersWriteOperationsInTheSameForm()
    {
        Tensor x = Tensor.From(0.5, -1, 2);
        Tensor cubes = new Cube(2).Apply(x);
        Assert.Equal([0.25, -2, 16], cubes.ToDoubles());
        Assert.True(GradientCheck.Of(i => new Cube(2).Apply(i[0]), [x]) < 1e-8);
        Assert.True(GradientCheck.Of(i => new Cube(2).Apply(i[0]), [x], order: 2) < 1e-7);
        Assert.Equal("Cube { Factor = 2 }", new Cube(2).ToString());
        Assert.Equal(new Cube(2), new Cube(2));
        Assert.Equal([0.25, -2, 16], Compiled.Trace(i => [new Cube(2).Apply(i[0])]).Run(x)[0].ToDoubles());
        Tensor softsign = new Unary<Softsign>().Apply(x);
        Distance.Near([1 / 3.0, -0.5, 2 / 3.0], softsign.ToDoubles(), 1e-15);
        Assert.True(GradientCheck.Of(i => new Unary<Softsign>().Apply(i[0]), [x], order: 2) < 1e-7);
        Assert.Equal("x / (1 + |x|)", new Unary<Softsign>().Text);
    }

    [Fact]
    public void AWrongBackwardIsNamed()
    {
        Tensor x = Tensor.From(1.0, 2);
        Assert.Contains("Broken.Backward must return one entry for each of its 1 inputs, got 2",
            Assert.Throws<InvalidOperationException>(() => new Broken(2, false).Apply(x).Sum().Backward()).Message);
        Assert.Contains("Broken.Backward returned Float64[] for input 0, which is Float64[2]",
            Assert.Throws<InvalidOperationException>(() => new Broken(1, true).Apply(x).Sum().Backward()).Message);
        Assert.False(new Broken(1, false).Apply(x).Sum().Backward().TryGet(x, out _));
    }

    private sealed record Cube(double Factor) : Operation
    {
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
        {
            RequireInputs(inputs, 1);
            RequireFloating(inputs[0]);
            return inputs[0];
        }

        public override void Forward(Buffers buffers)
        {
            ReadOnlySpan<double> x = buffers.Input<double>(0);
            Span<double> y = buffers.Output<double>();
            for (int i = 0; i < y.Length; i++) y[i] = Factor * x[i] * x[i] * x[i];
        }

        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
            [upstream * application.Inputs[0].Square() * (3 * Factor)];
    }

    private readonly record struct Softsign : IUnaryFormula
    {
        public static Needs Needs => Needs.Inputs;

        public T Value<T>(T x)
            where T : ILane<T>
            => x / (1 + T.Abs(x));

        public T Derivative<T>(T x, T y)
            where T : ILane<T>
        {
            T below = 1 + T.Abs(x);
            return 1 / (below * below);
        }
    }

    private sealed record Broken(int Entries, bool Scalar) : Operation
    {
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs) => inputs[0];

        public override void Forward(Buffers buffers) => buffers.Input<double>(0).CopyTo(buffers.Output<double>());

        public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
            [.. Enumerable.Repeat(Scalar ? upstream.Sum() : (Tensor?)null, Entries)];
    }

    private sealed class Watcher : GraphObserver
    {
        public List<string> Names { get; } = [];

        public List<string> Edges { get; } = [];

        public override void OnApplied(Node node) => Names.Add(node.Operation.Name);

        public override void OnEdge(Node node, int input, Tensor upstream, Tensor downstream) =>
            Edges.Add($"{node.Operation.Name}.{input}: {upstream.Item()} -> {downstream.Item()}");
    }
}
