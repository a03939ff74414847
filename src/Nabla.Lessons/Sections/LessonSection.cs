using System.Text.Json;

namespace Nabla;

/// <summary>A part of a lesson.</summary>
public abstract class LessonSection
{
    private protected LessonSection()
    {
    }

    /// <summary>What stands above it; null for nothing.</summary>
    public BilingualText? Title { get; init; }

    /// <summary>The word of the JSON form.</summary>
    internal abstract string Kind { get; }

    /// <summary>Writes the properties that belong to this kind.</summary>
    internal abstract void Write(Utf8JsonWriter json, Language language);
}
