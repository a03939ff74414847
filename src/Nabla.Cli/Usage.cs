using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Nabla.Cli;

/// <summary>Says in one line what is wrong with the words of a command.</summary>
internal static partial class Usage
{
    /// <summary>The first mistake and the way out, or null where the words are right.</summary>
    public static string? Mistake(ParseResult parsed)
    {
        if (parsed.Action is HelpAction) return null;
        Command command = parsed.CommandResult.Command;
        if (parsed.Tokens.Count == 0) return "say what to do, for example 'nabla train'; 'nabla --help' lists the commands";
        string[] path = [.. Path(parsed.CommandResult).Reverse()];
        string name = $"'{string.Join(' ', path)}'", help = $"; {name[..^1]} --help' lists what there is";

        if (UnknownOption(parsed) is { } option)
        {
            string[] known = [.. command.Options.Select(known => known.Name), "--help"];
            if (known.Contains(option)) return $"the option before {option} needs a value{help}";
            string suggestion = Suggestion.For(option, known);
            return $"{name} has no option {option}{(suggestion.Length > 0 ? suggestion : help)}";
        }
        if (parsed.UnmatchedTokens.Count > 0)
        {
            string word = parsed.UnmatchedTokens[0];
            if (command.Subcommands.Count == 0) return $"{name} does not take '{word}'{help}";
            string suggestion = Suggestion.For(word, command.Subcommands.Select(sub => sub.Name));
            return $"{name} has no command '{word}'{(suggestion.Length > 0 ? suggestion : help)}";
        }
        if (parsed.Errors.Count == 0) return null;
        if (command.Subcommands.Count > 0) return $"{name} needs one of {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}{help}";
        Argument? lacking = command.Arguments.FirstOrDefault(argument => parsed.GetResult(argument) is not { Tokens.Count: > 0 });
        if (lacking is not null) return $"{name} needs {lacking.Name.ToUpperInvariant()}: {lacking.Description}";
        Option? empty = command.Options.FirstOrDefault(
            option => option.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(option) is { Implicit: false, Tokens.Count: 0 });
        if (empty is not null) return $"{empty.Name} needs a value: {empty.Description}";
        return parsed.Errors[0].Message.TrimEnd('.');
    }

    /// <summary>A word that looks like an option where none can stand; the parser would take it for a value or a file.</summary>
    private static string? UnknownOption(ParseResult parsed)
    {
        foreach (Token token in parsed.Tokens)
        {
            // Behind a bare -- every word is meant as it stands.
            if (token.Type == TokenType.DoubleDash) return null;
            if (token.Type == TokenType.Argument && OptionLike().Match(token.Value) is { Success: true } option) return option.Groups[1].Value;
        }
        return null;
    }

    /// <summary>-x, --name, --name=value; but no number and no formula like -x * y.</summary>
    [GeneratedRegex("^(--?[A-Za-z][A-Za-z0-9-]*)([=:].*)?$")]
    private static partial Regex OptionLike();

    private static IEnumerable<string> Path(CommandResult? command)
    {
        for (; command is not null; command = command.Parent as CommandResult)
            yield return command.Command.Name;
    }
}
