using System.Text.Json;

namespace Nabla.Learning.Tests;

public class OptimizerTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, GoldenCase.Read("optimizers").Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void TwentyStepsEqualPyTorchInFloat64(int index) => FollowsPyTorch(GoldenCase.Read("optimizers")[index], DType.Float64, 1e-9);

    [Theory]
    [MemberData(nameof(Cases))]
    public void TwentyStepsEqualPyTorchInFloat32(int index) => FollowsPyTorch(GoldenCase.Read("optimizers")[index], DType.Float32, 2e-5);

    [Theory]
    [MemberData(nameof(Cases))]
    public void ATracedStepGivesTheSameBits(int index)
    {
        GoldenCase golden = GoldenCase.Read("optimizers")[index];
        Run eager = new(golden, DType.Float32), traced = new(golden, DType.Float32);
        Compiled step = Compiled.Trace(traced.Step);
        for (int i = 0; i < 20; i++)
        {
            // The learning rate changes on the way, and the recording must see it.
            eager.Optimizer.LearningRate = traced.Optimizer.LearningRate = 0.1 / (i + 1);
            Assert.Equal(eager.Step([eager.X])[0].Item(), step.Run(traced.X)[0].Item());
            Assert.Equal(eager.W.Value.ToArray<float>(), traced.W.Value.ToArray<float>());
        }
        Assert.Equal(1, step.TraceCount);
        Assert.Equal(20, traced.Optimizer.StepCount);
    }

    [Fact]
    public void AParameterWithoutGradientStaysAsItIs()
    {
        Parameter used = new(Tensor.From(1f, 2f)), idle = new(Tensor.From(3f));
        Optimizer optimizer = new(new Adam(weightDecay: 0.1), [used, idle], 0.1);
        optimizer.Step(used.Value.Square().Sum().Backward());
        Assert.Equal([3f], idle.Value.ToArray<float>());
        Assert.NotEqual([1f, 2f], used.Value.ToArray<float>());
    }

    [Fact]
    public void RefusesGradientsOfSomethingElse()
    {
        Tensor x = Tensor.From(1f, 2f);
        Optimizer optimizer = new(new Sgd(), [new Parameter(Tensor.From(1f))], 0.1);
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => optimizer.Step(x.Sum().Backward()));
        Assert.Contains("got none", thrown.Message);
        Assert.Equal(0, optimizer.StepCount);
    }

    [Fact]
    public void RefusesBadNumbers()
    {
        Parameter parameter = new(Tensor.From(1f));
        Assert.Contains("got -1", Assert.Throws<ArgumentOutOfRangeException>(() => new Optimizer(new Sgd(), [parameter], -1)).Message);
        Assert.Contains("NaN", Assert.Throws<ArgumentOutOfRangeException>(() => new Optimizer(new Sgd(), [parameter], double.NaN)).Message);
        Optimizer optimizer = new(new Sgd(), [parameter], 0.5);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.LearningRate = double.PositiveInfinity);
        Assert.Equal(0.5, optimizer.LearningRate);
        Assert.Contains("[0, 1)", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(beta1: 1)).Message);
        Assert.Contains("[0, 1)", Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(beta2: -0.1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(epsilon: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(weightDecay: -1));
        Assert.Contains("Nesterov", Assert.Throws<ArgumentException>(() => new Sgd(nesterov: true)).Message);
        Assert.Contains("Nesterov", Assert.Throws<ArgumentException>(() => new Sgd(0.9, nesterov: true, dampening: 0.1)).Message);
    }

    [Fact]
    public void RefusesBadParameters()
    {
        Parameter parameter = new(Tensor.From(1f));
        Assert.Contains("none", Assert.Throws<ArgumentException>(() => new Optimizer(new Sgd(), [], 0.1)).Message);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => new Optimizer(new Sgd(), [parameter, parameter], 0.1)).Message);
        Assert.Contains("state", Assert.Throws<ArgumentException>(
            () => new Optimizer(new Sgd(), [new Parameter(Tensor.From(1f), isTrained: false)], 0.1)).Message);
    }

    [Fact]
    public void ClippingScalesAllGradientsByOneFactor()
    {
        Tensor x = Tensor.From(3.0), y = Tensor.From(4f, 0f);
        Tensor loss = (x.Square() / 2).Sum() + (y.Square() / 2).Sum().Cast(DType.Float64);
        Gradients gradients = loss.Backward();
        Assert.Equal(5, gradients.Norm().Item(), 1e-12);

        Gradients clipped = gradients.ClipByNorm(1);
        Assert.Equal(3 / (5 + 1e-6), clipped[x].Item(), 1e-12);
        Assert.Equal([(float)(4 / (5 + 1e-6)), 0f], clipped[y].ToArray<float>());
        Assert.Equal(3, gradients.ClipByNorm(6)[x].Item());
        Assert.Throws<ArgumentOutOfRangeException>(() => gradients.ClipByNorm(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => gradients.ClipByNorm(double.NaN));
    }

    [Fact]
    public void TheFormulasOfRulesHaveRightGradients()
    {
        Tensor x = Tensor.From(0.3, 1.2, 2.5), y = Tensor.From(0.7, -0.4, 1.1);
        Assert.InRange(GradientCheck.Of(t => t[0].AddScaled(t[1], 0.3), [x, y], order: 2), 0, 1e-7);
        Assert.InRange(GradientCheck.Of(t => t[0].Blend(t[1], 0.3), [x, y], order: 2), 0, 1e-7);
        Assert.InRange(GradientCheck.Of(t => t[0].BlendSquare(t[1], 0.3), [x, y], order: 2), 0, 1e-7);
        Assert.InRange(GradientCheck.Of(t => t[0].RootPlus(t[1]), [x, y], order: 2), 0, 1e-7);
    }

    private static void FollowsPyTorch(GoldenCase golden, DType dtype, double tolerance)
    {
        Run run = new(golden, dtype);
        double[] losses = golden["losses"].ToDoubles(), path = golden["path"].ToDoubles();
        for (int i = 0; i < losses.Length; i++)
        {
            if (i == losses.Length / 2) run.Optimizer.LearningRate *= 0.5;
            Assert.Equal(losses[i], run.Step([run.X])[0].Item(), tolerance * 10);
            double[] now = [.. run.W.Value.ToDoubles(), .. run.B.Value.ToDoubles()];
            for (int k = 0; k < now.Length; k++)
            {
                double expected = path[(i * now.Length) + k];
                bool isClose = Math.Abs(now[k] - expected) <= tolerance;
                Assert.True(isClose, $"{golden}: value {k} after step {i + 1} is {now[k]:R}, PyTorch has {expected:R}");
            }
        }
    }

    /// <summary>The little network whose training the golden file holds.</summary>
    private sealed class Run
    {
        private readonly Tensor target;

        public Run(GoldenCase golden, DType dtype)
        {
            (W, B) = (new(golden["w"].Cast(dtype)), new(golden["b"].Cast(dtype)));
            X = golden["x"].Cast(dtype).Detach();
            target = golden["target"].Cast(dtype).Detach();
            Optimizer = new(Rule(golden), [W, B], golden.Settings.GetProperty("lr").GetDouble());
        }

        public Parameter W { get; }

        public Parameter B { get; }

        public Tensor X { get; }

        public Optimizer Optimizer { get; }

        public Tensor[] Step(Tensor[] inputs)
        {
            Tensor loss = ((inputs[0].Detach().MatMul(W.Value) + B.Value).Tanh() - target).Square().Sum();
            Optimizer.Step(loss.Backward([W.Value, B.Value]));
            return [loss];
        }

        private static UpdateRule Rule(GoldenCase golden)
        {
            JsonElement settings = golden.Settings;
            double Number(string name, double otherwise) => settings.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : otherwise;
            double Beta(int i, double otherwise) => settings.TryGetProperty("betas", out JsonElement value) ? value[i].GetDouble() : otherwise;
            return golden.Name switch
            {
                "sgd" => new Sgd(
                    Number("momentum", 0), settings.TryGetProperty("nesterov", out _), Number("weight_decay", 0), Number("dampening", 0)),
                "adam" => new Adam(Beta(0, 0.9), Beta(1, 0.999), Number("eps", 1e-8), Number("weight_decay", 0)),
                _ => new AdamW(Beta(0, 0.9), Beta(1, 0.999), Number("eps", 1e-8), Number("weight_decay", 0.01)),
            };
        }
    }
}
