namespace Nabla.Cli.Runs;

/// <summary>What <c>--data</c> names.</summary>
internal static class DataSource
{
    /// <summary>A name as it is; a path in full, so that a run finds its data again from another folder.</summary>
    /// <exception cref="UsageException">It is neither a name nor a path that is there.</exception>
    public static string Resolve(string source, DataCatalog catalog)
    {
        if (catalog.Names.Contains(source)) return source;
        if (Directory.Exists(source) || File.Exists(source)) return Path.GetFullPath(source);
        throw new UsageException($"--data takes {string.Join(", ", catalog.Names)}, a folder or a .csv file that is there, got '{source}'"
            + Suggestion.For(source, catalog.Names));
    }
}
