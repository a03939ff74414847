namespace Nabla.Serving;

/// <summary>What a learner answers to a quiz or an exercise.</summary>
internal sealed record LessonAnswers
{
    public string Id { get; init; } = "";

    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    public string? Language { get; init; }

    public bool Reveal { get; init; }
}
