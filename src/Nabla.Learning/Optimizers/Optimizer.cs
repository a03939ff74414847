using System.Collections.Immutable;

namespace Nabla;

/// <summary>Moves parameters after their gradients, step by step, by an <see cref="UpdateRule"/>.</summary>
/// <remarks>
/// Learning rate, step count and what the rule remembers are cells: a traced step binds them, so that each replay sees the learning rate of the
/// moment
/// and counts on. Eager and traced give the same bits.
/// </remarks>
/// <example><code>
/// Optimizer optimizer = new(new Adam(), model.Parameters, learningRate: 1e-3);
/// optimizer.Step(Loss.CrossEntropy(model.Apply(images), labels).Backward());
/// </code></example>
public sealed class Optimizer
{
    private readonly Cell learningRate;
    private readonly Cell stepCount = new Cell(Tensor.Zeros(Shape.Scalar, DType.Int64), isConstant: true).Named("step_count");
    private readonly ImmutableArray<ImmutableArray<Cell>> states;
    private readonly ImmutableArray<DType> types;

    /// <summary>An optimizer at step 0.</summary>
    /// <param name="rule">How a parameter follows its gradient.</param>
    /// <param name="parameters">What it moves; at least one, none twice.</param>
    /// <param name="learningRate">The size of a step, finite and at least 0.</param>
    /// <exception cref="ArgumentException">No parameter, one twice, or one that is not trained.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative or not finite.</exception>
    public Optimizer(UpdateRule rule, IEnumerable<Parameter> parameters, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(parameters);
        Rule = rule;
        Parameters = [.. parameters];
        Check(Parameters);
        this.learningRate = new Cell(Checked(learningRate), isConstant: true).Named("learning_rate");
        states = [.. Parameters.Select(parameter => rule.StateNames.Select(name => State(parameter, name)).ToImmutableArray())];
        types = [.. Parameters.Select(parameter => parameter.DType).Distinct()];
    }

    /// <summary>How a parameter follows its gradient.</summary>
    public UpdateRule Rule { get; }

    /// <summary>What the optimizer moves.</summary>
    public ImmutableArray<Parameter> Parameters { get; }

    /// <summary>The size of a step. It may change between steps, and a traced step sees the change.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative or not finite.</exception>
    public double LearningRate
    {
        get => learningRate.Value.Item();
        set => learningRate.Assign(Checked(value));
    }

    /// <summary>How many steps were taken.</summary>
    public long StepCount => stepCount.Value.AsSpan<long>()[0];

    /// <summary>Moves each parameter that has a gradient, and counts the step. Those without one stay as they are.</summary>
    /// <param name="gradients">What a backward pass through the parameters gave.</param>
    /// <exception cref="ArgumentException">None of the parameters has a gradient.</exception>
    public void Step(Gradients gradients)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        Tensor? any = null;
        foreach (Parameter parameter in Parameters)
            if (gradients.TryGet(parameter.Cell, out any)) break;
        if (any is null)
        {
            throw new ArgumentException(
                $"a step needs the gradient of at least one of the optimizer's {Parameters.Length} parameters ({Parameters[0]}, …), got none; "
                + "give it the parameters of the module that made the loss", nameof(gradients));
        }
        using NoGradient.Section section = NoGradient.Begin();
        // While tracing nothing has values that a scope could give back, and constants made there belong to the recording.
        using Scope? scope = any.IsAbstract ? null : Scope.Begin();
        Tensor step = stepCount.Value + 1;
        ImmutableArray<Tensor> factors = Rule.Factors(learningRate.Value, step.Cast(DType.Float64));
        ImmutableArray<Tensor>[] cast = [.. types.Select(type => factors.Select(factor => factor.Cast(type)).ToImmutableArray())];
        for (int i = 0; i < Parameters.Length; i++)
        {
            Parameter parameter = Parameters[i];
            if (!gradients.TryGet(parameter.Cell, out Tensor? gradient)) continue;
            using Scope? inner = any.IsAbstract ? null : Scope.Begin();
            ImmutableArray<Tensor> before = [.. states[i].Select(state => state.Value)];
            (Tensor value, ImmutableArray<Tensor> after) = Rule.Next(parameter.Value, gradient, before, cast[types.IndexOf(parameter.DType)]);
            for (int k = 0; k < after.Length; k++) states[i][k].Assign(after[k]);
            parameter.Assign(value);
        }
        stepCount.Assign(step);
    }

    /// <summary>Everything that a file must hold for training to go on where it stopped: names and cells.</summary>
    internal IEnumerable<(string Name, Cell Cell)> Cells()
    {
        yield return ("learning_rate", learningRate);
        yield return ("step_count", stepCount);
        for (int i = 0; i < Parameters.Length; i++)
            for (int k = 0; k < states[i].Length; k++) yield return ($"{Rule.StateNames[k]}.{NameOf(i)}", states[i][k]);
    }

    /// <summary>A parameter's name in files: the one from its module, or its place where it came without one.</summary>
    private string NameOf(int index) => Parameters[index].StoredName is { Length: > 0 } name ? name : $"{index}";

    private static Cell State(Parameter parameter, string name)
    {
        using Scope scope = Scope.Begin();
        return new Cell(Tensor.Zeros(parameter.Shape, parameter.DType), isConstant: true).Named($"{name} of {parameter.Path}");
    }

    private static void Check(ImmutableArray<Parameter> parameters)
    {
        if (parameters.IsEmpty)
            throw new ArgumentException("an optimizer needs at least one parameter, got none; does the module have any?", nameof(parameters));
        HashSet<Cell> seen = [];
        foreach (Parameter parameter in parameters)
        {
            ArgumentNullException.ThrowIfNull(parameter, nameof(parameters));
            if (!seen.Add(parameter.Cell))
                throw new ArgumentException($"an optimizer needs each parameter once, got {parameter} twice", nameof(parameters));
            if (!parameter.IsTrained)
            {
                throw new ArgumentException(
                    $"an optimizer needs parameters that are trained, got the state {parameter}; give it module.Parameters", nameof(parameters));
            }
        }
    }

    private static double Checked(double rate) => rate >= 0 && double.IsFinite(rate)
        ? rate
        : throw new ArgumentOutOfRangeException(
            nameof(rate), rate, $"a learning rate needs a finite number of at least 0, got {rate}; 0.001 to 0.1 is usual");
}
