using System.Text;
using System.Text.Json;

namespace Nabla;

/// <summary>C# to read. It is cut out of a file that the tests compile and run.</summary>
public sealed class CodeSection : LessonSection
{
    private const string Begin = "#region shown", End = "#endregion";

    private readonly Lazy<string> code;

    internal CodeSection(string file) => code = new(() => Cut(file));

    /// <summary>The lines to show.</summary>
    public string Code => code.Value;

    internal override string Kind => "code";

    internal override void Write(Utf8JsonWriter json, Language language)
    {
        json.WriteString("language", "csharp");
        json.WriteString("code", Code);
    }

    /// <summary>The regions called <c>shown</c>, moved to the left margin, parted by an empty line.</summary>
    private static string Cut(string file)
    {
        string name = $"Nabla.Lessons.Code.{file}.cs";
        using Stream stream = typeof(CodeSection).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the assembly needs the resource {name}, got none; add the file to Code");
        using StreamReader reader = new(stream, Encoding.UTF8);
        StringBuilder code = new();
        int margin = -1;
        while (reader.ReadLine() is { } line)
        {
            string trimmed = line.TrimStart();
            if (trimmed == Begin)
            {
                margin = line.Length - trimmed.Length;
                if (code.Length > 0) code.Append('\n');
            }
            else if (trimmed == End)
            {
                margin = -1;
            }
            else if (margin >= 0)
            {
                code.Append(line.Length > margin ? line[margin..] : "").Append('\n');
            }
        }
        return code.ToString().TrimEnd('\n');
    }
}
