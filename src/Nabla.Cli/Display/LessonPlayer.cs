using System.Globalization;

namespace Nabla.Cli.Display;

/// <summary>Plays lessons on a terminal, or prints them where nobody can answer.</summary>
/// <param name="output">Where to write.</param>
/// <param name="input">Where answers come from; null to ask nothing.</param>
/// <param name="texts">The language.</param>
/// <param name="width">Columns that a line of text may take.</param>
/// <param name="isStyled">Whether to write bold and colour.</param>
internal sealed class LessonPlayer(TextWriter output, TextReader? input, Texts texts, int width, bool isStyled)
{
    private const int Plots = 2, PlotHeight = 6, PlotLabels = 9;

    private readonly Language language = texts.Language;

    private int asked, right;

    /// <summary>Whether the answers stand below the questions; else, where nothing is asked, at the end of the lesson.</summary>
    public bool ShowsAnswersAtOnce { get; init; }

    /// <summary>Plays one lesson from top to bottom.</summary>
    public void Play(Lesson lesson)
    {
        (asked, right) = (0, 0);
        Heading($"{lesson.Id}  {lesson.Title.In(language)}");
        Paragraph(lesson.Summary.In(language));
        List<string> answers = [];
        foreach (LessonSection section in lesson.Sections)
        {
            output.WriteLine();
            if (section.Title is { } title) Subheading(title.In(language));
            bool goesOn = section switch
            {
                QuizSection quiz => Ask(lesson, quiz, answers),
                ExerciseSection exercise => Ask(lesson, exercise, answers),
                _ => Show(section),
            };
            if (goesOn) continue;
            output.WriteLine(texts.LessonLeft);
            return;
        }
        output.WriteLine();
        if (answers.Count > 0)
        {
            Subheading(texts.Answers);
            foreach (string line in answers) output.WriteLine(line);
            output.WriteLine();
        }
        if (input is null) return;
        output.WriteLine(texts.Score(right, asked));
        int next = LessonCatalog.All.IndexOf(lesson) + 1;
        if (next < LessonCatalog.All.Length) output.WriteLine($"{texts.PlayNext}: {CommandLine.Self} lesson {LessonCatalog.All[next].Id}");
    }

    private bool Show(LessonSection section)
    {
        switch (section)
        {
            case TextSection text:
                string[] paragraphs = text.Text.In(language).Split("\n\n");
                for (int i = 0; i < paragraphs.Length; i++)
                {
                    if (i > 0) output.WriteLine();
                    Paragraph(paragraphs[i]);
                }
                break;
            case GraphSection graph:
                Tell(Explanation.Of(graph.View(), language).ToString().TrimEnd('\n').Split('\n'));
                break;
            case TableSection table:
                string[] columns = [.. table.Columns.Select(column => column.In(language))];
                string[][] rows = [.. table.Rows.Select(row => row.Select(cell => cell.In(language)).ToArray())];
                foreach (string line in TextTable.Draw(columns, rows, width)) output.WriteLine(line);
                break;
            case PlotSection plot:
                foreach (PlotCurve curve in plot.Curves) Draw(plot, curve);
                break;
            case CodeSection code:
                foreach (string line in code.Code.Split('\n')) output.WriteLine(line.Length == 0 ? "" : $"    {line}");
                break;
        }
        return true;
    }

    /// <summary>The curve and beside it its derivative, each with a scale of its own.</summary>
    private void Draw(PlotSection plot, PlotCurve curve)
    {
        int each = (width - 4) / Plots, dots = each - PlotLabels;
        IReadOnlyList<string> values = LossCurve.Draw(curve.Values, dots, PlotHeight), slopes = LossCurve.Draw(curve.Derivative, dots, PlotHeight);
        string ends = string.Create(CultureInfo.InvariantCulture, $"x: {plot.X[0]} … {plot.X[^1]}");
        output.WriteLine();
        output.WriteLine($"  {TextWidth.PadRight($"{curve.Name} = {curve.Formula}", each)}  {texts.Derivative}   ({ends})");
        for (int i = 0; i < values.Count; i++) output.WriteLine($"  {TextWidth.PadRight(values[i], each)}  {(i < slopes.Count ? slopes[i] : "")}");
    }

    private bool Ask(Lesson lesson, QuizSection quiz, List<string> answers)
    {
        Subheading(texts.Question);
        Paragraph(quiz.Question.In(language));
        char letter = 'a';
        foreach (BilingualText choice in quiz.Choices)
        {
            foreach (string line in Prose.Wrap($"{letter++}) {choice.In(language)}", width - 2, isStyled, hanging: 3)) output.WriteLine($"  {line}");
        }
        if (input is not null)
        {
            Hint(texts.HowToChoose((char)(letter - 1)));
            return Fill("> ", Grade);
        }
        LessonVerdict revealed = lesson.Grade(quiz.Id, new Dictionary<string, string>(), language, reveal: true);
        if (!ShowsAnswersAtOnce) answers.AddRange(Prose.Wrap(quiz.Question.In(language), width - 2, isStyled).Select(line => $"  {line}"));
        Answer(revealed.Parts[0].Message, answers);
        return true;

        VerdictPart Grade(string answer, bool reveal) =>
            lesson.Grade(quiz.Id, new Dictionary<string, string> { [QuizSection.Choice] = answer }, language, reveal).Parts[0];
    }

    private bool Ask(Lesson lesson, ExerciseSection exercise, List<string> answers)
    {
        Subheading(texts.Exercise);
        Paragraph(exercise.Task.In(language));
        foreach (string line in exercise.Program.Split('\n')) output.WriteLine($"    {line}");
        output.WriteLine();
        IReadOnlyList<string> prompts = exercise.Prompts(language);
        if (input is not null)
        {
            Hint(texts.HowToFill);
            Dictionary<string, string> given = [];
            for (int i = 0; i < prompts.Count; i++)
            {
                string id = exercise.Blanks[i].Id;
                bool goesOn = Fill($"{prompts[i]} = ", (answer, reveal) =>
                {
                    given[id] = answer;
                    return lesson.Grade(exercise.Id, given, language, reveal).Parts.Single(part => part.Id == id);
                });
                if (!goesOn) return false;
            }
            return true;
        }
        foreach (string prompt in prompts) output.WriteLine($"  {prompt} = ?");
        if (ShowsAnswersAtOnce) output.WriteLine();
        LessonVerdict revealed = lesson.Grade(exercise.Id, new Dictionary<string, string>(), language, reveal: true);
        for (int i = 0; i < prompts.Count; i++) Answer(exercise.Blanks[i].Kind == BlankKind.Value ? revealed.Parts[i].Message : $"{revealed.Parts[i].Message}   ({prompts[i]})", answers);
        return true;
    }

    /// <summary>Asks until the answer is right, shown or skipped.</summary>
    /// <returns>False where the learner wants to end.</returns>
    private bool Fill(string prompt, Func<string, bool, VerdictPart> grade)
    {
        asked++;
        for (int attempt = 1; ; attempt++)
        {
            output.Write(prompt);
            output.Flush();
            string? answer = input!.ReadLine()?.Trim();
            if (answer is null)
            {
                output.WriteLine();
                return false;
            }
            if (answer.Equals("q", StringComparison.OrdinalIgnoreCase)) return false;
            if (answer.Length == 0) return true;
            bool shows = answer is "?" or "？";
            VerdictPart verdict = grade(shows ? "" : answer, shows);
            foreach (string line in Prose.Wrap(verdict.Message, width - 2, isStyled)) output.WriteLine($"  {line}");
            if (verdict.Correct && attempt == 1) right++;
            if (verdict.Correct || shows) return true;
        }
    }

    private void Answer(string answer, List<string> answers)
    {
        IEnumerable<string> lines = Prose.Wrap(answer, width - 4, isStyled, hanging: 2).Select(line => $"    {line}");
        if (!ShowsAnswersAtOnce) answers.AddRange(lines);
        else foreach (string line in lines) output.WriteLine(line);
    }

    private void Heading(string text)
    {
        output.WriteLine(Prose.Strong(text, isStyled));
        output.WriteLine(new string('═', Math.Min(width, TextWidth.Of(text))));
    }

    private void Subheading(string text) => output.WriteLine(Prose.Strong(text, isStyled));

    private void Hint(string text)
    {
        foreach (string line in Prose.Wrap($"({text})", width, isStyled: false)) output.WriteLine(line);
    }

    private void Paragraph(string text)
    {
        foreach (string line in Prose.Wrap(text, width, isStyled)) output.WriteLine(line);
    }

    /// <summary>An explanation. A matrix that reaches over the edge begins on a line of its own.</summary>
    private void Tell(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            // The rows after a matrix's first stand below it.
            int count = 1;
            while (i + count < lines.Length && IsRow(lines[i + count])) count++;
            string[] block = lines[i..(i + count)];
            i += count - 1;
            if (count == 1 || block.Max(TextWidth.Of) + 2 <= width)
            {
                foreach (string line in block) Indented(line);
                continue;
            }
            int column = block[1].Length - block[1].TrimStart().Length, cut = 0;
            while (TextWidth.Of(block[0][..cut]) < column) cut++;
            Indented(block[0][..cut].TrimEnd());
            string margin = new(' ', block[0].Length - block[0].TrimStart().Length + 4);
            Indented(margin + block[0][cut..]);
            foreach (string row in block[1..]) Indented(margin + row.TrimStart());
        }

        static bool IsRow(string line) => line.TrimStart().StartsWith('[') && line.Length - line.TrimStart().Length > 8;
    }

    /// <summary>A line of an explanation: what does not fit goes on below, further to the right than it began.</summary>
    private void Indented(string line)
    {
        string text = line.TrimStart();
        int indent = 2 + line.Length - text.Length;
        if (indent + TextWidth.Of(text) <= width)
        {
            output.WriteLine(text.Length == 0 ? "" : new string(' ', indent) + text);
            return;
        }
        foreach (string part in TextWidth.Wrap(text, width - indent - 4).Select((part, i) => i == 0 ? part : "    " + part))
            output.WriteLine(new string(' ', indent) + part);
    }
}
