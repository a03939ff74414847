using System.Text.Json;

namespace Nabla.Lessons.Tests;

/// <summary>What holds of every lesson.</summary>
public class CatalogTests
{
    public static TheoryData<string> Ids => [.. LessonCatalog.All.Select(lesson => lesson.Id)];

    [Fact]
    public void EveryLessonIsThereInOrder() => Assert.Equal(
        "A1 A2 A3 A4 A5 B1 B2 B3 B4 B5 C1 C2 C3 C4 C5 C6 D1 D2 D3 D4 D5 D6 D7 E1 E2 E3 F1 F2 F3 F4".Split(' '),
        LessonCatalog.All.Select(lesson => lesson.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryTextIsThereInBothLanguages(string id)
    {
        Lesson lesson = LessonCatalog.Find(id);
        IEnumerable<BilingualText> texts =
        [
            lesson.Part.Title, lesson.Summary,
            .. lesson.Sections.OfType<TextSection>().Select(section => section.Text),
            .. lesson.Quizzes.SelectMany(quiz => (BilingualText[])[quiz.Question, quiz.Explanation]),
            .. lesson.Exercises.Select(exercise => exercise.Task),
        ];
        foreach (BilingualText text in texts)
        {
            Assert.Contains(text.Korean, letter => letter is >= '가' and <= '힣');
            Assert.DoesNotContain(text.English, letter => letter is >= '가' and <= '힣');
            Assert.NotEqual("", text.English);
            Assert.Equal(0, Count(text.English, "**") % 2);
            Assert.Equal(0, Count(text.Korean, "**") % 2);
            Assert.Equal(Count(text.English, "`"), Count(text.Korean, "`"));
        }
        // As many paragraphs here as there; two to five of them.
        int paragraphs = 0;
        foreach (TextSection section in lesson.Sections.OfType<TextSection>())
        {
            Assert.Equal(section.Text.English.Split("\n\n").Length, section.Text.Korean.Split("\n\n").Length);
            paragraphs += section.Text.English.Split("\n\n").Length;
            Assert.DoesNotMatch(@"(?<!\n)\n(?!\n)", section.Text.English);
        }
        Assert.InRange(paragraphs, 2, 5);

        static int Count(string text, string part) => text.Split(part).Length - 1;
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void KoreanSpeaksPolitely(string id)
    {
        Lesson lesson = LessonCatalog.Find(id);
        foreach (string text in lesson.Sections.OfType<TextSection>().Select(section => section.Text.Korean)
            .Concat(lesson.Quizzes.Select(quiz => quiz.Explanation.Korean)).Append(lesson.Summary.Korean))
        {
            // -습니다 and -ㅂ시다, not -다.
            Assert.DoesNotMatch(@"[^니시]다\.", text);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryLessonAsks(string id)
    {
        Lesson lesson = LessonCatalog.Find(id);
        Assert.NotEmpty(lesson.Quizzes);
        bool hasExercise = id[0] is 'B' or 'C' || id is "A1" or "A2" or "A3" or "A4" or "D1" or "D2" or "D3" or "D4" or "D6" or "D7" or "E3";
        Assert.Equal(hasExercise, lesson.Exercises.Any());
        string[] ids = [.. lesson.Quizzes.Select(quiz => quiz.Id), .. lesson.Exercises.Select(exercise => exercise.Id)];
        Assert.Equal(ids.Distinct(), ids);
        foreach (ExerciseSection exercise in lesson.Exercises)
            Assert.Equal(exercise.Blanks.Select(blank => blank.Id).Distinct(), exercise.Blanks.Select(blank => blank.Id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ExactlyOneChoiceOfEachQuizIsRight(string id)
    {
        Lesson lesson = LessonCatalog.Find(id);
        foreach (QuizSection quiz in lesson.Quizzes)
        {
            Assert.InRange(quiz.Choices.Length, 3, 4);
            foreach (Language language in Enum.GetValues<Language>())
            {
                string[] choices = [.. quiz.Choices.Select(choice => choice.In(language))];
                Assert.Equal(choices.Distinct(), choices);
                Assert.Single(choices, choice => Grade(choice));
                Assert.True(Grade(choices[quiz.Right]));
                Assert.Single("abcd", letter => Grade(letter.ToString()));
                Assert.False(Grade(""));
                Assert.False(Grade("something else"));

                bool Grade(string answer) =>
                    lesson.Grade(quiz.Id, new Dictionary<string, string> { [QuizSection.Choice] = answer }, language).Correct;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void TheJsonHoldsEverySectionAndGivesNoAnswerAway(string id)
    {
        Lesson lesson = LessonCatalog.Find(id);
        foreach (Language language in Enum.GetValues<Language>())
        {
            JsonElement json = JsonDocument.Parse(lesson.ToJson(language)).RootElement;
            Assert.Equal(id, json.GetProperty("id").GetString());
            Assert.Equal(lesson.Title.In(language), json.GetProperty("title").GetString());
            JsonElement[] sections = [.. json.GetProperty("sections").EnumerateArray()];
            Assert.Equal(lesson.Sections.Length, sections.Length);
            foreach (JsonElement section in sections)
            {
                string kind = section.GetProperty("kind").GetString()!;
                foreach (string property in Properties[kind]) Assert.True(section.TryGetProperty(property, out _), $"{id}: {kind} has no {property}");
                if (kind == "table")
                {
                    int columns = section.GetProperty("columns").GetArrayLength();
                    Assert.NotEqual(0, section.GetProperty("rows").GetArrayLength());
                    Assert.All(section.GetProperty("rows").EnumerateArray(), row => Assert.Equal(columns, row.GetArrayLength()));
                }
                if (kind == "quiz") Assert.Equal(["kind", "id", "question", "choices"], section.EnumerateObject().Select(property => property.Name));
                if (kind == "exercise")
                {
                    JsonElement graph = section.GetProperty("explore").GetProperty("graph");
                    foreach (JsonElement node in graph.GetProperty("nodes").EnumerateArray()) Assert.False(node.TryGetProperty("gradient", out _));
                    foreach (JsonElement edge in graph.GetProperty("edges").EnumerateArray()) Assert.False(edge.TryGetProperty("local", out _));
                    Assert.Equal(0, section.GetProperty("explore").GetProperty("steps").GetProperty("backward").GetArrayLength());
                }
            }
        }
    }

    [Fact]
    public void TheListIsTheCatalog()
    {
        JsonElement[] list = [.. JsonDocument.Parse(LessonCatalog.ToJson(Language.Korean)).RootElement.EnumerateArray()];
        Assert.Equal(LessonCatalog.All.Select(lesson => lesson.Id), list.Select(entry => entry.GetProperty("id").GetString()));
        JsonElement first = list.Single(entry => entry.GetProperty("id").GetString() == "B1");
        Assert.Equal("B", first.GetProperty("part").GetString());
        Assert.Equal("계산 그래프", first.GetProperty("partTitle").GetString());
        Assert.Equal(1, first.GetProperty("exercises").GetInt32());
        Assert.Equal(1, first.GetProperty("quizzes").GetInt32());
    }

    [Theory]
    [InlineData("b1", "B1")]
    [InlineData(" D3 ", "D3")]
    public void AnIdMayBeWrittenSmall(string written, string id) => Assert.Equal(id, LessonCatalog.Find(written).Id);

    [Theory]
    [InlineData("B6", "'B5'")]
    [InlineData("B11", "'B5'")]
    [InlineData("G1", "'F1'")]
    [InlineData("3c", "'C3'")]
    [InlineData("D", "'D1'")]
    [InlineData("", "'A1'")]
    [InlineData("레슨", "'A1'")]
    public void AWrongIdNamesTheNearest(string written, string nearest) =>
        Assert.Contains($"did you mean {nearest}", Assert.Throws<KeyNotFoundException>(() => LessonCatalog.Find(written)).Message);

    [Fact]
    public void WhatIsNotAskedIsRefused()
    {
        Lesson lesson = LessonCatalog.Find("B1");
        Dictionary<string, string> none = [], strange = new() { ["value-nothing"] = "1" };
        Assert.Contains("quiz-1, exercise-1", Assert.Throws<ArgumentException>(() => lesson.Grade("quiz-9", none)).Message);
        Assert.Contains("'value-nothing'", Assert.Throws<ArgumentException>(() => lesson.Grade("exercise-1", strange)).Message);
        Assert.Contains("'value-nothing'", Assert.Throws<ArgumentException>(() => lesson.Grade("quiz-1", strange)).Message);
    }

    private static readonly Dictionary<string, string[]> Properties = new()
    {
        ["text"] = ["text"],
        ["graph"] = ["program", "detail", "explore"],
        ["table"] = ["columns", "rows"],
        ["plot"] = ["x", "curves"],
        ["code"] = ["language", "code"],
        ["quiz"] = ["id", "question", "choices"],
        ["exercise"] = ["id", "task", "program", "explore", "blanks"],
    };
}
