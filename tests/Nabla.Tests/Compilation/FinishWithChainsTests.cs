using Nabla.Compilation;
using Nabla.Tests.Kernels;

namespace Nabla.Tests;

/// <summary>Elementwise steps that a product takes along give the bits of the steps one by one.</summary>
[Collection("threads")]
public class FinishWithChainsTests
{
    public static TheoryData<int, int, int, DType> Sizes
    {
        get
        {
            TheoryData<int, int, int, DType> sizes = [];
            foreach (DType type in (DType[])[DType.Float32, DType.Float64])
            {
                foreach ((int m, int k, int n) in ((int, int, int)[])
                    [(2, 17, 2), (12, 8, 32), (13, 9, 33), (5, 300, 65), (61, 513, 47), (150, 31, 96), (1, 40, 30), (30, 40, 1), (3, 2, 5)])
                {
                    sizes.Add(m, k, n, type);
                }
            }
            return sizes;
        }
    }

    private static Tensor Pattern(Shape shape, double scale, DType type)
    {
        double[] values = new double[shape.Count];
        for (int i = 0; i < values.Length; i++) values[i] = scale * Math.Sin((i * 1.7) + scale);
        return Tensor.From<double>(values, shape).Cast(type).Detach();
    }

    private static int Chains(Compiled compiled) =>
        compiled.Lines.Count(line => line.Text.StartsWith("MatMul", StringComparison.Ordinal)
            && (line.Text.Contains("Fused", StringComparison.Ordinal) || line.Text.Contains("Gradient", StringComparison.Ordinal)));

    /// <summary>x · w with a rectifier and a second layer, stepped by descent on one and on three threads.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void DescentAndGradientsOfActivations(int batch, int inputs, int outputs, DType type)
    {
        Tensor x = Pattern([batch, inputs], 1, type), rate = Tensor.Full([], 0.05, type);
        List<double[]> seen = [];
        foreach (int threads in (int[])[0, 1, 3])
        {
            Cell first = new(Pattern([inputs, outputs], 0.3, type)), second = new(Pattern([outputs, 6], 0.7, type)), pace = new(rate);
            void Step(Tensor data)
            {
                Tensor[] w = [first.Value, second.Value];
                Gradients gradients = data.MatMul(w[0]).Relu().MatMul(w[1]).Square().Sum().Backward(w);
                first.Assign(w[0] - (pace.Value * gradients[w[0]]));
                second.Assign(w[1] - (pace.Value * gradients[w[1]]));
            }
            ThreadsCollection.With(Math.Max(1, threads), () =>
            {
                Compiled step = Compiled.Trace(i =>
                {
                    Step(i[0]);
                    return [];
                });
                for (int i = 0; i < 4; i++)
                {
                    if (threads == 0) Step(x);
                    else step.Run(x);
                }
                if (threads > 0 && batch > 4 && outputs > 1) Assert.True(Chains(step) >= 2);
            });
            seen.Add([.. first.Value.ToDoubles(), .. second.Value.ToDoubles()]);
        }
        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(seen[0], seen[2]);
    }

    /// <summary>Chains that nobody wrote by hand: the product anywhere in them, beside it inputs of its shape, rows and single elements.</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void AnyChain(int m, int k, int n, DType type)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            Tensor[] inputs =
            [
                Pattern([m, k], 1, type), Pattern([k, n], 0.4, type), Pattern([m, n], 0.9, type), Pattern([n], 0.8, type), Pattern([], 1.1, type),
            ];
            Tensor[] Work(Tensor[] x)
            {
                Random random = new(seed);
                Tensor y = x[0].MatMul(x[1]);
                for (int i = 0; i < 1 + (seed % 4); i++)
                {
                    Tensor other = x[2 + random.Next(3)];
                    y = random.Next(6) switch
                    {
                        0 => y + other,
                        1 => other - y,
                        2 => y * other,
                        3 => y.Tanh(),
                        4 => y.Maximum(other),
                        _ => y * y,
                    };
                }
                return [y];
            }
            Compiled compiled = Compiled.Trace(x => Work([.. x]), [.. inputs.Select(input => input.Spec)]);
            for (int run = 0; run < 2; run++) Distance.SameBits(Work(inputs)[0], compiled.Run(inputs)[0], $"seed {seed}, run {run}");
        }
    }

    [Fact]
    public void AnUpdateWaitsForTheLastLineThatReadsTheOldWeight()
    {
        Cell weight = new(Pattern([40, 30], 0.3, DType.Float32)), same = new(weight.Value);
        Tensor x = Pattern([16, 40], 1, DType.Float32);
        static Tensor[] Step(Cell cell, Tensor x)
        {
            Tensor w = cell.Value, next = w - (0.1f * x.MatMul(x.MatMul(w), transposeLeft: true));
            Tensor[] results = [w.Exp().Sum(), w.Square().Sum(0)];
            cell.Assign(next);
            return results;
        }
        Compiled compiled = Compiled.Trace(i => Step(weight, i[0]));
        for (int i = 0; i < 3; i++)
        {
            foreach ((Tensor eager, Tensor replayed) in Step(same, x).Zip(compiled.Run(x))) Distance.SameBits(eager, replayed, $"step {i}");
            Distance.SameBits(same.Value, weight.Value, $"weight {i}");
        }
    }

    [Fact]
    public void NothingChangesBeforeACheckThatRefusesTheStep()
    {
        Cell weight = new(Pattern([40, 30], 0.3, DType.Float32)), rate = new(Tensor.Full([], 0.1, DType.Float32)), steps = new(Tensor.Zeros([]));
        Compiled compiled = Compiled.Trace(i =>
        {
            Tensor w = weight.Value, pace = rate.Value * 0.5f;
            Tensor next = w - (pace * i[0].MatMul(i[0].MatMul(w), transposeLeft: true));
            Tensor loss = i[1].RequireFinite("the loss");
            weight.Assign(next);
            steps.Assign(steps.Value + 1);
            return [loss];
        });
        Tensor x = Pattern([16, 40], 1, DType.Float32);
        compiled.Run(x, Tensor.Full([], 1.0));
        double[] before = weight.Value.ToDoubles();
        Assert.Throws<NotFiniteNumberException>(() => compiled.Run(x, Tensor.Full([], double.NaN)));
        Assert.Equal(before, weight.Value.ToDoubles());
        Assert.Equal(1, steps.Value.Item());
    }
}
