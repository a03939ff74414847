using System.CommandLine;
using Nabla.Cli.Display;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla lesson</c> lists the lessons, <c>nabla lesson B1</c> plays one, <c>nabla lesson all</c> prints all of them.</summary>
internal static class LessonCommand
{
    private const string Everything = "all";

    // A text wider than this is hard to read, however wide the window is.
    private const int WidestText = 100, DefaultWidth = 80, NarrowestText = 40;

    public static Command Create()
    {
        Argument<string?> id = new("id")
        {
            Description = "A1 to F4, or all; the list of lessons if not given",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> answers = new("--answers") { Description = "show the answers and ask nothing" };
        Option<string?> language = CommonOptions.Language();
        Command command = new("lesson", "Learn backpropagation: lessons with graphs, questions and exercises.") { id, answers, language };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(id), parsed.GetValue(answers), Texts.Of(parsed.GetValue(language))));
        return command;
    }

    private static async Task<int> RunAsync(string? id, bool answers, Texts texts)
    {
        if (id is null)
        {
            List(texts);
            return ExitCode.Done;
        }
        bool isAll = id.Equals(Everything, StringComparison.OrdinalIgnoreCase);
        IReadOnlyList<Lesson> lessons = isAll ? LessonCatalog.All : [Find(id)];
        bool isTerminal = !Console.IsOutputRedirected;
        bool asks = isTerminal && !Console.IsInputRedirected && !answers && !isAll;
        int width = isTerminal ? Math.Clamp(Console.WindowWidth - 1, NarrowestText, WidestText) : DefaultWidth;
        LessonPlayer player = new(Console.Out, asks ? Console.In : null, texts, width, isStyled: isTerminal) { ShowsAnswersAtOnce = answers };
        using Interruption interruption = new();
        try
        {
            // Whoever waits for a line of input cannot be woken; so the waiting is what ends, and the process with it.
            await Task.Run(() => PlayAll(player, lessons)).WaitAsync(interruption.Token);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine();
            Console.WriteLine(texts.LessonLeft);
            return ExitCode.Interrupted;
        }
    }

    private static void PlayAll(LessonPlayer player, IReadOnlyList<Lesson> lessons)
    {
        foreach (Lesson lesson in lessons) player.Play(lesson);
    }

    private static Lesson Find(string id)
    {
        try
        {
            return LessonCatalog.Find(id);
        }
        catch (KeyNotFoundException exception)
        {
            throw new UsageException(exception.Message);
        }
    }

    private static void List(Texts texts)
    {
        Console.WriteLine(texts.Lessons);
        foreach (LessonPart part in LessonCatalog.Parts)
        {
            Console.WriteLine();
            Console.WriteLine($"{part.Letter}. {part.Title.In(texts.Language)}");
            foreach (Lesson lesson in LessonCatalog.All.Where(lesson => lesson.Part == part))
                Console.WriteLine($"  {lesson.Id}  {lesson.Title.In(texts.Language)}");
        }
        Console.WriteLine();
        Console.WriteLine($"{texts.PlayOne}: {CommandLine.Self} lesson {LessonCatalog.All[0].Id}");
    }
}
