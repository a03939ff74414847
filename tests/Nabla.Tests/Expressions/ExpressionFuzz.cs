using FsCheck;
using FsCheck.Fluent;

namespace Nabla.Tests.Expressions;

/// <summary>Whatever is typed, the answer is a value or an <see cref="ExpressionException"/> with a place, and it comes soon.</summary>
public class ExpressionFuzz
{
    private static readonly string[] Valid =
    [
        "f = (x + y) * z; x=-2; y=5; z=-4",
        "W = [[0.1, 0.5], [-0.3, 0.8]]; x = [0.2, 0.4]; q = W @ x; f = sum(q^2)",
        "w0=2;x0=-1;w1=-3;x1=-2;w2=-3; f = sigmoid(w0*x0+w1*x1+w2)",
        "a=2;b=1; x=[-2,0,1]; y=[-1,1,2]; L = mean((y-(a*x+b))²)",
        "사과 = 100; f = max(사과 × 2, √사과) − norm([3,4]) # 값",
        "x = 1\nf = softmax([1,2,3]*x) @ [1,0,0]",
    ];

    private static readonly string[] Tokens =
    [
        "x", "y", "f", "사과", "e", "pi", "π", "1", "0", "2.5", "1e-3", "1e308", "+", "-", "*", "/", "^", "@", "=", "(", ")", "[", "]", ",", ";",
        "\n", "²", "√",
        "max", "exp(", "log(", "sum(", "norm(", "softmax(", "transpose(", "mean(", "relu(", "tan(", "[1,2]", "[[1,2],[3,4]]", " ", "#", "$",
        "\0", "\uD800",
    ];

    [Fact]
    public void AnyText() => Survives(ArbMap.Default.ArbFor<string>().Generator.Select(text => text ?? ""), 400);

    [Fact]
    public void AnyRowOfTokens() => Survives(Gen.Elements(Tokens).ListOf().Select(string.Concat), 1500);

    [Fact]
    public void ValidProgramsWithSomethingChanged()
    {
        Gen<string> mutants =
            from program in Gen.Elements(Valid)
            from at in Gen.Choose(0, program.Length)
            from removed in Gen.Choose(0, 3)
            from token in Gen.Elements(Tokens)
            from again in Gen.Choose(0, 2)
            select string.Concat(program[..at], again == 0 ? "" : token, again == 2 ? token : "", program[Math.Min(program.Length, at + removed)..]);
        Survives(mutants, 1500);
    }

    [Theory]
    [InlineData("(", 30000)]
    [InlineData("(", 9000)]
    [InlineData("-", 9000)]
    [InlineData("[", 9000)]
    [InlineData("√", 9000)]
    [InlineData("2^", 9000)]
    [InlineData("exp(", 4000)]
    [InlineData("x+", 9000)]
    [InlineData("x^", 9000)]
    [InlineData("f=", 9000)]
    [InlineData("9", 19990)]
    [InlineData("가", 19990)]
    [InlineData("\n", 19990)]
    public void MoreThanAnyoneWouldType(string part, int times)
    {
        string text = string.Concat(Enumerable.Repeat(part, times));
        foreach (string program in new[] { text, text + "x", "f = " + text + "1", text + "x" + new string(')', times) }) Try(program);
    }

    [Theory]
    [InlineData("f = sum(row * column)")]
    [InlineData("f = sum(column @ row)")]
    [InlineData("f = sum(softmax(column * row))")]
    public void ProductsThatWouldFillTheMemoryAreRefusedBeforeTheyAreComputed(string formula)
    {
        string row = $"[[{string.Join(",", Enumerable.Repeat("1", 1500))}]]", column = $"[{string.Join(",", Enumerable.Repeat("[1]", 1500))}]";
        ExpressionError error = Assert.Throws<ExpressionException>(
            () => Expression.Parse($"{formula}\nrow = {row}\ncolumn = {column}").Evaluate()).Error;
        Assert.Contains("10000 elements", error.Message);
        Assert.Equal(1, error.Line);
    }

    [Fact]
    public void ALongSumIsNoDeepOne()
    {
        // A thousand additions nest a thousand deep in a tree; here they are a list.
        string sum = $"x = 1; f = {string.Join("+", Enumerable.Repeat("x", 1500))}";
        Assert.Equal(1500, Expression.Parse(sum).Evaluate().Output.Item());
    }

    private static void Survives(Gen<string> programs, int times) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(times), Prop.ForAll(programs.ToArbitrary(), (Action<string>)Try));

    private static void Try(string text)
    {
        try
        {
            Expression program = Expression.Parse(text, text.Length % 2 == 0 ? Language.English : Language.Korean);
            Dictionary<string, Tensor> values = program.OpenInputs.ToDictionary(name => name, name => (Tensor)(name.Length + 0.5));
            ExpressionResult result = program.Evaluate(values);
            if (text.Length < 300) Assert.NotEqual("", Explanation.Of(result.View().At(GraphDetail.Gates)).ToString());
        }
        catch (ExpressionException wrong)
        {
            Assert.InRange(wrong.Error.Line, 1, 1 + text.Count(letter => letter == '\n'));
            Assert.InRange(wrong.Error.Column, 1, text.Length + 1);
            Assert.NotEqual("", wrong.Error.Message);
        }
    }
}
