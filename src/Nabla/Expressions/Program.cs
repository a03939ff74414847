using Nabla.Compilation;

namespace Nabla.Expressions;

/// <summary>A program that was read and whose names are resolved: which are inputs, which are computed, and what the result is.</summary>
internal sealed class Program
{
    private readonly Source source;
    private readonly List<Step> steps;

    // For each variable step the step it stands for; −1 for an input.
    private readonly int[] standsFor;

    // For each step the name its value is given, if any.
    private readonly string?[] namesOf;

    // Steps that the result depends on.
    private readonly bool[] isNeeded;

    private readonly int result;

    private Program(Source source, List<Step> steps, List<Statement> statements)
    {
        this.source = source;
        this.steps = steps;
        standsFor = new int[steps.Count];
        namesOf = new string?[steps.Count];
        isNeeded = new bool[steps.Count];
        Dictionary<string, int> definedBy = Define(statements);
        int last = statements.FindLastIndex(statement => !IsInput(statement));
        if (last < 0)
        {
            int end = source.Text.TrimEnd().Length;
            throw source.Error(end, 1, ExpressionWords.NothingToCompute);
        }
        Result = statements[last];
        result = Result.Value;
        Resolve(statements, definedBy);
        MarkNeeded();
        // Inputs in the order in which they are written down; those that the result does not need are inputs all the same.
        foreach (Statement statement in statements)
            if (IsInput(statement)) Inputs.Add(statement.Name!, statement.Value);
        for (int i = 0; i < steps.Count; i++)
            if (isNeeded[i] && steps[i].Kind == StepKind.Variable && standsFor[i] < 0) Inputs.TryAdd(steps[i].Name, null);
        Computed = [.. statements.Where(statement => statement.Name is not null && !IsInput(statement)).Select(statement => statement.Name!)];
    }

    /// <summary>The inputs in the order in which they occur, each with the step of the value that the program gives it.</summary>
    public OrderedDictionary<string, int?> Inputs { get; } = [];

    /// <summary>The names of what is computed.</summary>
    public HashSet<string> Computed { get; }

    /// <summary>The statement that is the result.</summary>
    public Statement Result { get; }

    public static Program Read(Source source)
    {
        (List<Step> steps, List<Statement> statements) = Parser.Read(source);
        return new(source, steps, statements);
    }

    /// <summary>Values that are given from outside: name = literal, separated by commas, semicolons or line breaks.</summary>
    public static OrderedDictionary<string, Tensor> ReadValues(Source source)
    {
        (List<Step> steps, List<Statement> statements) = Parser.Read(source, commasSeparate: true);
        OrderedDictionary<string, Tensor> values = [];
        foreach (Statement statement in statements)
        {
            string name = statement.Name ?? source.Text.Substring(statement.Start, Math.Min(20, statement.Length));
            if (statement.Name is null || !steps[statement.Value].IsLiteral)
                throw source.Error(statement.Start, statement.Length, ExpressionWords.NotAValue, name);
            if (!values.TryAdd(name, Literal(steps[statement.Value])))
                throw source.Error(statement.Start, statement.Length, ExpressionWords.DefinedTwice, name, source.LineOf(statement.Start));
        }
        return values;
    }

    /// <summary>The value of an input that the program gives itself.</summary>
    public Tensor LiteralOf(int step) => Literal(steps[step]);

    /// <summary>Throws if an input has no value.</summary>
    public void RequireValues(IReadOnlyDictionary<string, Tensor> values)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            Step step = steps[i];
            if (!isNeeded[i] || step.Kind != StepKind.Variable || standsFor[i] >= 0 || values.ContainsKey(step.Name)) continue;
            string message = ExpressionWords.NoValue.In(source.Language, step.Name)
                + Guess.Of(step.Name, values.Keys.Concat(Computed), source.Language);
            throw source.Error(step.Start, step.Length, message);
        }
    }

    /// <summary>Follows the shapes without computing anything, and refuses what would be too large.</summary>
    public void CheckSizes(IReadOnlyDictionary<string, Tensor> values)
    {
        string[] names = [.. values.Keys];
        TensorSpec[] specs = [.. names.Select(name => values[name].Spec)];
        TraceContext.Trace(
            stands => [Run(names.Zip(stands).ToDictionary(pair => pair.First, pair => pair.Second), isTrial: true)],
            specs);
    }

    /// <summary>Computes the result.</summary>
    public Tensor Compute(IReadOnlyDictionary<string, Tensor> values) => Run(values, isTrial: false);

    /// <summary>Turns what an operation has against its operands into an error at its place.</summary>
    public static Tensor Guarded(Source source, Step step, Tensor[] operands, Func<Tensor> build)
    {
        try
        {
            return build();
        }
        catch (Exception refusal) when (refusal is ShapeException or ArgumentException)
        {
            string shapes = string.Join(", ", operands.Select(operand => operand.Shape.ToString()));
            throw source.Error(step.Start, step.Length, ExpressionWords.Shapes, step.Name, shapes, refusal.Message);
        }
    }

    private Tensor Run(IReadOnlyDictionary<string, Tensor> values, bool isTrial)
    {
        Tensor?[] done = new Tensor?[steps.Count];
        long elements = 0;
        for (int i = 0; i < steps.Count; i++)
        {
            if (!isNeeded[i]) continue;
            Step step = steps[i];
            if (step.Kind == StepKind.Number) continue;
            Tensor value = step.Kind switch
            {
                StepKind.Array => Literal(step).Detach(),
                StepKind.Variable => standsFor[i] < 0 ? values[step.Name] : done[standsFor[i]]!,
                _ => Apply(step, done),
            };
            done[i] = value;
            if (isTrial)
            {
                elements += value.Count;
                if (value.Count > Limits.ElementsOfOne)
                    throw source.Error(step.Start, step.Length, ExpressionWords.TooManyElements, Limits.ElementsOfOne);
                if (elements > Limits.ElementsOfAll)
                    throw source.Error(step.Start, step.Length, ExpressionWords.TooManyElements, Limits.ElementsOfAll);
            }
            // A second name for a value that has one already stays a way to write it.
            else if (namesOf[i] is { } name && value.Name is null)
            {
                value.Named(name);
            }
        }
        // A program that is a mere number is that number.
        return done[result] ?? ((Tensor)steps[result].Number).Detach();
    }

    private Tensor Apply(Step step, Tensor?[] done)
    {
        Tensor?[] operands = [.. step.Operands.Select(operand => done[operand])];
        Tensor[] tensors = [.. operands.Select((operand, i) => operand ?? Constant(step, i))];
        return Guarded(source, step, tensors, () => step.Kind switch
        {
            StepKind.Negate => -operands[0]!,
            StepKind.Function => step.Function!.Build([.. operands.Select((operand, i) => operand ?? (Tensor)Number(step, i))]),
            _ => Combine(step, operands[0], operands[1]),
        });
    }

    private Tensor Combine(Step step, Tensor? left, Tensor? right)
    {
        Infix row = step.Infix!;
        // Two numbers are one already, but where the operation takes matrices alone: that is for it to say.
        if (left is null && right is null) return row.Build(Constant(step, 0), Constant(step, 1));
        if (left is null) return row.NumberLeft is { } build ? build(Number(step, 0), right!) : row.Build(Constant(step, 0), right!);
        if (right is null) return row.NumberRight is { } build ? build(left, Number(step, 1)) : row.Build(left, Constant(step, 1));
        return row.Build(left, right);
    }

    private double Number(Step step, int operand) => steps[step.Operands[operand]].Number;

    private Tensor Constant(Step step, int operand) => ((Tensor)Number(step, operand)).Detach();

    private static Tensor Literal(Step step) => step.Kind == StepKind.Number
        ? Tensor.From<double>([step.Number], Shape.Scalar)
        : Tensor.From<double>(step.Array.Elements, Shape.Create(step.Array.Extents));

    private bool IsInput(Statement statement) => statement.Name is not null && steps[statement.Value].IsLiteral;

    private Dictionary<string, int> Define(List<Statement> statements)
    {
        Dictionary<string, int> definedBy = [];
        for (int i = 0; i < statements.Count; i++)
        {
            if (statements[i].Name is not { } name || definedBy.TryAdd(name, i)) continue;
            throw source.Error(
                statements[i].Start, name.Length, ExpressionWords.DefinedTwice, name, source.LineOf(statements[definedBy[name]].Start));
        }
        return definedBy;
    }

    private void Resolve(List<Statement> statements, Dictionary<string, int> definedBy)
    {
        int statement = 0;
        for (int i = 0; i < steps.Count; i++)
        {
            // A statement's own step is its last one.
            while (statement < statements.Count && i > statements[statement].Value) statement++;
            standsFor[i] = -1;
            Step step = steps[i];
            if (step.Kind != StepKind.Variable || !definedBy.TryGetValue(step.Name, out int by) || IsInput(statements[by])) continue;
            if (by == statement) throw source.Error(step.Start, step.Length, ExpressionWords.UsesItself, step.Name);
            if (by > statement)
                throw source.Error(step.Start, step.Length, ExpressionWords.UsedBefore, step.Name, source.LineOf(statements[by].Start));
            standsFor[i] = statements[by].Value;
        }
        foreach (Statement named in statements)
            if (named.Name is not null && !IsInput(named)) namesOf[named.Value] = named.Name;
    }

    private void MarkNeeded()
    {
        isNeeded[result] = true;
        // Operands come before what reads them, so one pass from the end finds them all.
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            if (!isNeeded[i]) continue;
            foreach (int operand in steps[i].Operands) isNeeded[operand] = true;
            if (standsFor[i] >= 0) isNeeded[standsFor[i]] = true;
        }
    }
}
