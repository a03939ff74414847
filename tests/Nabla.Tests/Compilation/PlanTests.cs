using Nabla.Compilation;

namespace Nabla.Tests;

/// <summary>A compiled function is planned, fused and computed in place; none of that may show in its results.</summary>
[Collection("threads")]
public class PlanTests
{
    private static Tensor Pattern(Shape shape, double scale, DType type = DType.Float32)
    {
        double[] values = new double[shape.Count];
        for (int i = 0; i < values.Length; i++) values[i] = scale * Math.Sin((i * 1.7) + scale);
        return Tensor.From<double>(values, shape).Cast(type).Detach();
    }

    /// <summary>A two-layer network, its loss, its gradients and Adam, with every tensor of state a cell.</summary>
    private sealed class Network
    {
        private readonly List<(Cell Weight, Cell First, Cell Second)> state = [];
        private readonly Cell step = new(Tensor.Zeros([], DType.Float64));
        private readonly Cell rate = new(Tensor.Full([], 0.01, DType.Float64));
        private readonly Cell loss = new(Tensor.Zeros([]));

        public Network()
        {
            foreach (Shape shape in (Shape[])[[20, 33], [33], [33, 7], [7]])
                state.Add((new(Pattern(shape, 0.3)), new(Tensor.Zeros(shape)), new(Tensor.Zeros(shape))));
        }

        public IEnumerable<Cell> Cells => state.SelectMany(s => (Cell[])[s.Weight, s.First, s.Second]).Append(step).Append(loss);

        public void Step(Tensor x, Tensor target)
        {
            Tensor[] w = [.. state.Select(s => s.Weight.Value)];
            Tensor hidden = (x.MatMul(w[0]) + w[1]).Gelu();
            Tensor output = (hidden.MatMul(w[2]) + w[3]).Sigmoid();
            Tensor error = (output - target).Square().Sum() / x.Shape[0];
            Gradients gradients = error.Backward(w);
            step.Assign(step.Value + 1);
            Tensor first = 1 - Tensor.Constant(0.9, step.Value).Power(step.Value), second = 1 - Tensor.Constant(0.999, step.Value).Power(step.Value);
            Tensor pace = (rate.Value / first).Cast(DType.Float32), spread = second.Sqrt().Cast(DType.Float32);
            for (int i = 0; i < w.Length; i++)
            {
                Tensor g = gradients[w[i]];
                Tensor m = (0.9 * state[i].First.Value) + (0.1 * g), v = (0.999 * state[i].Second.Value) + (0.001 * g.Square());
                state[i].First.Assign(m);
                state[i].Second.Assign(v);
                state[i].Weight.Assign(w[i] - (pace * m / ((v.Sqrt() / spread) + 1e-8)));
            }
            loss.Assign(error);
        }
    }

    [Fact]
    public void ATrainingStepPlannedAndFusedGivesTheSameBitsAsEager()
    {
        Network eager = new(), compiled = new();
        Tensor x = Pattern([16, 20], 1), target = Pattern([16, 7], 0.5);
        Compiled step = Compiled.Trace(i =>
        {
            compiled.Step(i[0], i[1]);
            return [];
        });
        for (int i = 0; i < 10; i++)
        {
            eager.Step(x, target);
            step.Run(x, target);
        }
        foreach ((Cell one, Cell other) in eager.Cells.Zip(compiled.Cells))
            Assert.Equal(one.Value.ToDoubles(), other.Value.ToDoubles());
        Assert.Contains("Fused", step.Describe(), StringComparison.Ordinal);
        Assert.Equal(1, step.TraceCount);
    }

    [Fact]
    public void AWarmStepAllocatesNothing()
    {
        Network network = new();
        Tensor x = Pattern([16, 20], 1), target = Pattern([16, 7], 0.5);
        Compiled step = Compiled.Trace(i =>
        {
            network.Step(i[0], i[1]);
            return [];
        });
        for (int i = 0; i < 50; i++) step.Run(x, target);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) step.Run(x, target);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void TheArenaIsSmallerThanItsSlots()
    {
        Tensor x = Pattern([1000], 1);
        Compiled chain = Compiled.Trace(
            i =>
            {
                Tensor y = i[0];
                for (int k = 0; k < 10; k++) y = y.Sum(keepAxes: true).Expand([1000]) + i[0];
                return [y];
            },
            x.Spec);
        Tensor expected = x;
        for (int k = 0; k < 10; k++) expected = expected.Sum(keepAxes: true).Expand([1000]) + x;
        Assert.Equal(expected.ToArray<float>(), chain.Run(x)[0].ToArray<float>());
        MemoryPlan memory = MemoryPlan.Of(chain.Recording!);
        Assert.True(4 * memory.Bytes < memory.BytesWithoutSharing, $"{memory.Bytes} of {memory.BytesWithoutSharing}");
    }

    [Fact]
    public void CellsMayTradeValues()
    {
        Cell a = new(Tensor.From(1.0, 2)), b = new(Tensor.From(3.0, 4));
        Compiled trade = Compiled.Trace(_ =>
        {
            (Tensor x, Tensor y) = (a.Value, b.Value);
            a.Assign(y);
            b.Assign(x + 0.5);
            return [a.Value, x];
        });
        Tensor[] results = trade.Run();
        Assert.Equal([3.0, 4], a.Value.ToArray<double>());
        Assert.Equal([1.5, 2.5], b.Value.ToArray<double>());
        Assert.Equal([3.0, 4], results[0].ToArray<double>());
        Assert.Equal([1.0, 2], results[1].ToArray<double>());
    }

    [Fact]
    public void AnInputAssignedToACellIsCopied()
    {
        Cell a = new(Tensor.From(1.0, 2));
        Compiled store = Compiled.Trace(i =>
        {
            a.Assign(i[0]);
            return [];
        });
        store.Run(Tensor.From(5.0, 6));
        Assert.Equal([5.0, 6], a.Value.ToArray<double>());
        store.Run(Tensor.From(7.0, 8));
        Assert.Equal([7.0, 8], a.Value.ToArray<double>());
    }

    [Fact]
    public void EqualWorkIsDoneOnce()
    {
        Tensor x = Pattern([5], 1);
        Compiled twice = Compiled.Trace(i => [i[0].Exp().Sum() + (2 * i[0].Exp()).Sum()], x.Spec);
        Assert.Equal((x.Exp().Sum() + (2 * x.Exp()).Sum()).Item(), twice.Run(x)[0].Item());
        Assert.Equal(1, CommonSubexpressions.Run(twice.Recording!).Instructions.Count(line => line.Operation.Name == "Exp"));
    }

    [Theory, InlineData(DType.Float32), InlineData(DType.Float64)]
    public void ALongChainOnOneNumberIsEagerToTheBit(DType type)
    {
        Cell weight = new(Tensor.Full([], 0.75, type)), seen = new(Tensor.Zeros([], type), isConstant: true);
        Tensor[] All(Tensor[] x)
        {
            Tensor y = x[0], w = weight.Value;
            for (int i = 0; i < 60; i++) y = (((y * w) + 0.1).Tanh() - (x[0] / (1 + y.Square()))).Maximum(w * 0.5);
            Gradients gradients = y.Backward([x[0], w]);
            seen.Assign(y + 1);
            return [y, gradients[x[0]], gradients[w]];
        }
        Compiled compiled = Compiled.Trace(All);
        foreach (double start in (double[])[0.3, -1.7, 1e-3, double.NaN])
        {
            Tensor x = Tensor.Full([], start, type);
            Tensor[] eager = All([x]);
            double after = seen.Value.Item();
            Tensor[] replayed = compiled.Run(x);
            for (int i = 0; i < eager.Length; i++) Distance.SameBits(eager[i], replayed[i], $"from {start}, result {i}");
            Assert.Equal(after, seen.Value.Item());
            weight.Assign(weight.Value * 0.9);
        }
        Assert.Equal(1, compiled.TraceCount);
    }

    [Fact]
    public void WhatDependsOnConstantsAloneIsComputedWhenPlanned()
    {
        Tensor half = Tensor.Full([3], 0.5), x = Pattern([3], 1);
        Tensor Value(Tensor input) => (half.Exp() * 2).Sum() + (half.Sqrt() * input);
        Compiled compiled = Compiled.Trace(inputs => [Value(inputs[0]), half.Exp()], x.Spec);
        Recording folded = FoldConstants.Run(compiled.Recording!);
        Assert.Equal(["Multiply", "Add"], folded.Instructions.Select(line => line.Operation.Name));
        Tensor[] results = compiled.Run(x);
        Distance.SameBits(Value(x), results[0], "folded");
        Distance.SameBits(half.Exp(), results[1], "a folded result");
    }

    [Fact]
    public void AConstantThatIsRefusedIsRefusedWhenRun()
    {
        Tensor bad = Tensor.Full([], double.NaN);
        Compiled compiled = Compiled.Trace(inputs => [inputs[0] + bad.RequireFinite("the limit")], bad.Spec);
        Assert.Contains("the limit is NaN", Assert.Throws<NotFiniteNumberException>(() => compiled.Run(bad)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoResultsThatLiveAtOnceNeverShareBytes()
    {
        Random random = new(1);
        for (int round = 0; round < 30; round++)
        {
            // Results of many sizes, each read some lines later, so that lives overlap at random.
            Compiled compiled = Compiled.Trace(inputs =>
            {
                List<Tensor> made = [inputs[0]];
                for (int i = 0; i < 60; i++)
                {
                    Tensor source = made[Math.Max(0, made.Count - 1 - random.Next(8))].Sum(keepAxes: false);
                    made.Add(source.Expand([random.Next(4) == 0 ? 3000 : random.Next(1, 40)]));
                }
                return [made.Aggregate(inputs[0].Sum(), (sum, next) => sum + next.Sum())];
            }, Tensor.Ones([5]).Spec);
            Recording recording = compiled.Recording!;
            MemoryPlan memory = MemoryPlan.Of(recording);
            int[] born = new int[recording.Slots.Length], last = new int[recording.Slots.Length];
            Array.Fill(born, int.MaxValue);
            for (int i = 0; i < recording.Instructions.Length; i++)
            {
                Instruction line = recording.Instructions[i];
                foreach (int slot in line.Inputs.Append(line.Output))
                {
                    born[memory.Root(slot)] = Math.Min(born[memory.Root(slot)], i);
                    last[memory.Root(slot)] = i;
                }
            }
            foreach (int slot in recording.Outputs) last[memory.Root(slot)] = int.MaxValue;
            int[] roots = [.. recording.Instructions.Select(line => memory.Root(line.Output)).Distinct()];
            foreach (int one in roots)
            {
                Assert.InRange(memory.Offset(one) + recording.Slots[one].Spec.Bytes, 0, memory.Bytes);
                foreach (int other in roots)
                {
                    if (one >= other || born[one] > last[other] || born[other] > last[one]) continue;
                    long start = memory.Offset(one), end = start + recording.Slots[one].Spec.Bytes, from = memory.Offset(other);
                    Assert.True(end <= from || from + recording.Slots[other].Spec.Bytes <= start, $"round {round}: slots {one} and {other}");
                }
            }
        }
    }

    [Theory, InlineData(DType.Float32), InlineData(DType.Float64)]
    public void AProductTakesAlongWhatIsDoneToItAloneWithTheSameBits(DType type)
    {
        // [rows, inner] · [inner, columns]: below and above a tile, more than one block of the inner extent, one row, one column.
        foreach ((int rows, int inner, int columns) in ((int, int, int)[])[(1, 5, 3), (3, 7, 1), (4, 2, 8), (13, 300, 37), (64, 96, 64), (70, 600, 33)])
        {
            Tensor x = Pattern([rows, inner], 0.3, type), y = Pattern([columns, inner], 0.2, type), turned = Pattern([inner, rows], 0.1, type);
            Tensor bias = Pattern([columns], 0.7, type), flat = Pattern([1, columns], 0.9, type), residual = Pattern([rows, columns], 1.1, type);
            Func<Tensor[], Tensor>[] programs =
            [
                i => i[0].MatMul(i[1], transposeRight: true) + i[2],
                i => (i[2] + i[0].MatMul(i[1], transposeRight: true)).Relu(),
                i => (i[0].MatMul(i[1], transposeRight: true) + i[3]).Gelu() + i[4],
                i => i[4] + i[0].MatMul(i[1], transposeRight: true).Tanh(),
                i => i[5].MatMul(i[1], transposeLeft: true, transposeRight: true) + i[4],
                i => i[0].MatMul(i[1], transposeRight: true) + i[0].MatMul(i[1] * 2, transposeRight: true),
                i => i[0].Reshape([rows, 1, inner]).MatMul(i[1], transposeRight: true) + i[2],
            ];
            Tensor[] inputs = [x, y, bias, flat, residual, turned];
            foreach (Func<Tensor[], Tensor> program in programs)
            {
                Compiled compiled = Compiled.Trace(i => [program(i)]);
                Distance.SameBits(program(inputs), compiled.Run(inputs)[0], $"{rows} × {inner} × {columns} in {type}");
                Recording finished = FinishProducts.Run(compiled.Recording!);
                Assert.Contains(finished.Instructions, line => line.Operation is FinishedProduct);
                Assert.True(finished.Instructions.Length < compiled.Recording!.Instructions.Length);
            }
        }
    }

    [Fact]
    public void AProductThatOthersReadToGivesNothingAway()
    {
        Tensor x = Pattern([4, 6], 1), y = Pattern([6, 5], 0.5), bias = Pattern([5], 0.2), two = Pattern([2, 4, 6], 0.3), each = Pattern([2, 6, 5], 0.4);
        Tensor[] Both(Tensor[] i)
        {
            Tensor product = i[0].MatMul(i[1]);
            return [product + i[2], product, i[3].MatMul(i[4]) + i[2]];
        }
        Tensor[] inputs = [x, y, bias, two, each], eager = Both(inputs);
        Compiled compiled = Compiled.Trace(Both);
        Tensor[] replayed = compiled.Run(inputs);
        for (int i = 0; i < eager.Length; i++) Distance.SameBits(eager[i], replayed[i], $"result {i}");
        Assert.DoesNotContain(FinishProducts.Run(compiled.Recording!).Instructions, line => line.Operation is FinishedProduct);
    }

    [Fact]
    public void AProfiledRunIsARealOneAndEachLineSaysItsWork()
    {
        Cell count = new(Tensor.Zeros([])), weight = new(Pattern([6, 8], 0.3));
        Tensor x = Pattern([4, 6], 1), bias = Pattern([8], 0.2);
        Compiled compiled = Compiled.Trace(inputs =>
        {
            count.Assign((count.Value * 1) + 1);
            Tensor y = (inputs[0].MatMul(weight.Value) + inputs[1]).Exp();
            weight.Assign(weight.Value + y.Sum());
            return [y.Sum(0)];
        });
        Assert.Empty(compiled.Lines);
        IReadOnlyList<PlanLine> lines = compiled.Profile(5, x, bias);
        Assert.Equal(5, count.Value.Item());
        Assert.Equal(compiled.Lines, lines.Select(line => line with { Time = TimeSpan.Zero }));
        PlanLine product = Assert.Single(lines, line => line.Text.StartsWith("MatMul", StringComparison.Ordinal));
        Assert.Equal(((2 * 6) + 1 + 1) * 4 * 8, product.Arithmetic);
        Assert.Equal(4 * ((4 * 6) + (6 * 8) + 8 + (4 * 8)), product.Bytes);
        PlanLine scalars = Assert.Single(lines, line => line.Text == "2 lines on one number");
        Assert.Equal((2.0, 2L * 2 * 4), (scalars.Arithmetic, scalars.Bytes));
        Assert.Equal(["traced", "common subexpressions", "constants", "finished products", "elementwise chains", "chains behind products"], compiled.Passes.Select(pass => pass.Pass));
        foreach (PlanLine line in lines) Assert.Contains(line.Text, compiled.ToString(), StringComparison.Ordinal);
    }
}
