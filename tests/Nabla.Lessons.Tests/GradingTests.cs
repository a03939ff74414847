namespace Nabla.Lessons.Tests;

/// <summary>An answer is right, or the message names the factor that is wrong.</summary>
public class GradingTests
{
    private static readonly Lesson B1 = LessonCatalog.Find("B1");

    private static readonly Dictionary<string, string> AllRight = new()
    {
        ["value-q"] = "3",
        ["value-f"] = "−12",
        ["upstream-f"] = "1",
        ["local-f-q"] = "-4",
        ["local-f-z"] = "3",
        ["downstream-z"] = "3",
        ["upstream-q"] = "-4",
        ["local-q-x"] = "1",
        ["downstream-x"] = "-4.0",
        ["downstream-y"] = "－４",
    };

    [Fact]
    public void AllRightAnswersAreRight()
    {
        LessonVerdict verdict = B1.Grade("exercise-1", AllRight);
        Assert.All(verdict.Parts, part => Assert.True(part.Correct, $"{part.Id}: {part.Message}"));
        Assert.True(verdict.Correct);
        Assert.Contains("1 × (-4) = -4", verdict.Parts.Single(part => part.Id == "downstream-x").Message);
    }

    [Theory]
    [InlineData("local-f-q", "3", "the local gradient is the other input", "다른 쪽 입력")]
    [InlineData("local-f-q", "4", "sign", "부호")]
    [InlineData("downstream-z", "-4", "swaps", "서로 바꿉니다")]
    [InlineData("downstream-x", "1", "local gradient alone", "국소 기울기뿐")]
    [InlineData("downstream-x", "4", "sign", "부호")]
    [InlineData("downstream-x", "-3", "added the two factors", "더하셨네요")]
    [InlineData("downstream-x", "8", "upstream gradient is right", "상류 기울기는 맞는데")]
    [InlineData("local-q-x", "-4", "before anything comes back", "되돌아오는 것과 상관없이")]
    [InlineData("upstream-f", "-12", "value of f", "f의 값")]
    [InlineData("upstream-f", "0", "starts", "시작합니다")]
    [InlineData("value-f", "-1", "this node multiplies", "곱셈을 합니다")]
    [InlineData("value-q", "-10", "this node adds", "덧셈을 합니다")]
    [InlineData("value-q", "17", "q = x + y", "q = x + y")]
    [InlineData("downstream-y", "77", "∂q/∂y", "∂f/∂q")]
    [InlineData("downstream-y", "-4,0", "point", "쉼표")]
    [InlineData("downstream-y", "four", "'four'", "수로 읽을 수 없습니다")]
    [InlineData("downstream-y", "", "Not answered", "아직 답하지")]
    public void AWrongAnswerNamesTheWrongFactor(string blank, string answer, string english, string korean)
    {
        foreach ((Language language, string part) in new[] { (Language.English, english), (Language.Korean, korean) })
        {
            LessonVerdict verdict = B1.Grade("exercise-1", new Dictionary<string, string> { [blank] = answer }, language);
            VerdictPart told = verdict.Parts.Single(other => other.Id == blank);
            Assert.False(told.Correct);
            Assert.Contains(part, told.Message);
            Assert.DoesNotContain("= -4", told.Message);
        }
    }

    [Fact]
    public void AMistakeThatFollowsFromAnotherIsToldAsSuch()
    {
        LessonVerdict verdict = B1.Grade("exercise-1", new Dictionary<string, string> { ["upstream-q"] = "7", ["downstream-x"] = "7" });
        Assert.Contains("gave at q", verdict.Parts.Single(part => part.Id == "downstream-x").Message);
    }
}
