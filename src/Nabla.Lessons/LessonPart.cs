namespace Nabla;

/// <summary>A row of lessons on one subject.</summary>
/// <param name="Letter">A to F: what the lessons' names begin with.</param>
/// <param name="Title">The subject.</param>
public sealed record LessonPart(string Letter, BilingualText Title);
