namespace Nabla.Benchmarks.Comparison;

/// <summary>Where the repository's files are.</summary>
internal static class Repository
{
    /// <summary>The folder of Nabla.slnx.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Nabla.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Nabla.slnx; run the benchmarks from the repository");
    }
}
