using System.CommandLine;
using System.CommandLine.Parsing;
using System.Reflection;
using Nabla.Cli.Commands;
using Spectre.Console;

namespace Nabla.Cli;

/// <summary>The command <c>nabla</c>: reads the words, runs one command, turns what goes wrong into one or two plain lines and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>The version that <c>--version</c> prints.</summary>
    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>How this program is called from here, for texts that say what to do next.</summary>
    public static string Self { get; } = Directory.Exists(System.IO.Path.Combine("src", "Nabla.Cli"))
        ? "dotnet run -c Release --project src/Nabla.Cli --"
        : "nabla";

    public static async Task<int> RunAsync(string[] args)
    {
        Console.OutputEncoding = System.Text.Encoding.UTF8;
        if (Console.IsOutputRedirected)
        {
            // Into a file or a pipe: no colours, and a line is as long as it is.
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Width = int.MaxValue;
        }
        RootCommand root = new("Backpropagation you can see. / 눈으로 보는 역전파.")
        {
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            PredictCommand.Create(),
            CheckGradientsCommand.Create(),
            DataCommand.Create(),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0) return Refuse(parsed);
        try
        {
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

    /// <summary>Writes an error for people, on standard error.</summary>
    public static void Complain(string message) => Console.Error.WriteLine($"nabla: {message}");

    private static int Refuse(ParseResult parsed)
    {
        ParseError first = parsed.Errors[0];
        string path = string.Join(' ', Path(parsed.CommandResult).Reverse());
        if (parsed.Tokens.Count == 0)
        {
            Console.Error.WriteLine("nabla: say what to do, for example 'nabla train'; 'nabla --help' lists the commands");
            return ExitCode.Usage;
        }
        Complain(first.Message.TrimEnd('.'));
        Console.Error.WriteLine($"'{path} --help' lists what there is.");
        return ExitCode.Usage;

        static IEnumerable<string> Path(CommandResult? command)
        {
            for (; command is not null; command = command.Parent as CommandResult)
                yield return command.Command is RootCommand ? "nabla" : command.Command.Name;
        }
    }
}
