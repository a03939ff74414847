using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using Nabla.Cli.Commands;
using Spectre.Console;

namespace Nabla.Cli;

/// <summary>The command <c>nabla</c>: reads the words, runs one command, turns what goes wrong into plain lines and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>What the command is called.</summary>
    public const string Name = "nabla";

    /// <summary>The version that <c>--version</c> prints.</summary>
    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>How this program is called from here, for texts that say what to do next.</summary>
    public static string Self { get; } = Directory.Exists(Path.Combine("src", "Nabla.Cli"))
        ? "dotnet run -c Release --project src/Nabla.Cli --"
        : Name;

    public static async Task<int> RunAsync(string[] args)
    {
        Console.OutputEncoding = System.Text.Encoding.UTF8;
        if (Console.IsOutputRedirected)
        {
            // Into a file or a pipe: no colours, and a line is as long as it is.
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Width = int.MaxValue;
        }
        Command root = new(Name, "Backpropagation you can see.")
        {
            new HelpOption(),
            new VersionOption(),
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            PredictCommand.Create(),
            CheckGradientsCommand.Create(),
            ProfileCommand.Create(),
            ExplainCommand.Create(),
            StudioCommand.Create(),
            LessonCommand.Create(),
            DataCommand.Create(),
        };
        bool isKorean = Texts.Of(Spoken(args)).Language == Language.Korean;
        if (isKorean) KoreanHelp.Apply(root);
        // A file may be called @something: words are taken as they stand.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (Usage.Mistake(parsed) is { } mistake)
        {
            Complain(mistake);
            return ExitCode.Usage;
        }
        try
        {
            if (isKorean && parsed.Action is HelpAction)
            {
                Console.Write(KoreanHelp.Of(parsed));
                return ExitCode.Done;
            }
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (UsageException exception)
        {
            Complain(exception.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            Complain("interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception exception) when (exception is not (NullReferenceException or IndexOutOfRangeException or InvalidCastException))
        {
            Complain(exception.Message);
            return ExitCode.Failed;
        }
        catch (Exception exception)
        {
            Complain($"nabla has a mistake of its own ({exception.GetType().Name}: {exception.Message}); please report the command you ran");
            return ExitCode.Failed;
        }
    }

    /// <summary>The language that the words ask for: it is needed before they are read, for the help.</summary>
    private static string? Spoken(string[] args)
    {
        int at = Array.IndexOf(args, "--language");
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : args.FirstOrDefault(word => word.StartsWith("--language=", StringComparison.Ordinal))?[11..];
    }

    /// <summary>Writes an error for people, on standard error.</summary>
    public static void Complain(string message) => Console.Error.WriteLine($"nabla: {message}");
}
