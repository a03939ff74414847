using System.Collections.Immutable;
using Nabla.Lessons;

namespace Nabla;

/// <summary>What there is to say to an answer.</summary>
/// <param name="Correct">Whether every part is right.</param>
/// <param name="Parts">One for each blank, in their order.</param>
public sealed record LessonVerdict(bool Correct, ImmutableArray<VerdictPart> Parts)
{
    /// <summary><c>{ correct, parts: [{ id, correct, message }] }</c>.</summary>
    public string ToJson() => Json.Write(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("correct", Correct);
        json.WriteStartArray("parts");
        foreach (VerdictPart part in Parts)
        {
            json.WriteStartObject();
            json.WriteString("id", part.Id);
            json.WriteBoolean("correct", part.Correct);
            json.WriteString("message", part.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
