using Nabla.Views;

namespace Nabla.Expressions;

/// <summary>What the expression language says when something is wrong, each text in both languages beside the other.</summary>
internal static class ExpressionWords
{
    public static readonly Saying Place = new("line {0}, column {1}", "{0}행 {1}열");

    public static readonly Saying Expected = new("expected {0} here, got {1}", "여기에는 {0} 필요한데 {1} 있다");
    public static readonly Saying Operand = new("a number, a name, a function or '('", "수, 이름, 함수 또는 '('가");
    public static readonly Saying Separator = new("an operator or the end of the line", "연산자나 줄의 끝이");
    public static readonly Saying ClosingParenthesis = new("')' or an operator", "')'나 연산자가");
    public static readonly Saying NextArgument = new("',' or ')'", "','나 ')'가");
    public static readonly Saying NextElement = new("',' or ']'", "','나 ']'가");
    public static readonly Saying TheEnd = new("the end of the text", "글의 끝이");
    public static readonly Saying TheLineEnd = new("the end of the line", "줄의 끝이");
    public static readonly Saying Token = new("'{0}'", "'{0}'이(가)");

    public static readonly Saying ImplicitProduct = new("write {0} * {1} to multiply", "곱하려면 {0} * {1}처럼 쓴다");
    public static readonly Saying PowerSign = new("a power is written ^, not **", "거듭제곱은 **가 아니라 ^로 쓴다");
    public static readonly Saying Comparison = new(
        "an expression gives a number; '{0}' compares. Use max, min or relu to choose", "식은 수를 낸다. '{0}'은(는) 비교이다. 고르려면 max, min, relu를 쓴다");
    public static readonly Saying UnknownLetter = new("'{0}' has no meaning here", "'{0}'은(는) 여기서 뜻이 없다");
    public static readonly Saying BadNumber = new("'{0}' is not a number this program can hold", "'{0}'은(는) 다룰 수 있는 수가 아니다");
    public static readonly Saying AssignTarget = new("only a name can stand before '='", "'=' 앞에는 이름만 올 수 있다");
    public static readonly Saying StrayAssign = new("'=' can stand only once in a line, after a name", "'='는 한 줄에 한 번, 이름 뒤에만 쓸 수 있다");

    public static readonly Saying UnknownFunction = new("there is no function '{0}'", "'{0}'라는 함수는 없다");
    public static readonly Saying NotAFunction = new(
        "{0} is a value and not a function; write {0} * ( to multiply",
        "{0}은(는) 함수가 아니라 값이다. 곱하려면 {0} * (처럼 쓴다");
    public static readonly Saying FunctionNeedsArguments = new("{0} is a function; write {0}(…)", "{0}은(는) 함수이다. {0}(…)처럼 쓴다");
    public static readonly Saying Arity = new("{0} takes {1}, got {2}", "{0}의 인수는 {1}인데 {2}개를 받았다");
    public static readonly Saying ArgumentsExactly = new("{0} argument(s)", "{0}개");
    public static readonly Saying ArgumentsRange = new("{0} to {1} arguments", "{0}~{1}개");
    public static readonly Saying DidYouMean = new("; did you mean {0}?", ". 혹시 {0}?");

    public static readonly Saying NoValue = new(
        "{0} has no value; add a line '{0} = 1' or give it from outside",
        "{0}의 값이 없다. '{0} = 1' 같은 줄을 쓰거나 밖에서 값을 준다");
    public static readonly Saying UsedBefore = new("{0} is used before it is defined in line {1}", "{0}은(는) {1}행에서 정의되기 전에 쓰였다");
    public static readonly Saying UsesItself = new("{0} is defined by itself", "{0}이(가) 자기 자신으로 정의되었다");
    public static readonly Saying DefinedTwice = new("{0} is defined already in line {1}", "{0}은(는) {1}행에서 이미 정의되었다");
    public static readonly Saying NothingToCompute = new(
        "there is nothing to compute; write an expression such as f = (x + y) * z",
        "계산할 것이 없다. f = (x + y) * z 같은 식을 쓴다");
    public static readonly Saying UnknownInput = new("the expression has no input '{0}'", "이 식에는 입력 '{0}'이(가) 없다");
    public static readonly Saying NotAnInput = new("{0} is computed and cannot be given a value from outside", "{0}은(는) 계산되는 값이라 밖에서 줄 수 없다");
    public static readonly Saying NotAValue = new("{0} needs a number, a vector or a matrix", "{0}에는 수, 벡터 또는 행렬이 필요하다");

    public static readonly Saying NumbersOnly = new("only numbers can stand between '[' and ']'", "'['와 ']' 사이에는 수만 올 수 있다");
    public static readonly Saying EmptyList = new("a vector needs at least one number", "벡터에는 수가 적어도 하나 필요하다");
    public static readonly Saying Ragged = new(
        "every row needs the same length: this one has {0}, the first has {1}",
        "모든 행의 길이가 같아야 한다: 이 행은 {0}, 첫 행은 {1}");
    public static readonly Saying MixedRow = new("numbers and rows cannot stand in one list", "한 목록에 수와 행을 섞을 수 없다");
    public static readonly Saying Shapes = new("{0} does not fit the shapes {1}: {2}", "{0}은(는) 모양 {1}에 맞지 않는다: {2}");

    public static readonly Saying TooLong = new("a text of {0} letters is too long; {1} are allowed", "글자가 {0}개로 너무 길다. {1}개까지 쓸 수 있다");
    public static readonly Saying TooDeep = new(
        "this is nested deeper than {0} levels; name a part of it in a line of its own",
        "{0}단계보다 깊이 겹쳤다. 일부를 따로 한 줄로 이름 붙인다");
    public static readonly Saying TooManySteps = new("this has more than {0} operations; make it smaller", "연산이 {0}개를 넘는다. 식을 줄인다");
    public static readonly Saying TooManyElements = new("this has more than {0} elements; make it smaller", "원소가 {0}개를 넘는다. 크기를 줄인다");
}
