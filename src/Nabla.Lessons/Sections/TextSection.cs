using System.Text.Json;

namespace Nabla;

/// <summary>Paragraphs, parted by an empty line; inside them only <c>**strong**</c> and <c>`code`</c>.</summary>
public sealed class TextSection : LessonSection
{
    /// <summary>Lines of a paragraph are joined; where they break in the source says nothing.</summary>
    internal TextSection(string english, string korean) => Text = new(Joined(english), Joined(korean));

    /// <summary>The paragraphs.</summary>
    public BilingualText Text { get; }

    internal override string Kind => "text";

    internal override void Write(Utf8JsonWriter json, Language language) => json.WriteString("text", Text.In(language));

    private static string Joined(string text) =>
        string.Join("\n\n", text.Split("\n\n").Select(paragraph => paragraph.Trim().Replace('\n', ' ')));
}
