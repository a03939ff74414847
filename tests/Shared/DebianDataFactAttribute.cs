namespace Nabla.Testing;

/// <summary>A test that reads Debian's Fashion-MNIST: skipped where the package is missing, but not on the build server, which needs it.</summary>
internal sealed class DebianDataFactAttribute : FactAttribute
{
    public const string Folder = "/usr/share/datasets/fashion-mnist";

    public DebianDataFactAttribute()
    {
        if (!Directory.Exists(Folder) && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = $"{Folder} is not there; install it with: apt install dataset-fashion-mnist";
        }
    }
}
