using System.Collections.Immutable;
using Nabla.Lessons;

namespace Nabla;

/// <summary>All lessons, in the order in which they are best read.</summary>
public static class LessonCatalog
{
    /// <summary>The rows of lessons.</summary>
    public static ImmutableArray<LessonPart> Parts { get; } =
    [
        new("A", new("Partial derivatives, gradient descent, chain rule", "편미분, 경사하강법, 연쇄 법칙")),
        new("B", new("Computational graphs", "계산 그래프")),
        new("C", new("Gates: how gradients flow", "게이트: 기울기가 흐르는 방식")),
        new("D", new("Activation and affine layers", "활성화 계층과 아핀 계층")),
        new("E", new("Error backpropagation as first taught", "처음 배우는 오차 역전파")),
        new("F", new("Training a network", "신경망 학습시키기")),
    ];

    /// <summary>The lessons.</summary>
    public static ImmutableArray<Lesson> All { get; } =
    [
        LessonA1.Lesson, LessonA2.Lesson, LessonA3.Lesson, LessonA4.Lesson, LessonA5.Lesson,
        LessonB1.Lesson, LessonB2.Lesson, LessonB3.Lesson, LessonB4.Lesson, LessonB5.Lesson,
        LessonC1.Lesson, LessonC2.Lesson, LessonC3.Lesson, LessonC4.Lesson, LessonC5.Lesson, LessonC6.Lesson,
        LessonD1.Lesson, LessonD2.Lesson, LessonD3.Lesson, LessonD4.Lesson, LessonD5.Lesson, LessonD6.Lesson, LessonD7.Lesson,
        LessonE1.Lesson, LessonE2.Lesson, LessonE3.Lesson,
        LessonF1.Lesson, LessonF2.Lesson, LessonF3.Lesson, LessonF4.Lesson,
    ];

    /// <summary>The lesson of this name, in large or small letters.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message names the nearest.</exception>
    public static Lesson Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        string wanted = id.Trim();
        return All.FirstOrDefault(lesson => lesson.Id.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new KeyNotFoundException(
                $"there is no lesson '{Shortened(wanted)}'; did you mean '{Nearest(wanted)}'? The lessons are {All[0].Id} to {All[^1].Id}");
    }

    /// <summary>The list of lessons as JSON: docs/studio.md.</summary>
    public static string ToJson(Language language) => Json.Write(json =>
    {
        json.WriteStartArray();
        foreach (Lesson lesson in All)
        {
            json.WriteStartObject();
            lesson.WriteHead(json, language);
            json.WriteNumber("exercises", lesson.Exercises.Count());
            json.WriteNumber("quizzes", lesson.Quizzes.Count());
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    /// <summary>A letter and a number: the letter counts most, then how far off the number is. What is neither is sent to the beginning.</summary>
    private static string Nearest(string wanted)
    {
        char letter = wanted.Select(char.ToUpperInvariant).FirstOrDefault(char.IsAsciiLetterUpper, 'A');
        string digits = new([.. wanted.Where(char.IsAsciiDigit).Take(4)]);
        int number = digits.Length > 0 ? int.Parse(digits) : 1;
        return All.MinBy(lesson => (1000 * Math.Abs(lesson.Id[0] - letter)) + Math.Abs(lesson.Id[1] - '0' - Math.Min(number, 999)))!.Id;
    }

    private static string Shortened(string text) => text.Length <= 20 ? text : text[..20] + "…";
}
