using System.Diagnostics.CodeAnalysis;
using Nabla.Expressions;

namespace Nabla;

/// <summary>A formula as people write it, ready to be evaluated: <c>f = (x + y) * z</c>.</summary>
/// <remarks>
/// <para>Lines, or parts between semicolons, name values: <c>q = x + y</c>. The last that computes something is the result. A line whose right
/// side is written out, <c>x = -2</c> or <c>W = [[0.1, 0.5], [-0.3, 0.8]]</c>, is an input with that value. What follows # is a comment.</para>
/// <para>Operators: + - * / ^ and @ for the matrix product; × · ÷ − ² ³ √ too. ^ binds to the right and before a sign: -x^2 = -(x^2).
/// Constants: pi, e. Functions: max, min, exp, log, ln, sqrt, sin, cos, tan, tanh, sigmoid, relu, leakyrelu, elu, softplus, gelu, silu, abs, square,
/// erf, sum, mean, norm, softmax, transpose. Names may be of any script.</para>
/// <para>Everything is Float64. Length, depth, number of operations and of elements are bounded, so that no text takes the machine's time or
/// memory.</para>
/// </remarks>
public sealed class Expression
{
    private readonly Source source;
    private readonly Program program;

    private Expression(Source source, Program program)
    {
        this.source = source;
        this.program = program;
        Statement result = program.Result;
        Title = string.Join(' ', source.Text.Substring(result.Start, result.Length).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The text it was read from.</summary>
    public string Text => source.Text;

    /// <summary>The line of the result: <c>f = (x + y) * z</c>.</summary>
    public string Title { get; }

    /// <summary>The names of the inputs, in the order in which they occur.</summary>
    public IReadOnlyList<string> Inputs => [.. program.Inputs.Keys];

    /// <summary>The names of the inputs that the text gives no value.</summary>
    public IReadOnlyList<string> OpenInputs => [.. program.Inputs.Where(input => input.Value is null).Select(input => input.Key)];

    /// <summary>Reads a formula.</summary>
    /// <param name="text">At most 20,000 letters.</param>
    /// <param name="language">Of the messages, here and when it is evaluated.</param>
    /// <exception cref="ExpressionException">The text is no formula; the message shows the place and says what was expected.</exception>
    public static Expression Parse(string text, Language language = Language.English)
    {
        ArgumentNullException.ThrowIfNull(text);
        Source source = new(text, language);
        return new(source, Program.Read(source));
    }

    /// <summary>Reads a formula, or says what is wrong with it.</summary>
    /// <param name="text">At most 20,000 letters.</param>
    /// <param name="expression">The formula.</param>
    /// <param name="error">What is wrong and where.</param>
    /// <param name="language">Of the messages.</param>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out Expression? expression,
        [NotNullWhen(false)] out ExpressionError? error,
        Language language = Language.English)
    {
        (expression, error) = (null, null);
        try
        {
            expression = Parse(text, language);
            return true;
        }
        catch (ExpressionException wrong)
        {
            error = wrong.Error;
            return false;
        }
    }

    /// <summary>Reads values for inputs: <c>x=-2, y=5, v=[1, 2]</c>.</summary>
    /// <param name="text">Names and values, separated by commas, semicolons or line breaks.</param>
    /// <param name="language">Of the messages.</param>
    /// <exception cref="ExpressionException">Something else than a value that is written out is given, or one name twice.</exception>
    public static IReadOnlyDictionary<string, Tensor> ParseValues(string text, Language language = Language.English)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Program.ReadValues(new(text, language));
    }

    /// <summary>Computes the result, and the graph behind it.</summary>
    /// <param name="values">Values for inputs, which go before those in the text; copied as Float64.</param>
    /// <exception cref="ExpressionException">An input has no value, a name is no input, shapes do not fit, or it would be too large.</exception>
    public ExpressionResult Evaluate(IReadOnlyDictionary<string, Tensor>? values = null)
    {
        OrderedDictionary<string, Tensor> inputs = [];
        foreach ((string name, int? literal) in program.Inputs)
        {
            if (values?.TryGetValue(name, out Tensor? given) == true)
                inputs.Add(name, Tensor.From<double>(given.ToDoubles(), given.Shape).Named(name));
            else if (literal is { } step) inputs.Add(name, program.LiteralOf(step).Named(name));
        }
        foreach (string name in values?.Keys ?? [])
        {
            if (inputs.ContainsKey(name)) continue;
            if (program.Computed.Contains(name)) throw source.Error(0, 1, ExpressionWords.NotAnInput, name);
            throw source.Error(0, 1, ExpressionWords.UnknownInput.In(source.Language, name) + Guess.Of(name, program.Inputs.Keys, source.Language));
        }
        program.RequireValues(inputs);
        program.CheckSizes(inputs);
        return new(this, program.Compute(inputs), inputs);
    }

    /// <summary>The text it was read from.</summary>
    public override string ToString() => Text;
}
