using System.Collections.Immutable;
using System.Text.Json;
using Nabla.Lessons;

namespace Nabla;

/// <summary>A lesson: texts, graphs, tables and plots that the engine computes, then questions. Data alone, no drawing.</summary>
/// <remarks>The JSON form is described in docs/studio.md.</remarks>
public sealed class Lesson
{
    internal Lesson(string id, BilingualText title, BilingualText summary, params ImmutableArray<LessonSection> sections)
    {
        Id = id;
        Title = title;
        Summary = summary;
        Sections = sections;
    }

    /// <summary>What it is called: <c>B1</c>.</summary>
    public string Id { get; }

    /// <summary>The row it stands in.</summary>
    public LessonPart Part => LessonCatalog.Parts.Single(part => part.Letter == Id[..1]);

    /// <summary>What it is about, in a few words.</summary>
    public BilingualText Title { get; }

    /// <summary>What it is about, in a sentence.</summary>
    public BilingualText Summary { get; }

    /// <summary>What it is made of, from top to bottom.</summary>
    public ImmutableArray<LessonSection> Sections { get; }

    /// <summary>Its quizzes.</summary>
    public IEnumerable<QuizSection> Quizzes => Sections.OfType<QuizSection>();

    /// <summary>Its exercises.</summary>
    public IEnumerable<ExerciseSection> Exercises => Sections.OfType<ExerciseSection>();

    /// <summary>Grades an answer to one of its quizzes or exercises.</summary>
    /// <param name="id">Of the quiz or exercise.</param>
    /// <param name="answers">What the learner wrote, by blank; a quiz's only blank is <c>choice</c>. Any text is an answer; what is missing is not
    /// answered.</param>
    /// <param name="language">Of the messages.</param>
    /// <param name="reveal">Whether to give the answers away.</param>
    /// <exception cref="ArgumentException">There is no such quiz or exercise, or it has no such blank.</exception>
    public LessonVerdict Grade(string id, IReadOnlyDictionary<string, string> answers, Language language = Language.English, bool reveal = false)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (Quizzes.FirstOrDefault(quiz => quiz.Id == id) is { } quiz) return quiz.Grade(answers, language, reveal);
        if (Exercises.FirstOrDefault(exercise => exercise.Id == id) is { } exercise) return exercise.Grade(answers, language, reveal);
        string known = string.Join(", ", Quizzes.Select(other => other.Id).Concat(Exercises.Select(other => other.Id)));
        throw new ArgumentException($"lesson {Id} asks {known}, got '{id}'; choose one of these", nameof(id));
    }

    /// <summary>The JSON form of the whole lesson.</summary>
    public string ToJson(Language language) => Json.Write(json =>
    {
        json.WriteStartObject();
        WriteHead(json, language);
        json.WriteStartArray("sections");
        foreach (LessonSection section in Sections)
        {
            json.WriteStartObject();
            json.WriteString("kind", section.Kind);
            if (section.Title is { } title) json.WriteString("title", title.In(language));
            section.Write(json, language);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    internal void WriteHead(Utf8JsonWriter json, Language language)
    {
        json.WriteString("id", Id);
        json.WriteString("part", Part.Letter);
        json.WriteString("partTitle", Part.Title.In(language));
        json.WriteString("title", Title.In(language));
        json.WriteString("summary", Summary.In(language));
    }
}
