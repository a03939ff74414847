using Nabla.Views;

namespace Nabla.Expressions;

/// <summary>Reads tokens into steps, by recursive descent; numbers are folded as they are read.</summary>
/// <remarks>
/// <code>
/// statement  := [name '='] sum
/// sum        := product (('+' | '-') product)*
/// product    := signed (('*' | '/' | '@') signed)*
/// signed     := ('-' | '+') signed | power
/// power      := postfix ['^' exponent]          exponent := ('-' | '+') exponent | power
/// postfix    := primary ('²' | '³')*
/// primary    := number | name | name '(' sum (',' sum)* ')' | '(' sum ')' | '[' list ']' | '√' postfix
/// </code>
/// </remarks>
internal sealed class Parser
{
    private static readonly Dictionary<string, double> Constants = new() { ["pi"] = Math.PI, ["π"] = Math.PI, ["e"] = Math.E };

    private readonly Source source;
    private readonly List<Token> tokens;
    private readonly HashSet<string> assigned = [];
    private readonly List<Step> steps = [];
    private int at;
    private int depth;
    private int operations;

    private Parser(Source source, bool commasSeparate)
    {
        this.source = source;
        tokens = Lexer.Read(source);
        if (commasSeparate) SeparateByCommas();
        // A name that the program defines is its own, even if it is e.
        for (int i = 0; i + 1 < tokens.Count; i++)
            if (tokens[i].Kind == TokenKind.Name && tokens[i + 1].Is("=")) assigned.Add(tokens[i].Text);
    }

    private Token Next => tokens[at];

    /// <summary>Reads a program.</summary>
    /// <param name="source">The text.</param>
    /// <param name="commasSeparate">Whether a comma outside of brackets ends a statement: x = -2, y = 5.</param>
    public static (List<Step> Steps, List<Statement> Statements) Read(Source source, bool commasSeparate = false)
    {
        if (source.Text.Length > Limits.Letters)
            throw source.Error(0, 1, ExpressionWords.TooLong, source.Text.Length, Limits.Letters);
        Parser parser = new(source, commasSeparate);
        return (parser.steps, parser.Statements());
    }

    private void SeparateByCommas()
    {
        int brackets = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Is("(") || tokens[i].Is("[")) brackets++;
            if (tokens[i].Is(")") || tokens[i].Is("]")) brackets--;
            if (brackets <= 0 && tokens[i].Is(",")) tokens[i] = tokens[i] with { Kind = TokenKind.Separator };
        }
    }

    private List<Statement> Statements()
    {
        List<Statement> statements = [];
        while (true)
        {
            while (Next.Kind == TokenKind.Separator) at++;
            if (Next.Kind == TokenKind.End) return statements;
            Token start = Next;
            string? name = null;
            if (start.Kind == TokenKind.Name && tokens[at + 1].Is("="))
            {
                name = start.Text;
                at += 2;
            }
            int value = Sum();
            if (Next.Is("=")) throw source.Error(Next, name is null ? ExpressionWords.AssignTarget : ExpressionWords.StrayAssign);
            if (Next.Kind is not (TokenKind.Separator or TokenKind.End)) throw Unexpected(ExpressionWords.Separator);
            Token last = tokens[at - 1];
            statements.Add(new(name, value, start.Start, last.Start + last.Length - start.Start));
        }
    }

    private int Sum()
    {
        Enter();
        int left = Product();
        while (Next.Is("+") || Next.Is("-")) left = InfixStep(left, tokens[at++], Product());
        depth--;
        return left;
    }

    private int Product()
    {
        int left = Signed();
        while (Next.Is("*") || Next.Is("/") || Next.Is("@")) left = InfixStep(left, tokens[at++], Signed());
        return left;
    }

    private int Signed()
    {
        if (!Next.Is("-") && !Next.Is("+")) return Power();
        Enter();
        Token sign = tokens[at++];
        int value = Signed();
        depth--;
        return sign.Text == "+" ? value : Negate(sign, value);
    }

    private int Power()
    {
        int value = Postfix();
        if (!Next.Is("^")) return value;
        Enter();
        Token sign = tokens[at++];
        int exponent = Exponent();
        depth--;
        return InfixStep(value, sign, exponent);
    }

    private int Exponent()
    {
        if (!Next.Is("-") && !Next.Is("+")) return Power();
        Enter();
        Token sign = tokens[at++];
        int value = Exponent();
        depth--;
        return sign.Text == "+" ? value : Negate(sign, value);
    }

    private int Postfix()
    {
        int value = Primary();
        while (Next.Is("²") || Next.Is("³"))
        {
            Token sign = tokens[at++];
            int exponent = Add(new(StepKind.Number, sign.Start, sign.Length) { Number = sign.Text == "²" ? 2 : 3 });
            value = InfixStep(value, sign with { Text = "^" }, exponent);
        }
        return value;
    }

    private int Primary()
    {
        Token token = Next;
        switch (token.Kind)
        {
            case TokenKind.Number:
                at++;
                return Add(new(StepKind.Number, token.Start, token.Length) { Number = token.Number });
            case TokenKind.Name:
                at++;
                return Next.Is("(") ? Call(token) : Name(token);
            case TokenKind.Sign when token.Text == "(":
                at++;
                int inside = Sum();
                if (!Next.Is(")")) throw Unexpected(ExpressionWords.ClosingParenthesis);
                at++;
                return inside;
            case TokenKind.Sign when token.Text == "[":
                return Array();
            case TokenKind.Sign when token.Text == "√":
                at++;
                Enter();
                int radicand = Postfix();
                depth--;
                return Apply(Function.Find("sqrt")!, token, [radicand]);
            default:
                throw Unexpected(ExpressionWords.Operand);
        }
    }

    private int Name(Token name)
    {
        if (!assigned.Contains(name.Text))
        {
            if (Constants.TryGetValue(name.Text, out double constant))
                return Add(new(StepKind.Number, name.Start, name.Length) { Number = constant });
            if (Function.Find(name.Text) is { } function && function.Name == name.Text)
                throw source.Error(name, ExpressionWords.FunctionNeedsArguments, name.Text);
        }
        return Add(new(StepKind.Variable, name.Start, name.Length) { Name = name.Text });
    }

    private int Call(Token name)
    {
        if (Function.Find(name.Text) is not { } function)
        {
            if (assigned.Contains(name.Text)) throw source.Error(name, ExpressionWords.NotAFunction, name.Text);
            throw source.Error(
                name.Start, name.Length,
                ExpressionWords.UnknownFunction.In(source.Language, name.Text)
                    + Guess.Of(name.Text, Function.Table.Select(row => row.Name), source.Language));
        }
        at++;
        List<int> arguments = [];
        if (!Next.Is(")"))
        {
            arguments.Add(Sum());
            while (Next.Is(","))
            {
                at++;
                arguments.Add(Sum());
            }
        }
        if (!Next.Is(")")) throw Unexpected(ExpressionWords.NextArgument);
        at++;
        if (arguments.Count < function.Least || arguments.Count > function.Most)
        {
            string takes = function.Least == function.Most
                ? ExpressionWords.ArgumentsExactly.In(source.Language, function.Least)
                : ExpressionWords.ArgumentsRange.In(source.Language, function.Least, function.Most);
            throw source.Error(name, ExpressionWords.Arity, function.Name, takes, arguments.Count);
        }
        return Apply(function, name, [.. arguments]);
    }

    private int Apply(Function function, Token name, int[] arguments)
    {
        Step step = new(StepKind.Function, name.Start, name.Length) { Function = function, Name = name.Text, Operands = arguments };
        if (arguments.All(argument => steps[argument].Kind == StepKind.Number))
        {
            Tensor[] numbers = [.. arguments.Select(argument => (Tensor)steps[argument].Number)];
            Tensor value = Program.Guarded(source, step, numbers, () => function.Build(numbers));
            if (value.Count == 1) return Add(new(StepKind.Number, name.Start, name.Length) { Number = value.Item() });
        }
        return Add(step);
    }

    private int Negate(Token sign, int value) => steps[value].Kind == StepKind.Number
        ? Add(new(StepKind.Number, sign.Start, sign.Length) { Number = -steps[value].Number })
        : steps[value].Kind == StepKind.Array
            ? Add(steps[value] with { Array = ([.. steps[value].Array.Elements.Select(element => -element)], steps[value].Array.Extents) })
            : Add(new(StepKind.Negate, sign.Start, sign.Length) { Operands = [value], Name = "-" });

    private int InfixStep(int left, Token sign, int right)
    {
        Infix row = Infix.Table[sign.Text];
        if (row.Fold is { } fold && steps[left].Kind == StepKind.Number && steps[right].Kind == StepKind.Number)
            return Add(new(StepKind.Number, sign.Start, sign.Length) { Number = fold(steps[left].Number, steps[right].Number) });
        return Add(new(StepKind.Infix, sign.Start, sign.Length) { Infix = row, Operands = [left, right], Name = row.Sign });
    }

    /// <summary>A vector, a matrix, or deeper: lists of lists of one length, of numbers.</summary>
    private int Array()
    {
        Token start = Next;
        List<double> elements = [];
        int[] extents = List(elements);
        Token end = tokens[at - 1];
        return Add(new(StepKind.Array, start.Start, end.Start + end.Length - start.Start) { Array = ([.. elements], extents) });
    }

    private int[] List(List<double> elements)
    {
        Enter();
        Token open = tokens[at++];
        if (Next.Is("]")) throw source.Error(Next, ExpressionWords.EmptyList);
        int[]? inner = null;
        int count = 0;
        while (true)
        {
            Token start = Next;
            int[] extents;
            if (start.Is("["))
            {
                extents = List(elements);
            }
            else
            {
                int value = Sum();
                Token last = tokens[at - 1];
                if (steps[value].Kind != StepKind.Number)
                    throw source.Error(start.Start, last.Start + last.Length - start.Start, ExpressionWords.NumbersOnly);
                elements.Add(steps[value].Number);
                extents = [];
            }
            if (elements.Count > Limits.ElementsOfOne) throw source.Error(start, ExpressionWords.TooManyElements, Limits.ElementsOfOne);
            inner ??= extents;
            if (inner.Length != extents.Length) throw source.Error(start, ExpressionWords.MixedRow);
            if (!inner.AsSpan().SequenceEqual(extents))
                throw source.Error(start, ExpressionWords.Ragged, string.Join('×', extents), string.Join('×', inner));
            count++;
            if (Next.Is("]")) break;
            if (!Next.Is(",")) throw Unexpected(ExpressionWords.NextElement);
            at++;
        }
        at++;
        depth--;
        if (inner.Length + 1 > Shape.MaxRank) throw source.Error(open, ExpressionWords.TooDeep, Shape.MaxRank);
        return [count, .. inner];
    }

    private int Add(Step step)
    {
        steps.Add(step);
        if (step.Kind is StepKind.Negate or StepKind.Infix or StepKind.Function && ++operations > Limits.Steps)
            throw source.Error(step.Start, step.Length, ExpressionWords.TooManySteps, Limits.Steps);
        return steps.Count - 1;
    }

    private void Enter()
    {
        if (++depth > Limits.Depth) throw source.Error(Next, ExpressionWords.TooDeep, Limits.Depth);
    }

    private ExpressionException Unexpected(Saying expected)
    {
        Language language = source.Language;
        Token token = Next;
        string got = token.Kind switch
        {
            TokenKind.End => ExpressionWords.TheEnd.In(language),
            TokenKind.Separator when token.Text == "\n" => ExpressionWords.TheLineEnd.In(language),
            _ => ExpressionWords.Token.In(language, token.Text.Length > 30 ? token.Text[..30] + "…" : token.Text),
        };
        string message = ExpressionWords.Expected.In(language, expected.In(language), got);
        Token before = at > 0 ? tokens[at - 1] : token;
        bool startsOperand = token.Kind is TokenKind.Name or TokenKind.Number || token.Is("(") || token.Is("[") || token.Is("√");
        bool endsOperand = before.Kind is TokenKind.Name or TokenKind.Number || before.Is(")") || before.Is("]");
        if (startsOperand && endsOperand) message += "; " + ExpressionWords.ImplicitProduct.In(language, Part(before), Part(token));
        return source.Error(token.Start, token.Length, message);

        static string Part(Token token) => token.Kind == TokenKind.Sign ? "…" : token.Text;
    }
}
