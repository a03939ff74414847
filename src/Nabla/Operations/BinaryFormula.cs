using System.Collections.Immutable;
using Nabla.Compilation;
using Nabla.Kernels;

namespace Nabla;

/// <summary>z = f(x, y), element by element, with the downstream gradient of each input; shapes broadcast.</summary>
/// <remarks>Write it as a <c>readonly record struct</c>, as <see cref="IUnaryFormula"/>. The local gradient is the downstream one for an upstream of 1.</remarks>
public interface IBinaryFormula
{
    /// <summary>What the downstream gradients read: x and y (Inputs), z (Output), both or neither.</summary>
    static abstract Needs Needs { get; }

    /// <summary>True where whole numbers are allowed too: the formula uses +, −, ×, Abs, Max, Min, Greater and Equal alone.</summary>
    static virtual bool TakesIntegers => false;

    /// <summary>How it hands gradients on, where that way has a name.</summary>
    static virtual GatePattern Pattern => GatePattern.None;

    /// <summary>What stands on its node in a drawing; empty for the name.</summary>
    string Glyph => "";

    /// <summary>f(x, y).</summary>
    T Value<T>(T x, T y)
        where T : ILane<T>;

    /// <summary>upstream × ∂z/∂x.</summary>
    T DownstreamLeft<T>(T upstream, T x, T y, T z)
        where T : ILane<T>;

    /// <summary>upstream × ∂z/∂y.</summary>
    T DownstreamRight<T>(T upstream, T x, T y, T z)
        where T : ILane<T>;
}

/// <summary>The operation of a <see cref="IBinaryFormula"/>: two inputs of one element type, broadcast.</summary>
/// <param name="Formula">The formula and its parameters.</param>
/// <typeparam name="TFormula">The formula's type; its name is the operation's name.</typeparam>
public sealed record Binary<TFormula>(TFormula Formula = default) : Operation, IElementwise
    where TFormula : struct, IBinaryFormula
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

    /// <summary>The formula as text, of inputs called x and y.</summary>
    public string Text => ForwardText("x", "y");

    /// <inheritdoc/>
    public override string ForwardText(params ReadOnlySpan<string> inputs) =>
        Formula.Value(new Symbol(inputs[0]), new Symbol(inputs[1])).ToString();

    /// <inheritdoc/>
    public override string BackwardText(int input, ReadOnlySpan<string> inputs, string output, string upstream)
    {
        (Symbol above, Symbol x, Symbol y, Symbol z) = (new(upstream), new(inputs[0]), new(inputs[1]), new(output));
        return (input == 0 ? Formula.DownstreamLeft(above, x, y, z) : Formula.DownstreamRight(above, x, y, z)).ToString();
    }

    /// <inheritdoc/>
    public override Tensor? Open(ImmutableArray<Tensor> inputs)
    {
        Tensor opened = Formula.Value(inputs[0], inputs[1]);
        return Equals(opened.Producer?.Operation) ? null : opened;
    }

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 2);
        RequireSameType(inputs[0], inputs[1]);
        if (!TFormula.TakesIntegers) RequireFloating(inputs[0]);
        else if (inputs[0].DType == DType.Bool) throw new ArgumentException($"{Name} needs numbers, got {inputs[0]} and {inputs[1]}; Cast them first");
        return inputs[0] with { Shape = Shape.Broadcast(inputs[0].Shape, inputs[1].Shape) };
    }

    /// <inheritdoc/>
    public override void Forward(Buffers buffers) => ElementwiseKernel.MapBinary(Formula, buffers);

    unsafe void IElementwise.RunTile(float** inputs, int* strides, float* output, int count) =>
        ElementwiseKernel.Tile(Formula, inputs[0], strides[0], inputs[1], strides[1], output, count);

    unsafe void IElementwise.RunTile(double** inputs, int* strides, double* output, int count) =>
        ElementwiseKernel.Tile(Formula, inputs[0], strides[0], inputs[1], strides[1], output, count);

    unsafe delegate*<Operation, void*, void*, void*, void*, void> IElementwise.Single(DType type) =>
        type == DType.Float32 ? &ElementwiseKernel.SingleBinary<TFormula, float> : &ElementwiseKernel.SingleBinary<TFormula, double>;

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream)
    {
        (Tensor x, Tensor y, Tensor z) = (application.Inputs[0], application.Inputs[1], application.Output);
        return
        [
            application.Wants(0) ? Formula.DownstreamLeft(upstream, x, y, z).SumTo(x.Shape) : null,
            application.Wants(1) ? Formula.DownstreamRight(upstream, x, y, z).SumTo(y.Shape) : null,
        ];
    }

    /// <inheritdoc/>
    protected override bool PrintMembers(System.Text.StringBuilder builder) => FormulaText.Parameters(Formula.ToString(), builder);
}
