using System.Text.Json;
using Nabla.Lessons;

namespace Nabla;

/// <summary>A table whose numbers the engine computes when it is first looked at.</summary>
public sealed class TableSection : LessonSection
{
    private readonly Lazy<IReadOnlyList<IReadOnlyList<BilingualText>>> rows;

    internal TableSection(IReadOnlyList<BilingualText> columns, Func<IEnumerable<BilingualText[]>> compute)
    {
        Columns = columns;
        rows = new(() => [.. compute()]);
    }

    /// <summary>What stands above each column.</summary>
    public IReadOnlyList<BilingualText> Columns { get; }

    /// <summary>The rows, each with a cell for each column, written with the digits to show.</summary>
    public IReadOnlyList<IReadOnlyList<BilingualText>> Rows => rows.Value;

    internal override string Kind => "table";

    internal override void Write(Utf8JsonWriter json, Language language)
    {
        Json.Texts(json, "columns", Columns.Select(column => column.In(language)));
        json.WriteStartArray("rows");
        foreach (IReadOnlyList<BilingualText> row in Rows)
        {
            json.WriteStartArray();
            foreach (BilingualText cell in row) json.WriteStringValue(cell.In(language));
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }
}
