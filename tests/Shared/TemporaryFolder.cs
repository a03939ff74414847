namespace Nabla.Testing;

/// <summary>A folder of a test's own, removed afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("nabla-test-").FullName;

    public string this[string file] => Path.Combine(Root, file);

    public string[] Files => [.. Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)!).Order()];

    public string Write(string file, string text)
    {
        File.WriteAllText(this[file], text);
        return this[file];
    }

    public string Write(string file, byte[] bytes)
    {
        File.WriteAllBytes(this[file], bytes);
        return this[file];
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
