namespace Nabla.Testing;

/// <summary>Paths of files that are kept with the sources.</summary>
internal static class RepositoryFolder
{
    public static string Golden(string file) => Path.Combine(Root(), "tests", "golden", file);

    public static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Nabla.slnx")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException("the tests need to run within the repository, beneath the folder of Nabla.slnx");
    }
}
