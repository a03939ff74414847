using System.Collections.Immutable;
using System.Text;

namespace Nabla;

/// <summary>A table of text with a header row, read from comma-separated values.</summary>
/// <remarks>
/// RFC 4180: fields may stand in double quotes and then hold delimiters, line ends, and quotes said twice. Also taken: semicolons or tabs between
/// fields, lone line feeds, a byte order mark, blank lines (skipped). Spaces around unquoted fields do not count.
/// </remarks>
public sealed class CsvTable
{
    // Text takes two bytes a character, and one array holds all of it.
    private const long MostBytes = 1_000_000_000;

    private readonly List<string[]> rows;
    private readonly List<int> lines;

    private CsvTable(string name, ImmutableArray<string> columns, List<string[]> rows, List<int> lines)
    {
        Name = name;
        Columns = columns;
        this.rows = rows;
        this.lines = lines;
    }

    /// <summary>The file's path, or what messages call the text.</summary>
    public string Name { get; }

    /// <summary>The names in the header row: each non-empty, none twice.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>How many rows follow the header.</summary>
    public int RowCount => rows.Count;

    /// <summary>One field.</summary>
    /// <param name="row">In [0, RowCount), not counting the header.</param>
    /// <param name="column">In [0, number of columns).</param>
    public string this[int row, int column] => rows[row][column];

    /// <summary>Reads a file of UTF-8 text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">The character between fields; null detects comma, semicolon or tab in the header row.</param>
    /// <exception cref="DataException">There is no such file, it is not UTF-8 text, a quote is not closed, or a row is longer or shorter than the
    /// header.</exception>
    public static CsvTable Load(string path, char? delimiter = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string text = DataException.WithFile(path, () =>
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length > MostBytes)
            {
                throw new DataException($"{path}: a table of at most {MostBytes} bytes can be read, got {file.Length}; split the file");
            }
            try
            {
                using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
                return reader.ReadToEnd();
            }
            catch (DecoderFallbackException e)
            {
                throw new DataException($"{path}: UTF-8 text is needed, and these bytes are not; save the table as CSV in UTF-8", e);
            }
        });
        return Parse(text, path, delimiter);
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">Header row and rows.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="delimiter">The character between fields; null detects comma, semicolon or tab in the header row.</param>
    /// <exception cref="DataException">There is no header, a quote is not closed, or a row is longer or shorter than the header.</exception>
    public static CsvTable Parse(string text, string name, char? delimiter = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (delimiter is '"' or '\r' or '\n' or ' ')
        {
            throw new DataException($"{name}: quotes, spaces and line ends cannot part fields; choose a comma, semicolon or tab");
        }
        text = text.TrimStart('\uFEFF');
        int zero = text.IndexOf('\0');
        if (zero >= 0)
        {
            throw new DataException($"{name}: text is needed, and a zero byte stands at character {zero}; save the table as CSV in UTF-8");
        }
        var rows = new List<string[]>();
        var lines = new List<int>();
        var parser = new Parser(text, name, delimiter ?? Detect(text));
        string[]? header = parser.NextRow(out _);
        if (header is null)
        {
            throw new DataException($"{name}: the table is empty; the first row needs to name the columns");
        }
        CheckHeader(header, name);
        while (parser.NextRow(out int line) is { } row)
        {
            if (row.Length != header.Length)
            {
                throw new DataException($"{name}: row {rows.Count + 1} (line {line}) has {row.Length} fields, and the header has {header.Length}; "
                    + "each row needs as many fields as the header: look for a missing or an unquoted delimiter");
            }
            rows.Add(row);
            lines.Add(line);
        }
        return new CsvTable(name, [.. header], rows, lines);
    }

    /// <summary>"row 7 (line 8)": rows count from 1 below the header, lines from 1 at the top of the file.</summary>
    internal string Where(int row) => $"row {row + 1} (line {lines[row]})";

    private static void CheckHeader(string[] header, string name)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < header.Length; i++)
        {
            if (header[i].Length == 0)
            {
                throw new DataException($"{name}: column {i + 1} of {header.Length} has no name; name it in the first row, "
                    + "or remove it if it only numbers the rows");
            }
            if (!seen.Add(header[i]))
            {
                throw new DataException($"{name}: two columns are called '{header[i]}'; each needs a name of its own");
            }
        }
    }

    /// <summary>The most frequent candidate outside quotes in the first line with content; a comma where none occurs.</summary>
    private static char Detect(string text)
    {
        ReadOnlySpan<char> candidates = [',', ';', '\t'];
        Span<int> counts = [0, 0, 0];
        bool quoted = false;
        foreach (char character in text.AsSpan().TrimStart("\r\n"))
        {
            quoted ^= character == '"';
            if (!quoted && character is '\r' or '\n')
            {
                break;
            }
            int which = candidates.IndexOf(character);
            if (which >= 0 && !quoted)
            {
                counts[which]++;
            }
        }
        int best = 0;
        for (int i = 1; i < counts.Length; i++)
        {
            best = counts[i] > counts[best] ? i : best;
        }
        return candidates[best];
    }

    private sealed class Parser(string text, string name, char delimiter)
    {
        private readonly List<string> currentFields = [];
        private int position;
        private int currentLine = 1;

        /// <summary>The next row's fields, or null at the end.</summary>
        public string[]? NextRow(out int line)
        {
            SkipBlankLines();
            line = currentLine;
            if (position == text.Length)
            {
                return null;
            }
            currentFields.Clear();
            do
            {
                currentFields.Add(Field());
            }
            while (Take(delimiter));
            TakeLineEnd();
            return [.. currentFields];
        }

        private void SkipBlankLines()
        {
            while (true)
            {
                int end = position;
                // A tab may be the delimiter, so only spaces make a line blank.
                while (end < text.Length && text[end] == ' ')
                {
                    end++;
                }
                if (end < text.Length && text[end] is not ('\r' or '\n'))
                {
                    return;
                }
                position = end;
                if (!TakeLineEnd())
                {
                    return;
                }
            }
        }

        private string Field()
        {
            int start = position;
            while (start < text.Length && text[start] == ' ' && delimiter != ' ')
            {
                start++;
            }
            if (start < text.Length && text[start] == '"')
            {
                position = start;
                return QuotedField();
            }
            while (position < text.Length && text[position] != delimiter && text[position] is not ('\r' or '\n'))
            {
                position++;
            }
            return text.AsSpan(start, Math.Max(position - start, 0)).Trim().ToString();
        }

        private string QuotedField()
        {
            int openedAt = currentLine;
            var field = new StringBuilder();
            position++;
            while (true)
            {
                if (position == text.Length)
                {
                    throw new DataException($"{name}: the quote opened at line {openedAt} is never closed; close it, or double quotes inside it");
                }
                char character = text[position++];
                if (character == '"' && !Take('"'))
                {
                    break;
                }
                currentLine += character == '\n' ? 1 : 0;
                field.Append(character);
            }
            while (Take(' '))
            {
            }
            if (position < text.Length && text[position] != delimiter && text[position] is not ('\r' or '\n'))
            {
                throw new DataException($"{name}: line {currentLine} has text after a closing quote; put quotes around the whole field "
                    + "and double those inside");
            }
            return field.ToString();
        }

        private bool TakeLineEnd()
        {
            bool taken = Take('\r') | Take('\n');
            currentLine += taken ? 1 : 0;
            return taken;
        }

        private bool Take(char expected)
        {
            bool taken = position < text.Length && text[position] == expected;
            position += taken ? 1 : 0;
            return taken;
        }
    }
}
