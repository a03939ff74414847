namespace Nabla.Tests.Expressions;

public class ExpressionTests
{
    [Theory]
    [InlineData("1 + 2 * x", 7)]
    [InlineData("(1 + 2) * x", 9)]
    [InlineData("-x^2", -9)]
    [InlineData("(-x)^2", 9)]
    [InlineData("-x²", -9)]
    [InlineData("2^x^2", 512)]
    [InlineData("x^-1", 1 / 3.0)]
    [InlineData("x^-y^2", 1 / 81.0)]
    [InlineData("- - x", 3)]
    [InlineData("+x - -x", 6)]
    [InlineData("x - y - 1", 0)]
    [InlineData("12 / x / y", 2)]
    [InlineData("2 * x / y * 4", 12)]
    [InlineData("x*-y", -6)]
    [InlineData("1 - x", -2)]
    [InlineData("6 / x", 2)]
    [InlineData("x × y · 2 ÷ 4 − 1", 2)]
    [InlineData("√(x * 12)", 6)]
    [InlineData("√x²", 3)]
    [InlineData("x³", 27)]
    [InlineData("2π - 2pi", double.NaN)]
    [InlineData("sin(π / 2) * x", 3)]
    [InlineData("log(e) * x", 3)]
    [InlineData("1e-3 * x", 0.003)]
    [InlineData(".5 * x", 1.5)]
    [InlineData("max(x, y, 7)", 7)]
    [InlineData("min(x, y)", 2)]
    [InlineData("max([1, 9, 4] * x)", 27)]
    [InlineData("abs(y - x)", 1)]
    [InlineData("sum([1, 2, 3] * x)", 18)]
    [InlineData("mean([1, 2, 3] * x)", 6)]
    [InlineData("norm([3, 4] * x)", 15)]
    [InlineData("tan(x - 3)", 0)]
    [InlineData("sum(softmax([1, 2, 3] * x))", 1)]
    [InlineData("square(x) + leakyrelu(-x) + tanh(0) + erf(0)", 8.97)]
    [InlineData("sum([[1, 2], [3, 4]] @ ([1, 1] * x))", 30)]
    [InlineData("sum(transpose([[1, 2], [3, 4]] * x) @ [1, 0])", 9)]
    [InlineData("SIGMOID(x - 3)", 0.5)]
    [InlineData("σ(x - 3)", 0.5)]
    public void MeansWhatMathematicsMeans(string formula, double expected)
    {
        string program = $"x = 3; y = 2; f = {formula}";
        if (double.IsNaN(expected)) Assert.Throws<ExpressionException>(() => Expression.Parse(program));
        else Assert.Equal(expected, Expression.Parse(program).Evaluate().Output.Item(), 1e-12);
    }

    [Fact]
    public void LinesSemicolonsCommentsAndBrackets()
    {
        Expression program = Expression.Parse("# apples\r\n사과 = 100; 개수 = 2 # two of them\n\nf = (사과\n  * 개수)   # over two lines\n\n");
        Assert.Equal(200, program.Evaluate().Output.Item());
        Assert.Equal(["사과", "개수"], program.Inputs);
        Assert.Equal("f = (사과 * 개수)", program.Title);
    }

    [Fact]
    public void ValuesMayStandAfterTheFormulaAndComeFromOutside()
    {
        Expression program = Expression.Parse("f = (x + y) * z; x = -2");
        Assert.Equal(["x", "y", "z"], program.Inputs);
        Assert.Equal(["y", "z"], program.OpenInputs);
        ExpressionResult result = program.Evaluate(Expression.ParseValues("y=5, z = -4"));
        Assert.Equal(-12, result.Output.Item());
        Assert.Equal(-20, program.Evaluate(Expression.ParseValues("x=0; y=5\nz=-4")).Output.Item());
        Assert.Equal("f", result.Output.Name);
        Assert.Equal(["x", "y", "z"], result.Inputs.Keys);
        Assert.Equal([2, 2], Expression.ParseValues("W = [[1, 2], [3, 1/3]], v=[1,2]")["W"].Shape);
    }

    [Fact]
    public void AProgramsOwnNameGoesBeforeAConstant() =>
        Assert.Equal(3, Expression.Parse("e = 1.5; f = e * 2").Evaluate().Output.Item());

    [Fact]
    public void NumbersBecomeGatesOfTheirOwn()
    {
        GraphView view = Expression.Parse("x = 2; f = (1 + x * 3)^2").Evaluate().View();
        Assert.Equal(["x", "×3", "+1", "x²"], view.Nodes.Select(node => node.Glyph));
    }

    [Fact]
    public void WhatTheResultDoesNotNeedIsNotComputed()
    {
        ExpressionResult result = Expression.Parse("x = 1; unused = x + nothing; f = x * 2").Evaluate();
        Assert.Equal(2, result.Output.Item());
    }

    public static TheoryData<string, string, string> Mistakes => new()
    {
        {
            "f = (x + ) * z",
            "line 1, column 10: expected a number, a name, a function or '(' here, got ')'\n  f = (x + ) * z\n           ^",
            "1행 10열: 여기에는 수, 이름, 함수 또는 '('가 필요한데 ')'이(가) 있다\n  f = (x + ) * z\n           ^"
        },
        {
            "x = 1\nf = 2x",
            "line 2, column 6: expected an operator or the end of the line here, got 'x'; write 2 * x to multiply\n  f = 2x\n       ^",
            "2행 6열: 여기에는 연산자나 줄의 끝이 필요한데 'x'이(가) 있다; 곱하려면 2 * x처럼 쓴다\n  f = 2x\n       ^"
        },
        {
            "f = sigmod(x)",
            "line 1, column 5: there is no function 'sigmod'; did you mean sigmoid?\n  f = sigmod(x)\n      ^^^^^^",
            "1행 5열: 'sigmod'라는 함수는 없다. 혹시 sigmoid?\n  f = sigmod(x)\n      ^^^^^^"
        },
        {
            "사과 = 3; f = 사고 + 1",
            "line 1, column 13: 사고 has no value; add a line '사고 = 1' or give it from outside; did you mean 사과?"
                + "\n  사과 = 3; f = 사고 + 1\n                ^^^^",
            "1행 13열: 사고의 값이 없다. '사고 = 1' 같은 줄을 쓰거나 밖에서 값을 준다. 혹시 사과?\n  사과 = 3; f = 사고 + 1\n                ^^^^"
        },
        {
            "x = 1; f = (x",
            "line 1, column 14: expected ')' or an operator here, got the end of the text\n  x = 1; f = (x\n               ^",
            "1행 14열: 여기에는 ')'나 연산자가 필요한데 글의 끝이 있다\n  x = 1; f = (x\n               ^"
        },
        {
            "f = [[1, 2], [3]] @ x",
            "line 1, column 14: every row needs the same length: this one has 1, the first has 2\n  f = [[1, 2], [3]] @ x\n               ^",
            "1행 14열: 모든 행의 길이가 같아야 한다: 이 행은 1, 첫 행은 2\n  f = [[1, 2], [3]] @ x\n               ^"
        },
        {
            "f = x ** 2",
            "line 1, column 7: a power is written ^, not **\n  f = x ** 2\n        ^^",
            "1행 7열: 거듭제곱은 **가 아니라 ^로 쓴다\n  f = x ** 2\n        ^^"
        },
        {
            "f = x > 2",
            "line 1, column 7: an expression gives a number; '>' compares. Use max, min or relu to choose\n  f = x > 2\n        ^",
            "1행 7열: 식은 수를 낸다. '>'은(는) 비교이다. 고르려면 max, min, relu를 쓴다\n  f = x > 2\n        ^"
        },
        {
            "f = q + 1; q = x * 2",
            "line 1, column 5: q is used before it is defined in line 1\n  f = q + 1; q = x * 2\n      ^",
            "1행 5열: q은(는) 1행에서 정의되기 전에 쓰였다\n  f = q + 1; q = x * 2\n      ^"
        },
        {
            "f = f + 1",
            "line 1, column 5: f is defined by itself\n  f = f + 1\n      ^",
            "1행 5열: f이(가) 자기 자신으로 정의되었다\n  f = f + 1\n      ^"
        },
        {
            "x = 1\nx = 2",
            "line 2, column 1: x is defined already in line 1\n  x = 2\n  ^",
            "2행 1열: x은(는) 1행에서 이미 정의되었다\n  x = 2\n  ^"
        },
        {
            "x = 1; f = exp(x, 2)",
            "line 1, column 12: exp takes 1 argument(s), got 2\n  x = 1; f = exp(x, 2)\n             ^^^",
            "1행 12열: exp의 인수는 1개인데 2개를 받았다\n  x = 1; f = exp(x, 2)\n             ^^^"
        },
        {
            "f = exp + 1",
            "line 1, column 5: exp is a function; write exp(…)\n  f = exp + 1\n      ^^^",
            "1행 5열: exp은(는) 함수이다. exp(…)처럼 쓴다\n  f = exp + 1\n      ^^^"
        },
        {
            "q = 2; f = q(3)",
            "line 1, column 12: q is a value and not a function; write q * ( to multiply\n  q = 2; f = q(3)\n             ^",
            "1행 12열: q은(는) 함수가 아니라 값이다. 곱하려면 q * (처럼 쓴다\n  q = 2; f = q(3)\n             ^"
        },
        {
            "x = 1",
            "line 1, column 6: there is nothing to compute; write an expression such as f = (x + y) * z\n  x = 1\n       ^",
            "1행 6열: 계산할 것이 없다. f = (x + y) * z 같은 식을 쓴다\n  x = 1\n       ^"
        },
        {
            "x = 1e999; f = x",
            "line 1, column 5: '1e999' is not a number this program can hold\n  x = 1e999; f = x\n      ^^^^^",
            "1행 5열: '1e999'은(는) 다룰 수 있는 수가 아니다\n  x = 1e999; f = x\n      ^^^^^"
        },
        {
            "x + 1 = 2",
            "line 1, column 7: only a name can stand before '='\n  x + 1 = 2\n        ^",
            "1행 7열: '=' 앞에는 이름만 올 수 있다\n  x + 1 = 2\n        ^"
        },
        {
            "f = [1, x]",
            "line 1, column 9: only numbers can stand between '[' and ']'\n  f = [1, x]\n          ^",
            "1행 9열: '['와 ']' 사이에는 수만 올 수 있다\n  f = [1, x]\n          ^"
        },
        {
            "f = x $ 2",
            "line 1, column 7: '$' has no meaning here\n  f = x $ 2\n        ^",
            "1행 7열: '$'은(는) 여기서 뜻이 없다\n  f = x $ 2\n        ^"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AMistakeIsShownWhereItIsInBothLanguages(string program, string english, string korean)
    {
        Assert.Equal(english, Assert.Throws<ExpressionException>(() => Expression.Parse(program).Evaluate()).Message);
        Assert.Equal(korean, Assert.Throws<ExpressionException>(() => Expression.Parse(program, Language.Korean).Evaluate()).Message);
    }

    [Fact]
    public void ShapesThatDoNotFitAreToldAtTheirOperator()
    {
        ExpressionError error = Assert.Throws<ExpressionException>(
            () => Expression.Parse("x = [1, 2]\ny = [1, 2, 3]\nf = sum(x + y)").Evaluate()).Error;
        Assert.Equal((3, 11), (error.Line, error.Column));
        Assert.StartsWith("+ does not fit the shapes [2], [3]: cannot broadcast [2] with [3]", error.Message);
    }

    [Theory]
    [InlineData("f = 2 @ 1", 7)]
    [InlineData("a = 2@1\nf = a * 3", 6)]
    [InlineData("x = 3\nf = 2 @ x", 7)]
    public void NumbersHaveNoMatrixProduct(string program, int column)
    {
        ExpressionError error = Assert.Throws<ExpressionException>(() => Expression.Parse(program).Evaluate()).Error;
        Assert.Equal(column, error.Column);
        Assert.StartsWith("@ does not fit the shapes [], []: MatMul needs vectors or matrices", error.Message);
    }

    [Fact]
    public void UnknownValuesFromOutsideAreRefused()
    {
        Expression program = Expression.Parse("x = 1; q = x + 1; f = q * x");
        Assert.Contains("has no input 'y'", Assert.Throws<ExpressionException>(() => program.Evaluate(Expression.ParseValues("y=1"))).Message);
        Assert.Contains("q is computed", Assert.Throws<ExpressionException>(() => program.Evaluate(Expression.ParseValues("q=1"))).Message);
        Assert.Throws<ExpressionException>(() => Expression.ParseValues("x=1,x=2"));
        Assert.Throws<ExpressionException>(() => Expression.ParseValues("x=y+1"));
        Assert.Throws<ExpressionException>(() => Expression.ParseValues("1"));
    }
}
