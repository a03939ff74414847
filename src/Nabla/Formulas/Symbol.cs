using System.Globalization;

namespace Nabla;

/// <summary>A formula read with text, for labels: <c>1 / (1 + exp(-x))</c>.</summary>
public readonly struct Symbol : ILane<Symbol>
{
    // How tightly the outermost operator binds: a sum 1, a product 2, a sign 3, an atom or call 4.
    private const int Sum = 1, Product = 2, Sign = 3, Atom = 4;

    private readonly string text;
    private readonly int binding;

    /// <summary>A name or number as it stands.</summary>
    public Symbol(string text)
        : this(text, Atom)
    {
    }

    private Symbol(string text, int binding)
    {
        this.text = text;
        this.binding = binding;
    }

    private string At(int least) => binding >= least ? text : $"({text})";

    private static Symbol Of(double constant) => new(constant.ToString("R", CultureInfo.InvariantCulture), constant < 0 ? Sign : Atom);

    private static Symbol Call(string name, params ReadOnlySpan<Symbol> arguments)
    {
        string[] texts = new string[arguments.Length];
        for (int i = 0; i < texts.Length; i++) texts[i] = arguments[i].text;
        return new($"{name}({string.Join(", ", texts)})");
    }

    /// <inheritdoc/>
    public static Symbol operator +(Symbol left, Symbol right) => new($"{left.At(Sum)} + {right.At(Sum)}", Sum);

    /// <inheritdoc/>
    public static Symbol operator +(double left, Symbol right) => Of(left) + right;

    /// <inheritdoc/>
    public static Symbol operator +(Symbol left, double right) => left + Of(right);

    /// <inheritdoc/>
    public static Symbol operator -(Symbol left, Symbol right) => new($"{left.At(Sum)} - {right.At(Product)}", Sum);

    /// <inheritdoc/>
    public static Symbol operator -(double left, Symbol right) => Of(left) - right;

    /// <inheritdoc/>
    public static Symbol operator -(Symbol left, double right) => left - Of(right);

    /// <inheritdoc/>
    public static Symbol operator -(Symbol value) => new($"-{value.At(Sign)}", Sign);

    /// <inheritdoc/>
    public static Symbol operator *(Symbol left, Symbol right)
    {
        // A factor of one says nothing: the local gradient is the downstream one for an upstream of 1.
        if (left.text == "1") return right;
        if (right.text == "1") return left;
        return new($"{left.At(Product)} * {right.At(Product)}", Product);
    }

    /// <inheritdoc/>
    public static Symbol operator *(double left, Symbol right) => Of(left) * right;

    /// <inheritdoc/>
    public static Symbol operator *(Symbol left, double right) => left * Of(right);

    /// <inheritdoc/>
    public static Symbol operator /(Symbol left, Symbol right) => new($"{left.At(Product)} / {right.At(Sign)}", Product);

    /// <inheritdoc/>
    public static Symbol operator /(double left, Symbol right) => Of(left) / right;

    /// <inheritdoc/>
    public static Symbol operator /(Symbol left, double right) => left / Of(right);

    /// <inheritdoc/>
    public static Symbol Constant(double value, Symbol like) => Of(value);

    /// <inheritdoc/>
    public static Symbol Exp(Symbol x) => Call("exp", x);

    /// <inheritdoc/>
    public static Symbol Expm1(Symbol x) => Call("expm1", x);

    /// <inheritdoc/>
    public static Symbol Log(Symbol x) => Call("log", x);

    /// <inheritdoc/>
    public static Symbol Log1p(Symbol x) => Call("log1p", x);

    /// <inheritdoc/>
    public static Symbol Sqrt(Symbol x) => Call("sqrt", x);

    /// <inheritdoc/>
    public static Symbol Sin(Symbol x) => Call("sin", x);

    /// <inheritdoc/>
    public static Symbol Cos(Symbol x) => Call("cos", x);

    /// <inheritdoc/>
    public static Symbol Tanh(Symbol x) => Call("tanh", x);

    /// <inheritdoc/>
    public static Symbol Sigmoid(Symbol x) => Call("sigmoid", x);

    /// <inheritdoc/>
    public static Symbol Erf(Symbol x) => Call("erf", x);

    /// <inheritdoc/>
    public static Symbol Abs(Symbol x) => new($"|{x.text}|");

    /// <inheritdoc/>
    public static Symbol Floor(Symbol x) => Call("floor", x);

    /// <inheritdoc/>
    public static Symbol Ceiling(Symbol x) => Call("ceiling", x);

    /// <inheritdoc/>
    public static Symbol Round(Symbol x) => Call("round", x);

    /// <inheritdoc/>
    public static Symbol Power(Symbol x, Symbol y) => new($"{x.At(Atom)}^{y.At(Atom)}", Product);

    /// <inheritdoc/>
    public static Symbol Max(Symbol x, Symbol y) => Call("max", x, y);

    /// <inheritdoc/>
    public static Symbol Min(Symbol x, Symbol y) => Call("min", x, y);

    /// <inheritdoc/>
    public static Symbol Greater(Symbol x, Symbol y) => new($"[{x.text} > {y.text}]");

    /// <inheritdoc/>
    public static Symbol Equal(Symbol x, Symbol y) => new($"[{x.text} = {y.text}]");

    /// <inheritdoc/>
    public static Symbol Select(Symbol condition, Symbol positive, Symbol otherwise) =>
        new($"({positive.text} if {condition.text} > 0 else {otherwise.text})");

    /// <summary>The text.</summary>
    public override string ToString() => text;
}
