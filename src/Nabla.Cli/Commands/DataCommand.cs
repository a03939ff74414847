using System.CommandLine;
using Nabla.Cli.Display;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla data list</c> and <c>nabla data get NAME</c>.</summary>
internal static class DataCommand
{
    public static Command Create()
    {
        Option<string?> language = CommonOptions.Language();
        Command list = new("list", "List the data that can be named, and where they are.") { language };
        list.SetAction(parsed => List(Texts.Of(parsed.GetValue(language))));
        Argument<string> name = new("name") { Description = "fashion-mnist or mnist" };
        Command get = new("get", "Download data into the cache folder, unless they are on this machine.") { name, language };
        get.SetAction(async (parsed, _) => await GetAsync(parsed.GetRequiredValue(name)));
        return new Command("data", "Data to train on.") { list, get };
    }

    private static int List(Texts texts)
    {
        DataCatalog catalog = new();
        foreach (string name in catalog.Names)
        {
            bool isBuiltIn = name == "digits";
            string? folder = isBuiltIn ? null : catalog.Locate(name);
            string state = isBuiltIn ? texts.BuiltIn : folder is null ? texts.ToFetch : $"{texts.Here}: {folder}";
            Console.WriteLine($"{name,-14} {catalog.Describe(name)}");
            Console.WriteLine($"{"",-14} {state}");
        }
        return ExitCode.Done;
    }

    private static async Task<int> GetAsync(string name)
    {
        DataCatalog catalog = new();
        if (name == "digits")
        {
            Console.WriteLine("digits are built in: the program draws them, nothing is fetched");
            return ExitCode.Done;
        }
        if (!catalog.Names.Contains(name))
        {
            throw new UsageException($"there are no data called '{name}' to get; the names are {string.Join(", ", catalog.Names)}"
                + Suggestion.For(name, catalog.Names));
        }
        using Interruption interruption = new();
        using DownloadBar bar = new();
        string folder = await catalog.FetchAsync(name, bar, interruption.Token);
        bar.Dispose();
        Console.WriteLine($"{name}: {folder}");
        return ExitCode.Done;
    }
}
