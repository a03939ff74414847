using System.Collections.Immutable;
using System.Text.Json;
using Nabla.Lessons;

namespace Nabla;

/// <summary>A question with choices, exactly one of which is right.</summary>
public sealed class QuizSection : LessonSection
{
    /// <summary>The name of a quiz's only blank.</summary>
    public const string Choice = "choice";

    internal QuizSection(string id, BilingualText question, ImmutableArray<BilingualText> choices, int right, BilingualText explanation)
    {
        Id = id;
        Question = question;
        Choices = choices;
        Right = right;
        Explanation = explanation;
    }

    /// <summary>Its name within the lesson.</summary>
    public string Id { get; }

    /// <summary>What is asked.</summary>
    public BilingualText Question { get; }

    /// <summary>What there is to choose from.</summary>
    public ImmutableArray<BilingualText> Choices { get; }

    /// <summary>The place of the right one, from 0.</summary>
    public int Right { get; }

    /// <summary>Why it is right.</summary>
    public BilingualText Explanation { get; }

    internal override string Kind => "quiz";

    internal override void Write(Utf8JsonWriter json, Language language)
    {
        json.WriteString("id", Id);
        json.WriteString("question", Question.In(language));
        Json.Texts(json, "choices", Choices.Select(choice => choice.In(language)));
    }

    /// <summary>
    /// Which choice an answer names: by its text in either language, by its letter, or, where no choice is that number itself, by its number
    /// from 1. Null for none.
    /// </summary>
    internal int? Chosen(string answer)
    {
        string wanted = Plain(answer);
        for (int i = 0; i < Choices.Length; i++)
            if (Plain(Choices[i].English) == wanted || Plain(Choices[i].Korean) == wanted) return i;
        if (wanted.Length != 1) return null;
        int place = char.IsAsciiLetterLower(wanted[0]) ? wanted[0] - 'a' : char.IsAsciiDigit(wanted[0]) ? wanted[0] - '1' : -1;
        return place >= 0 && place < Choices.Length ? place : null;
    }

    internal LessonVerdict Grade(IReadOnlyDictionary<string, string> answers, Language language, bool reveal)
    {
        foreach (string blank in answers.Keys)
            if (blank != Choice) throw new ArgumentException($"a quiz has the blank '{Choice}', got '{blank}'", nameof(answers));
        string given = answers.GetValueOrDefault(Choice, "");
        int? chosen = Chosen(given);
        bool isRight = chosen == Right;
        string message = isRight ? $"{Feedback.Right.In(language)} {Explanation.In(language)}"
            : reveal ? Feedback.TheChoiceIs.In(language, Choices[Right].In(language), Explanation.In(language))
            : string.IsNullOrWhiteSpace(given) ? Feedback.NotAnswered.In(language)
            : chosen is null ? Feedback.NoSuchChoice.In(language)
            : Feedback.NotThatChoice.In(language);
        return new(isRight, [new(Choice, isRight, message)]);
    }

    /// <summary>Signs and marks that people type in more than one way, made one.</summary>
    private static string Plain(string text) =>
        text.Trim().Replace("`", "", StringComparison.Ordinal).Replace('−', '-').Replace('–', '-').ToLowerInvariant();
}
