namespace Nabla.Benchmarks.Comparison;

/// <summary>Forward, backward and update of a model as one compiled function, on one batch.</summary>
internal sealed class CompiledStep : ITrainingStep
{
    private readonly Tensor[] batch;
    private readonly Cell loss = new(Tensor.Zeros(Shape.Scalar), isConstant: true);

    public CompiledStep(Module model, UpdateRule rule, double learningRate, Func<Tensor, Tensor, Tensor> measure, Tensor x, Tensor target)
    {
        batch = [x, target];
        Optimizer optimizer = new(rule, model.Parameters, learningRate);
        RandomKey key = RandomKey.FromSeed(1);
        Program = Compiled.Trace(inputs =>
        {
            Tensor value = measure(model.Apply(inputs[0], Pass.Training(key)), inputs[1]);
            optimizer.Step(value.Backward());
            loss.Assign(value);
            return [];
        });
    }

    public Compiled Program { get; }

    public double Loss => loss.Value.Item();

    public void Run() => Program.Run(batch);
}
