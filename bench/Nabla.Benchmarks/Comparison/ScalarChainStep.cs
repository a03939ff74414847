namespace Nabla.Benchmarks.Comparison;

/// <summary>y = y · 1.0001 + 0.1 on one number, 5,000 times, and the gradient of the last y with respect to the first: pure overhead.</summary>
internal sealed class ScalarChainStep : ITrainingStep
{
    /// <summary>Operations forward; backward has as many.</summary>
    public const int Length = 10_000;

    private readonly Tensor start = Tensor.Ones([]).Keep();
    private readonly Cell last = new(Tensor.Zeros([]), isConstant: true), slope = new(Tensor.Zeros([]), isConstant: true);

    public ScalarChainStep(bool isCompiled)
    {
        if (!isCompiled) return;
        Program = Compiled.Trace(inputs =>
        {
            (Tensor y, Tensor gradient) = Chain(inputs[0]);
            last.Assign(y);
            slope.Assign(gradient);
            return [];
        });
    }

    public Compiled? Program { get; }

    public double Loss => last.Value.Item();

    public void Run()
    {
        if (Program is not null)
        {
            Program.Run(start);
            return;
        }
        using Scope scope = Scope.Begin();
        (Tensor y, Tensor gradient) = Chain(start);
        last.Assign(y);
        slope.Assign(gradient);
    }

    private static (Tensor Value, Tensor Gradient) Chain(Tensor x)
    {
        Tensor y = x;
        for (int i = 0; i < Length / 2; i++) y = (y * 1.0001) + 0.1;
        return (y, y.Backward([x])[x]);
    }
}
