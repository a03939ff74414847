using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace Nabla.Lessons.Tests;

/// <summary>Every exercise: right answers are right however they are written, typical mistakes are told by their factor, and nothing throws.</summary>
public partial class ExerciseTests
{
    // The numbers of each exercise in the order of its blanks, worked out by hand.
    private static readonly Dictionary<string, double[]> Solutions = new()
    {
        ["A1 exercise-1"] = [-3, 1, 3, 2, 0, -1, 5, 4, -4, 10, -2],
        ["A2 exercise-1"] = [2, 0.5, 1, 1 / 3.0, 0.5, 1 / 6.0],
        ["A3 exercise-1"] = [-6, 36, -12, -2, 3, 24, -36],
        ["A4 exercise-1"] = [5, 25, 10, 10, 1, 10, 10],
        ["B1 exercise-1"] = [3, -12, 1, -4, 3, 3, -4, 1, -4, -4],
        ["B2 exercise-1"] = [-4, -4, 3],
        ["B2 exercise-2"] = [3.8, -16.34, -4.3, -4.3, 3.8],
        ["B3 exercise-1"] = [200, 220, 1.1, 1.1, 2, 2.2, 110, 200],
        ["B4 exercise-1"] = [200, 450, 650, 715, 1.1, 1.1, 1.1, 2.2, 110, 3.3, 165, 650],
        ["B5 exercise-1"] = [5, 15, 1, 1, 3, 5],
        ["C1 exercise-1"] = [-3, 1, -3, -3, -3, -3],
        ["C2 exercise-1"] = [-6, -24, 4, 4, -6, -3, -12, 8],
        ["C3 exercise-1"] = [-12, -2, -4, -2, 2, 2, 0, 0],
        ["C4 exercise-1"] = [-6, 1, -6, 1, -6, -2, -6, -8, -3],
        ["C5 exercise-1"] = [0.5, 3, 0.5, 6, -0.25, -1.5],
        ["C6 exercise-1"] = [-0.5, 0.606531, 0.474077, 0.622459, 0.622459, 0.606531, 0.377541, -0.377541],
        ["D1 exercise-1"] = [0, 0, 3, 4, 0, 0, 1, 0, 0, 4],
        ["D2 exercise-1"] = [-1, 0.367879, 1.367879, 0.731059, -0.534447, -0.534447, 0.367879, -0.196612, 0.196612],
        ["D3 exercise-1"] = [1, 0.731059, 0.196612, 0.196612, 0.196612, 0.196612, -0.196612, 0.393224, -0.393224, -0.589836],
        ["D4 exercise-1"] = [1, 11, 13, 5, 5, 7, 9],
        ["D4 exercise-2"] = [5, 6, -1, 2, 1, 4, 7, -4, 3, -1],
        ["D6 exercise-1"] = [0.22, 0.26, 0.116, 0.44, 0.52, 0.088, 0.176, 0.104, 0.208, -0.112, 0.636],
        ["D7 exercise-1"] = [1, 0.5, 0.731059, 0.622459, -0.0138601, 1.0279123, -2.0277202, -1.4823822, -2.0277202, 4.0554403, -0.3986740, 0.9530381,
            0.9530381, -0.7973481, -0.6758561],
        ["E3 exercise-1"] = [2.8, 0.942676, 1.5, 3, -3, 0.054038, -0.162114, -0.064846, -0.081057],
    };

    public static TheoryData<string, string> All
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (Lesson lesson in LessonCatalog.All)
                foreach (ExerciseSection exercise in lesson.Exercises) all.Add(lesson.Id, exercise.Id);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void RightAnswersAreRightHoweverTheyAreWritten(string id, string exercise)
    {
        Lesson lesson = LessonCatalog.Find(id);
        double[] numbers = Solutions[$"{id} {exercise}"];
        foreach (Func<double, string> write in new Func<double, string>[]
        {
            number => number.ToString("R", CultureInfo.InvariantCulture),
            number => " " + Rounded(number).Replace('-', '−') + " ",
            number => number.ToString("E6", CultureInfo.InvariantCulture),
        })
        {
            LessonVerdict verdict = lesson.Grade(exercise, Answers(lesson, exercise, [.. numbers.Select(write)]), Language.Korean);
            Assert.All(verdict.Parts.Zip(numbers), pair => Assert.True(pair.First.Correct, $"{id} {pair.First.Id}: {pair.Second}: {pair.First.Message}"));
            Assert.True(verdict.Correct);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void WrongAnswersAreWrongAndTellNoNumber(string id, string exercise)
    {
        Lesson lesson = LessonCatalog.Find(id);
        double[] numbers = Solutions[$"{id} {exercise}"];
        foreach (Func<double, double> wrong in new Func<double, double>[] { x => x + 3.71, x => (2.5 * x) - 0.3, x => x == 0 ? 17 : -x })
        {
            foreach (Language language in Enum.GetValues<Language>())
            {
                string[] written = [.. numbers.Select(number => Rounded(wrong(number)))];
                LessonVerdict verdict = lesson.Grade(exercise, Answers(lesson, exercise, written), language);
                Assert.False(verdict.Correct);
                for (int i = 0; i < numbers.Length; i++)
                {
                    VerdictPart part = verdict.Parts[i];
                    Assert.False(part.Correct, $"{id} {part.Id}: {written[i]} for {numbers[i]}");
                    Assert.NotEqual("", part.Message);
                    Assert.DoesNotContain($"= {Rounded(numbers[i])}", part.Message);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void RevealGivesEveryNumber(string id, string exercise)
    {
        Lesson lesson = LessonCatalog.Find(id);
        LessonVerdict verdict = lesson.Grade(exercise, new Dictionary<string, string>(), reveal: true);
        Assert.False(verdict.Correct);
        double[] numbers = Solutions[$"{id} {exercise}"];
        for (int i = 0; i < numbers.Length; i++)
        {
            // What stands behind an equals sign is a formula or a number.
            double[] told = [.. Number().Matches(verdict.Parts[i].Message).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
            Assert.Contains(told, number => Math.Abs(number - numbers[i]) < 1e-5 * Math.Max(1, Math.Abs(number)));
        }
    }

    [GeneratedRegex(@"= (-?\d+(?:\.\d+)?(?:e-\d+)?)")]
    private static partial Regex Number();

    // The lesson's first exercise, the blank, a wrong answer, and what the message has to say.
    [Theory]
    [InlineData("A1", "downstream-a", "99", "several products")]
    [InlineData("A1", "downstream-a", "8", "one term")]
    [InlineData("A1", "upstream-r-0", "2", "the local gradient of u² is 2·u")]
    [InlineData("A1", "upstream-p-0", "4", "has the local gradient −1")]
    [InlineData("A2", "downstream-x", "0.5", "upstream gradient alone")]
    [InlineData("A2", "downstream-x", "1/3", "local gradient alone")]
    [InlineData("A2", "local-z-y", "2", "log is 1 divided by its input")]
    [InlineData("A3", "downstream-x", "-36", "swaps")]
    [InlineData("A3", "downstream-x", "-2", "local gradient alone")]
    [InlineData("A3", "downstream-x", "-12", "upstream gradient alone")]
    [InlineData("A3", "downstream-x", "-2e0", "local gradient alone")]
    [InlineData("A4", "upstream-u", "5", "2·u")]
    [InlineData("A4", "local-f-u", "25", "2·u")]
    [InlineData("B3", "downstream-price", "110", "swaps")]
    [InlineData("B3", "downstream-price", "2", "still to be multiplied in")]
    [InlineData("B4", "downstream-apple", "1.1", "upstream gradient alone")]
    [InlineData("B4", "value-fruit", "90000", "this node adds")]
    [InlineData("C1", "downstream-x", "-6", "whatever the values")]
    [InlineData("C2", "downstream-x", "8", "swaps")]
    [InlineData("C3", "downstream-x", "-8", "the one at m; take the one that arrives at a")]
    [InlineData("C3", "upstream-a", "2", "the other one nothing")]
    [InlineData("C3", "value-m", "-12", "max passes on the larger")]
    [InlineData("C4", "downstream-x", "-2", "one share")]
    [InlineData("C4", "downstream-x", "-6", "one share")]
    [InlineData("C4", "downstream-x", "12", "multiplied the shares")]
    [InlineData("C4", "downstream-x", "-4", "mean of the shares")]
    [InlineData("C5", "local-r-b", "-0.5", "the square is missing")]
    [InlineData("C6", "local-e-m", "-0.5", "its own output")]
    [InlineData("D1", "downstream-x-2", "12", "a slope")]
    [InlineData("D1", "local-h-x-1", "1", "a slope")]
    [InlineData("D3", "local-f-s", "0.731", "y·(1 − y)")]
    [InlineData("D3", "upstream-s", "0.269", "y·(1 − y)")]
    [InlineData("D3", "downstream-w0", "0.393", "swaps")]
    [InlineData("D3", "downstream-x1", "-3", "local gradient alone")]
    [InlineData("D3", "downstream-w0", "0.197", "upstream gradient alone")]
    [InlineData("D4", "downstream-B-0", "1", "one term")]
    [InlineData("D4", "downstream-B-0", "2.5", "mean of the shares")]
    [InlineData("D4", "downstream-B-0", "2", "added the local gradients alone")]
    [InlineData("D6", "downstream-x-0", "0.304", "transposed")]
    [InlineData("D6", "downstream-x-0", "0.044", "one term")]
    [InlineData("D6", "upstream-q-0", "0.22", "2·u")]
    [InlineData("E3", "upstream-e", "1.5", "2·u")]
    [InlineData("E3", "upstream-o", "3", "has the local gradient −1")]
    [InlineData("E3", "downstream-w11", "0.0648", "sign")]
    [InlineData("E3", "downstream-w11", "-0.324", "swaps")]
    public void ATypicalMistakeIsToldByItsFactor(string id, string blank, string answer, string part)
    {
        VerdictPart told = LessonCatalog.Find(id).Grade("exercise-1", new Dictionary<string, string> { [blank] = answer })
            .Parts.Single(other => other.Id == blank);
        Assert.False(told.Correct);
        Assert.Contains(part, told.Message);
    }

    [Theory]
    [InlineData("0.197", 0.196612, true)]
    [InlineData("0.20", 0.196612, true)]
    [InlineData("0.2", 0.196612, false)]
    [InlineData("0.1966", 0.196612, true)]
    [InlineData("0.19", 0.196612, false)]
    [InlineData("1/3", 0.333333333333, true)]
    [InlineData("0.333", 0.333333333333, true)]
    [InlineData("0.33", 0.333333333333, true)]
    [InlineData("1/4", 0.333333333333, false)]
    [InlineData("109", 110, false)]
    [InlineData("110.0", 110, true)]
    [InlineData("2.2", 2.2, true)]
    [InlineData("2.21", 2.2, false)]
    [InlineData("0", 0, true)]
    [InlineData("0.0", 0, true)]
    [InlineData("-0", 0, true)]
    [InlineData("0.001", 0, false)]
    [InlineData("0", 0.004, false)]
    [InlineData("+3", 3, true)]
    [InlineData(".5", 0.5, true)]
    [InlineData("５．０", 5, true)]
    [InlineData("−4", -4, true)]
    [InlineData("1e-3", 0.001, true)]
    public void AnAnswerIsRightToTheDigitsItHas(string text, double number, bool isRight)
    {
        Assert.True(Answer.TryRead(text, out Answer answer, out _), text);
        Assert.Equal(isRight, answer.Is(number));
    }

    [Theory]
    [InlineData("0,5", "point")]
    [InlineData("1,000", "point")]
    [InlineData("1/0", "not a number")]
    [InlineData("NaN", "not a number")]
    [InlineData("∞", "not a number")]
    [InlineData("1e999", "not a number")]
    [InlineData("1/2/3", "not a number")]
    [InlineData("three", "not a number")]
    [InlineData("   ", "Not answered")]
    public void WhatIsNoNumberIsToldSo(string text, string part)
    {
        Assert.False(Answer.TryRead(text, out _, out BilingualText? complaint));
        Assert.Contains(part, complaint!.English);
    }

    [Fact]
    public void NoTextMakesTheGradingThrow()
    {
        string[] tokens = ["-", "−", "1", "0", ".", ",", "/", "e", "e9", "E-400", "3.25", "π", "∞", "NaN", "\0", "\uD800", "{0}", "{", " ", "\n", "한", "\u0661"];
        Gen<string> texts = Gen.OneOf(
            ArbMap.Default.ArbFor<string>().Generator.Select(text => text ?? ""),
            Gen.Elements(tokens).ListOf().Select(string.Concat));
        (Lesson Lesson, ExerciseSection Exercise)[] exercises =
            [.. LessonCatalog.All.SelectMany(lesson => lesson.Exercises.Select(exercise => (lesson, exercise)))];
        int at = 0;
        foreach (string text in texts.Sample(400, 30))
        {
            (Lesson lesson, ExerciseSection exercise) = exercises[at++ % exercises.Length];
            Language language = at % 2 == 0 ? Language.Korean : Language.English;
            LessonVerdict verdict = lesson.Grade(exercise.Id, exercise.Blanks.ToDictionary(blank => blank.Id, _ => text), language);
            Assert.All(verdict.Parts, part => Assert.NotEqual("", part.Message));
            Assert.NotEqual("", verdict.ToJson());
            QuizSection quiz = lesson.Quizzes.First();
            Assert.NotEqual("", lesson.Grade(quiz.Id, new Dictionary<string, string> { [QuizSection.Choice] = text }, language).ToJson());
            _ = Assert.ThrowsAny<Exception>(() => LessonCatalog.Find(text + "?")) is KeyNotFoundException;
        }
    }

    private static Dictionary<string, string> Answers(Lesson lesson, string exercise, string[] texts) => lesson.Exercises
        .Single(other => other.Id == exercise).Blanks.Select((blank, i) => (blank.Id, texts[i])).ToDictionary(pair => pair.Id, pair => pair.Item2);

    /// <summary>Four digits, as a learner writes them.</summary>
    private static string Rounded(double number) =>
        double.Parse(number.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
}
