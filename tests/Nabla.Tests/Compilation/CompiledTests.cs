namespace Nabla.Tests;

/// <summary>What a trace promises: bound cells, retraces on new specs, and an error of its own for each thing a recording cannot repeat.</summary>
public class CompiledTests
{
    private static readonly Tensor X = Tensor.From(new double[,] { { 0.3, -1.2, 2.5 } });

    [Fact]
    public void ATrainingStepReplaysToTheBit()
    {
        double[,] start = { { 0.1, 0.2 }, { -0.4, 0.5 }, { 1, -2 } };
        Cell w = new(Tensor.From(start)), rate = new(0.1);
        Tensor[] Step(Tensor[] i)
        {
            Tensor loss = i[0].MatMul(w.Value).Tanh().Square().Sum();
            w.Assign(w.Value - (rate.Value * loss.Backward([w.Value])[w]));
            return [loss];
        }

        Compiled step = Compiled.Trace(Step, X.Spec);
        Assert.Equal(start.Cast<double>(), w.Value.ToDoubles());
        double[] compiled = [.. Enumerable.Range(0, 5).Select(_ => step.Run(X)[0].Item())];
        w.Assign(Tensor.From(start));
        double[] eager = [.. Enumerable.Range(0, 5).Select(_ => Step([X])[0].Item())];
        Assert.Equal(eager, compiled);
        Assert.True(eager[4] < eager[0]);
        Assert.Equal(1, step.TraceCount);
        // The learning rate is a cell, so a new one holds at once.
        rate.Assign(0);
        double still = step.Run(X)[0].Item();
        Assert.Equal(still, step.Run(X)[0].Item());
    }

    [Fact]
    public void NewSpecsAreTracedAnewAndOldOnesKept()
    {
        int calls = 0;
        Compiled twice = Compiled.Trace(i =>
        {
            calls++;
            return [i[0] * 2];
        });
        Assert.Null(twice.Recording);
        Assert.Equal([2], twice.Run(Tensor.From(1.0))[0].ToDoubles());
        Assert.Equal([2, 4], twice.Run(Tensor.From(1.0, 2))[0].ToDoubles());
        Assert.Equal([2f, 4], twice.Run(Tensor.From(1f, 2))[0].ToArray<float>());
        Assert.Equal([6], twice.Run(Tensor.From(3.0))[0].ToDoubles());
        Assert.Equal((3, 3), (twice.TraceCount, calls));
    }

    [Fact]
    public void ReadingAValueWhileTracingNamesTheTensor()
    {
        string message = Assert.Throws<TraceException>(() => Compiled.Trace(
            i =>
            {
                Tensor sum = i[0].Sum().Named("the sum");
                return sum.Item() > 0 ? [sum] : [];
            },
            X.Spec)).Message;
        Assert.Contains("the sum #", message);
        Assert.Contains("Float64[] has no values", message);
        Assert.Contains("choose by Where", message);
        Assert.Throws<TraceException>(() => Compiled.Trace(i => [Tensor.From<double>(i[0].ToDoubles())], X.Spec));
        Assert.Equal("Float64[] (traced)", Describe());

        static string Describe()
        {
            string text = "";
            Compiled.Trace(
                i =>
                {
                    text = i[0].Sum().ToString();
                    return [];
                },
                X.Spec);
            return text;
        }
    }

    [Fact]
    public void ATraceThatFailedLeavesNothingBehind()
    {
        Assert.Throws<TraceException>(() => Compiled.Trace(i => [i[0] * i[0].Sum().Item()], X.Spec));
        Assert.Equal(1.6, X.Sum().Item(), 1e-15);
    }

    [Fact]
    public void AConstantRandomKeyIsRefused()
    {
        RandomKey key = RandomKey.FromSeed(1);
        Assert.Contains("each replay would draw the same",
            Assert.Throws<TraceException>(() => Compiled.Trace(i => [i[0].Dropout(0.5, key)], X.Spec)).Message);
        Cell step = new(Tensor.From([0L], []));
        Compiled drops = Compiled.Trace(i =>
        {
            Tensor dropped = i[0].Dropout(0.5, key.At(step.Value));
            step.Assign(step.Value + 1);
            return [dropped];
        });
        Tensor many = Tensor.Ones([1000]);
        float[] first = drops.Run(many)[0].ToArray<float>(), second = drops.Run(many)[0].ToArray<float>();
        Assert.NotEqual(first, second);
        Assert.Equal(many.Dropout(0.5, key.At(1)).ToArray<float>(), second);
    }

    [Fact]
    public void ResultsAreCopiesOfTheirOwn()
    {
        Cell cell = new(1);
        Compiled count = Compiled.Trace(i =>
        {
            Tensor before = cell.Value;
            cell.Assign(cell.Value + 1);
            return [before, cell.Value, i[0]];
        });
        Tensor x = Tensor.From(5.0);
        Tensor[] first = count.Run(x), second = count.Run(x);
        Assert.Equal([1, 2, 2, 3], new[] { first[0], first[1], second[0], second[1] }.Select(tensor => tensor.Item()));
        Assert.Equal(3, cell.Value.Item());
        Assert.Equal(5, first[2].Item());
    }

    [Fact]
    public void TwoCellsSwap()
    {
        Cell a = new(1), b = new(2), c = new(3);
        Compiled rotate = Compiled.Trace(_ =>
        {
            (Tensor x, Tensor y, Tensor z) = (a.Value, b.Value, c.Value);
            a.Assign(y);
            b.Assign(z);
            c.Assign(x);
            return [];
        });
        rotate.Run();
        Assert.Equal((2, 3, 1), (a.Value.Item(), b.Value.Item(), c.Value.Item()));
        rotate.Run();
        Assert.Equal((3, 1, 2), (a.Value.Item(), b.Value.Item(), c.Value.Item()));
    }

    [Fact]
    public void AnAssignmentIsSeenByWhatFollowsIt()
    {
        Cell cell = new(2);
        Tensor[] Twice(Tensor[] i)
        {
            cell.Assign(cell.Value * 3);
            cell.Assign(cell.Value + i[0]);
            return [cell.Value * 10];
        }

        Compiled compiled = Compiled.Trace(Twice);
        Assert.Equal(70, compiled.Run(1)[0].Item());
        Assert.Equal(7, cell.Value.Item());
        cell.Assign(2);
        Assert.Equal(70, Twice([1])[0].Item());
    }

    [Fact]
    public void TensorsOfAnotherTraceAreRefused()
    {
        Tensor? stolen = null;
        Compiled.Trace(
            i =>
            {
                stolen = i[0] * 2;
                return [];
            },
            X.Spec);
        Assert.Contains("belongs to another trace; pass it in as an input",
            Assert.Throws<TraceException>(() => Compiled.Trace(i => [i[0] + stolen!], X.Spec)).Message);
        Assert.Throws<TraceException>(() => stolen!.ToDoubles());
    }

    [Fact]
    public void TracesDoNotNest()
    {
        Compiled inner = Compiled.Trace(i => [i[0] * 2]);
        Assert.Contains("call the function itself there", Assert.Throws<TraceException>(() => Compiled.Trace(i => inner.Run(i), X.Spec)).Message);
        Assert.Contains("is being traced already",
            Assert.Throws<TraceException>(() => Compiled.Trace(i => [i[0], .. Compiled.Trace(k => k, X.Spec).Run(i[0])], X.Spec)).Message);
    }

    [Fact]
    public void ConstantsOutliveTheirScope()
    {
        Compiled scaled;
        using (Scope.Begin())
        {
            Tensor factor = Tensor.From(2.0, 3, 4);
            scaled = Compiled.Trace(i => [i[0] * factor], X.Spec);
        }
        for (int i = 0; i < 3; i++)
        {
            using Scope scope = Scope.Begin();
            _ = Tensor.Ones([3], DType.Float64) * 7;
            Distance.Near([0.6, -3.6, 10], scaled.Run(X)[0].ToDoubles(), 1e-15);
        }
    }

    [Fact]
    public void NoGradientAndDetachArePartOfTheRecording()
    {
        Compiled compiled = Compiled.Trace(i =>
        {
            Tensor cut = (i[0] * i[0].Detach()).Sum();
            return [cut.Backward([i[0]])[i[0]]];
        });
        Assert.Equal(X.ToDoubles(), compiled.Run(X)[0].ToDoubles());
    }

    [Fact]
    public void TheRecordingPrints()
    {
        Cell w = new Cell(Tensor.From(new double[,] { { 1 }, { 2 }, { 3 } })).Named("w");
        Compiled compiled = Compiled.Trace(
            i =>
            {
                Tensor y = i[0].MatMul(w.Value);
                w.Assign(w.Value * 2);
                return [y];
            },
            X.Spec);
        Assert.Equal(
            """
            %0 : Float64[1, 3] input input 0
            %1 : Float64[3, 1] cell w
            %2 = MatMul { TransposeLeft = False, TransposeRight = False }(%0, %1) : Float64[1, 1]
            %3 = Scale { Factor = 2 }(%1) : Float64[3, 1]
            w := %3
            return %2
            """,
            compiled.Recording!.ToString());
    }
}
