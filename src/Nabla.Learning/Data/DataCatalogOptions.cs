using System.Collections.Immutable;

namespace Nabla;

/// <summary>Where a <see cref="DataCatalog"/> looks for published data sets.</summary>
public sealed record DataCatalogOptions
{
    /// <summary>The folder beneath which Debian's packages put data sets: /usr/share/datasets.</summary>
    public string SystemFolder { get; init; } = "/usr/share/datasets";

    /// <summary>The folder beneath which downloads are kept, one folder a data set: nabla in $XDG_CACHE_HOME or ~/.cache; on Windows in
    /// LocalApplicationData.</summary>
    public string CacheFolder { get; init; } = DefaultCacheFolder();

    /// <summary>For each data set the addresses to fetch its files from, tried in order; a data set that is not named here keeps its own.</summary>
    public ImmutableDictionary<string, ImmutableArray<Uri>> Addresses { get; init; } = ImmutableDictionary<string, ImmutableArray<Uri>>.Empty;

    /// <summary>How long a server may stay silent before the next one is asked.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    private static string DefaultCacheFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "nabla");
        }
        // The XDG base directory specification has relative paths ignored.
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return Path.IsPathRooted(cache)
            ? Path.Combine(cache, "nabla")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "nabla");
    }
}
