using System.Collections.Immutable;

namespace Nabla;

/// <summary>What can be done with tensors, as one value with all its rules: shape, forward, backward. Ours and the user's own are written in this one form.</summary>
/// <remarks>
/// An operation is a record: its parameters are part of it, and two that compare equal do the same. Write it sealed, with a row in the operation table.
/// </remarks>
public abstract record Operation
{
    /// <summary>What people call it: <c>MatMul</c>.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Which values <see cref="Backward"/> reads; the rest can be let go early.</summary>
    public virtual Needs Needs => Needs.Inputs;

    /// <summary>False where no gradient flows back at all: comparisons, whole-number results, <see cref="Operations.Detach"/>.</summary>
    public virtual bool HasGradient => true;

    /// <summary>Which input is a random key, if one is: in a traced function it must not be a constant, or every replay would draw the same.</summary>
    public virtual int? KeyInput => null;

    /// <summary>True where each element of the output depends on one element of each input alone, after broadcasting.</summary>
    public virtual bool IsElementwise => false;

    /// <summary>True where the output is the input's elements in the input's order under another shape: drawings pass it over, and a compiled function need not copy.</summary>
    public virtual bool KeepsElements => false;

    /// <summary>How it hands gradients on, where that way has a name.</summary>
    public virtual GatePattern Pattern => GatePattern.None;

    /// <summary>What stands on its node in a drawing: <c>+</c>, <c>σ</c>, <c>softmax</c>.</summary>
    public virtual string Glyph => Name.ToLowerInvariant();

    /// <summary>The application as text: <c>q * z</c>, <c>softmax(h)</c>.</summary>
    /// <param name="inputs">What the inputs are called.</param>
    public virtual string ForwardText(params ReadOnlySpan<string> inputs) => $"{Glyph}({string.Join(", ", inputs.ToArray())})";

    /// <summary>The downstream gradient of one input as text, <c>upstream * z</c>; null where it has no short one.</summary>
    /// <param name="input">Which input.</param>
    /// <param name="inputs">What the inputs are called.</param>
    /// <param name="output">What the output is called.</param>
    /// <param name="upstream">What the upstream gradient is called; with <c>1</c> the text is the local gradient of an elementwise operation.</param>
    public virtual string? BackwardText(int input, ReadOnlySpan<string> inputs, string output, string upstream) => null;

    /// <summary>The same value made of smaller operations, each a gate of its own; null where this is a gate already.</summary>
    /// <param name="inputs">What the operation is applied to.</param>
    public virtual Tensor? Open(ImmutableArray<Tensor> inputs) => null;

    /// <summary>Shape and element type of the result.</summary>
    /// <exception cref="ShapeException">The inputs do not fit; the message names both shapes and the way out.</exception>
    public abstract TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs);

    /// <summary>Computes the result into the output, whose spec is what <see cref="Infer"/> gave. Its content is arbitrary before.</summary>
    public abstract void Forward(Buffers buffers);

    /// <summary>For each input the downstream gradient, local × upstream, or null where there is none or <see cref="Application.Wants"/> says no.</summary>
    /// <param name="application">The inputs and the output.</param>
    /// <param name="upstream">The gradient of the result, with the result's spec.</param>
    /// <returns>One entry an input, each with its input's spec.</returns>
    /// <remarks>Written with tensor operations, so that a gradient is itself a graph and can be differentiated again.</remarks>
    public abstract ImmutableArray<Tensor?> Backward(Application application, Tensor upstream);

    /// <summary>About how many additions and multiplications the result takes, for estimates; other functions of a number count as one.</summary>
    /// <param name="inputs">Shapes and types of the inputs.</param>
    /// <param name="output">What <see cref="Infer"/> gave.</param>
    public virtual double Arithmetic(ReadOnlySpan<TensorSpec> inputs, TensorSpec output)
    {
        // A reduction takes each element of its inputs once, an elementwise operation each of its output; what only moves elements takes none.
        if (IsElementwise) return output.Shape.Count;
        if (KeepsElements) return 0;
        double largest = 0;
        foreach (TensorSpec input in inputs) largest = Math.Max(largest, input.Shape.Count);
        return largest > output.Shape.Count ? largest : 0;
    }

    /// <summary>Infers, runs and records the operation on these inputs.</summary>
    /// <returns>The result.</returns>
    public Tensor Apply(params ReadOnlySpan<Tensor> inputs) => Graphs.Engine.Apply(this, inputs);

    /// <summary>The name and the parameters in the order they were declared.</summary>
    public sealed override string ToString()
    {
        System.Text.StringBuilder parameters = new();
        return PrintMembers(parameters) ? $"{Name} {{ {parameters} }}" : Name;
    }

    /// <summary>Prints the parameters that derived records declare, and not this record's own properties.</summary>
    protected virtual bool PrintMembers(System.Text.StringBuilder builder) => false;

    /// <summary>Throws unless the operation got as many inputs as it takes.</summary>
    protected void RequireInputs(ReadOnlySpan<TensorSpec> inputs, int count)
    {
        if (inputs.Length != count) throw new ArgumentException($"{Name} takes {count} inputs, got {inputs.Length}");
    }

    /// <summary>Throws unless the element type is Float32 or Float64.</summary>
    protected void RequireFloating(TensorSpec input)
    {
        if (!input.DType.IsFloating) throw new ArgumentException($"{Name} needs Float32 or Float64, got {input}; Cast it first");
    }

    /// <summary>Throws unless both have one element type.</summary>
    protected void RequireSameType(TensorSpec left, TensorSpec right)
    {
        if (left.DType != right.DType) throw new ArgumentException($"{Name} needs one element type, got {left} and {right}; Cast one of them");
    }
}
