using System.Collections.Immutable;
using Nabla.Compilation;
using Nabla.Kernels;

namespace Nabla;

/// <summary>y = f(x), element by element, with its derivative: each written once, for every <see cref="ILane{TSelf}"/>.</summary>
/// <remarks>
/// Write it as a <c>readonly record struct</c>; its name is the operation's name, its parameters the operation's. A struct and not a class, because the
/// compiler then makes one loop for each formula, with the formula inside it.
/// </remarks>
public interface IUnaryFormula
{
    /// <summary>What <see cref="Derivative{T}"/> reads: x (Inputs), y (Output), both or neither.</summary>
    static abstract Needs Needs { get; }

    /// <summary>True where whole numbers are allowed too: the formula uses +, −, ×, Abs, Max, Min, Greater and Equal alone.</summary>
    static virtual bool TakesIntegers => false;

    /// <summary>How it hands gradients on, where that way has a name.</summary>
    static virtual GatePattern Pattern => GatePattern.None;

    /// <summary>What stands on its node in a drawing; empty for the name.</summary>
    string Glyph => "";

    /// <summary>f(x).</summary>
    T Value<T>(T x)
        where T : ILane<T>;

    /// <summary>The local gradient dy/dx at x, where y = f(x). What <see cref="Needs"/> does not name must not be read.</summary>
    T Derivative<T>(T x, T y)
        where T : ILane<T>;
}

/// <summary>The operation of a <see cref="IUnaryFormula"/>.</summary>
/// <param name="Formula">The formula and its parameters.</param>
/// <typeparam name="TFormula">The formula's type; its name is the operation's name.</typeparam>
public sealed record Unary<TFormula>(TFormula Formula = default) : Operation, IElementwise
    where TFormula : struct, IUnaryFormula
{
    /// <inheritdoc/>
    public override string Name => typeof(TFormula).Name;

    /// <inheritdoc/>
    public override Needs Needs => TFormula.Needs;

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override GatePattern Pattern => TFormula.Pattern;

    /// <inheritdoc/>
    public override string Glyph => Formula.Glyph is { Length: > 0 } glyph ? glyph : base.Glyph;

    /// <summary>The formula as text, of an input called x.</summary>
    public string Text => ForwardText("x");

    /// <inheritdoc/>
    public override string ForwardText(params ReadOnlySpan<string> inputs) => Formula.Value(new Symbol(inputs[0])).ToString();

    /// <inheritdoc/>
    public override string BackwardText(int input, ReadOnlySpan<string> inputs, string output, string upstream) =>
        (new Symbol(upstream) * Formula.Derivative(new Symbol(inputs[0]), new Symbol(output))).ToString();

    /// <inheritdoc/>
    public override Tensor? Open(ImmutableArray<Tensor> inputs)
    {
        Tensor opened = Formula.Value(inputs[0]);
        return Equals(opened.Producer?.Operation) ? null : opened;
    }

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 1);
        if (!TFormula.TakesIntegers) RequireFloating(inputs[0]);
        else if (inputs[0].DType == DType.Bool) throw new ArgumentException($"{Name} needs numbers, got {inputs[0]}; Cast it first");
        return inputs[0];
    }

    /// <inheritdoc/>
    public override void Forward(Buffers buffers) => ElementwiseKernel.MapUnary(Formula, buffers);

    unsafe void IElementwise.RunTile(float** inputs, int* strides, float* output, int count) =>
        ElementwiseKernel.Tile(Formula, inputs[0], strides[0], output, count);

    unsafe void IElementwise.RunTile(double** inputs, int* strides, double* output, int count) =>
        ElementwiseKernel.Tile(Formula, inputs[0], strides[0], output, count);

    unsafe delegate*<Operation, void*, void*, void*, void*, void> IElementwise.Single(DType type) =>
        type == DType.Float32 ? &ElementwiseKernel.SingleUnary<TFormula, float> : &ElementwiseKernel.SingleUnary<TFormula, double>;

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
    {
        (Tensor x, Tensor y) = (application.Inputs[0], application.Output);
        // The same expression twice: as a graph where somebody may differentiate it, else in one pass over memory.
        if (!NoGradient.IsOn) return [upstream * Formula.Derivative(x, y)];
        bool readsInput = TFormula.Needs.HasFlag(Needs.Inputs), readsOutput = TFormula.Needs.HasFlag(Needs.Output);
        // What the derivative does not read is not held on to.
        return [new UnaryGradient<TFormula>(Formula).Apply(
            upstream, readsInput ? x : readsOutput ? y : upstream, readsOutput ? y : readsInput ? x : upstream)];
    }

    /// <inheritdoc/>
    protected override bool PrintMembers(System.Text.StringBuilder builder) => FormulaText.Parameters(Formula.ToString(), builder);
}

/// <summary>downstream = upstream × f′(x), in one pass: the gradient of a <see cref="Unary{TFormula}"/> where no graph of it is wanted.</summary>
/// <param name="Formula">The formula and its parameters.</param>
/// <remarks>Inputs: upstream, x, y, all of one shape. A value the derivative does not read may be any tensor of that shape.</remarks>
/// <typeparam name="TFormula">The formula's type.</typeparam>
public sealed record UnaryGradient<TFormula>(TFormula Formula = default) : Operation, IElementwise
    where TFormula : struct, IUnaryFormula
{
    /// <inheritdoc/>
    public override string Name => typeof(TFormula).Name + "Gradient";

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 3);
        RequireFloating(inputs[0]);
        if (inputs[0] != inputs[1] || inputs[0] != inputs[2])
            throw new ShapeException($"{Name} needs upstream, x and y of one spec, got {inputs[0]}, {inputs[1]} and {inputs[2]}");
        return inputs[0];
    }

    /// <inheritdoc/>
    public override void Forward(Buffers buffers) => ElementwiseKernel.MapGradient(Formula, buffers);

    unsafe void IElementwise.RunTile(float** inputs, int* strides, float* output, int count) =>
        ElementwiseKernel.TileGradient(Formula, inputs, strides, output, count);

    unsafe void IElementwise.RunTile(double** inputs, int* strides, double* output, int count) =>
        ElementwiseKernel.TileGradient(Formula, inputs, strides, output, count);

    unsafe delegate*<Operation, void*, void*, void*, void*, void> IElementwise.Single(DType type) =>
        type == DType.Float32 ? &ElementwiseKernel.SingleGradient<TFormula, float> : &ElementwiseKernel.SingleGradient<TFormula, double>;

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
    {
        ImmutableArray<Tensor> inputs = application.Inputs;
        return Gradients.Through(upstreamBelow => upstreamBelow[0] * Formula.Derivative(upstreamBelow[1], upstreamBelow[2]), inputs, upstream);
    }

    /// <inheritdoc/>
    protected override bool PrintMembers(System.Text.StringBuilder builder) => FormulaText.Parameters(Formula.ToString(), builder);
}

internal static class FormulaText
{
    /// <summary>An operator and a number, with a real minus: <c>+1</c>, <c>−0.5</c>, <c>×(−2)</c>.</summary>
    public static string Number(double value, string sign)
    {
        string size = Math.Abs(value).ToString("G6", System.Globalization.CultureInfo.InvariantCulture);
        return !double.IsNegative(value) ? sign + size : sign == "+" ? "−" + size : $"{sign}(−{size})";
    }

    /// <summary>The part between the braces of a record's own text.</summary>
    public static bool Parameters(string? text, System.Text.StringBuilder builder)
    {
        int open = text?.IndexOf('{') ?? -1;
        string inside = open < 0 ? "" : text![(open + 1)..^1].Trim();
        builder.Append(inside);
        return inside.Length > 0;
    }
}
