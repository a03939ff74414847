using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Nabla.Cli.Commands;

/// <summary>Options that several commands take, and the kinds that options are of.</summary>
internal static class CommonOptions
{
    private const int MostThreads = 256;

    public static Option<string?> Language() =>
        Choice<string?>("--language", ["en", "ko"], "the language of the texts; the system's if not given", null);

    public static Option<int> ThreadCount() => Whole("--threads", "1", 1, MostThreads, "threads that compute; never changes a result", Threads.Count);

    public static Option<string> Activation(string byDefault, string description)
    {
        string[] names = [.. Nabla.Activation.Names.Select(name => name.ToLowerInvariant())];
        Option<string> option = Choice("--activation", names, $"{description}: {string.Join(", ", names)}", byDefault);
        option.HelpName = "name";
        return option;
    }

    public static Option<ulong> Seed(string description) => Whole("--seed", "1", 0UL, ulong.MaxValue, description, 1UL);

    /// <summary>One of a few words.</summary>
    public static Option<T> Choice<T>(string name, IEnumerable<string> words, string description, T byDefault)
    {
        string[] known = [.. words];
        Option<T> option = new(name)
        {
            Description = description,
            HelpName = string.Join('|', known),
            DefaultValueFactory = _ => byDefault,
            CustomParser = result =>
            {
                string word = result.Tokens[0].Value;
                if (known.Contains(word)) return (T)(object)word;
                result.AddError($"{name} knows {string.Join(", ", known)}, got '{word}'{Suggestion.For(word, known)}");
                return default;
            },
        };
        option.CompletionSources.Add(known);
        return option;
    }

    /// <summary>A whole number within bounds.</summary>
    public static Option<T> Whole<T>(string name, string example, T least, T most, string description, T byDefault)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
        => new(name)
        {
            Description = description,
            HelpName = "number",
            DefaultValueFactory = _ => byDefault,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value) && value >= least && value <= most)
                    return value;
                string range = most == T.MaxValue ? $"from {least}" : $"from {least} to {most}";
                result.AddError($"{name} needs a whole number {range}, like {example}, got '{text}'");
                return default;
            },
        };

    /// <summary>A number above 0, like 0.001 or 1e-3.</summary>
    public static Option<double?> Positive(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
            if (isNumber && value > 0 && double.IsFinite(value)) return value;
            result.AddError($"{name} needs a number above 0, like 0.001, got '{text}'");
            return null;
        },
    };
}
