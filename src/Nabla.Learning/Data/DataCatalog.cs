using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Nabla;

/// <summary>Finds data by name or path: digits (drawn), fashion-mnist and mnist (published), a folder of IDX files, or a .csv file.</summary>
public sealed class DataCatalog
{
    private const string DigitsName = "digits";

    private readonly DataCatalogOptions options;
    private readonly ImmutableArray<PublishedDataset> published;

    /// <summary>A catalog.</summary>
    /// <param name="options">Where to look; null takes what <see cref="DataCatalogOptions"/> begins with.</param>
    public DataCatalog(DataCatalogOptions? options = null)
        : this(options ?? new DataCatalogOptions(), [PublishedDataset.FashionMnist, PublishedDataset.Mnist])
    {
    }

    internal DataCatalog(DataCatalogOptions options, ImmutableArray<PublishedDataset> published)
    {
        this.options = options;
        this.published = published;
    }

    /// <summary>The names that need no path, in the order to show them.</summary>
    public ImmutableArray<string> Names => [DigitsName, .. published.Select(dataset => dataset.Name)];

    /// <summary>One sentence about a named data set.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="DataException">There is no such name.</exception>
    public string Describe(string name) => name == DigitsName ? Digits.Description : Published(name).Description;

    /// <summary>Where a published data set lies on this machine, or null if it would have to be fetched. Asks no network.</summary>
    /// <param name="name">A name of <see cref="Names"/> other than digits, which lie nowhere.</param>
    /// <exception cref="DataException">There is no such published data set.</exception>
    public string? Locate(string name)
    {
        Published(name);
        string system = Path.Combine(options.SystemFolder, name);
        return MnistLayout.IsComplete(system) ? system : MnistLayout.IsComplete(CacheOf(name)) ? CacheOf(name) : null;
    }

    /// <summary>Makes sure that a published data set lies on this machine: fetches what the folders do not have.</summary>
    /// <param name="name">A name of <see cref="Names"/> other than digits.</param>
    /// <param name="progress">Told after each block that arrives.</param>
    /// <param name="cancellation">Ends the download; no partial file stays.</param>
    /// <returns>The folder with its four files.</returns>
    /// <exception cref="DataException">There is no such published data set, or no address has it; the message names every other way.</exception>
    /// <exception cref="OperationCanceledException">The download was cancelled.</exception>
    public async Task<string> FetchAsync(string name, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        PublishedDataset dataset = Published(name);
        if (Locate(name) is { } folder)
        {
            return folder;
        }
        string cache = CacheOf(name);
        DataException.WithFile(cache, () => Directory.CreateDirectory(cache));
        IReadOnlyList<Uri> addresses = options.Addresses.TryGetValue(name, out ImmutableArray<Uri> given) ? given : dataset.Addresses;
        foreach (PublishedFile file in dataset.Files.Where(file => MnistLayout.Find(cache, file.Stem) is null))
        {
            string? reasons = await Download.FetchAsync(file, addresses, cache, options.Patience, progress, cancellation).ConfigureAwait(false);
            if (reasons is not null)
            {
                throw Nowhere(dataset, $"and {file.FileName} could not be fetched:{Environment.NewLine}{reasons}");
            }
        }
        return cache;
    }

    /// <summary>Loads data, fetching them first where that is needed and allowed.</summary>
    /// <param name="request">Which.</param>
    /// <param name="progress">Told after each block that arrives.</param>
    /// <param name="cancellation">Ends a download; no partial file stays.</param>
    /// <exception cref="DataException">There are no such data, they are damaged, or they could not be fetched; the message says the ways
    /// out.</exception>
    /// <exception cref="OperationCanceledException">The download was cancelled.</exception>
    public async Task<LoadedData> LoadAsync(DataRequest request, IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        string source = request.Source;
        if (source == DigitsName)
        {
            return new LoadedData(Digits.Create(request.Seed), null, null, $"drawn with seed {request.Seed}");
        }
        if (published.Any(dataset => dataset.Name == source))
        {
            PublishedDataset dataset = Published(source);
            string? folder = Locate(source);
            if (folder is null && !request.AllowDownload)
            {
                throw Nowhere(dataset, "and the network was not to be asked.");
            }
            folder ??= await FetchAsync(source, progress, cancellation).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            DatasetPair pair = MnistLayout.Load(folder, dataset.Name, dataset.Description, dataset.Classes,
                (stem, path, content) => CheckContent(dataset, stem, path, content));
            return new LoadedData(pair, null, null, folder);
        }
        if (Directory.Exists(source))
        {
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source)));
            return new LoadedData(MnistLayout.Load(source, name.Length > 0 ? name : "images"), null, null, source);
        }
        bool isTable = Path.GetExtension(source).ToLowerInvariant() is ".csv" or ".tsv";
        if (isTable || File.Exists(source))
        {
            if (!isTable)
            {
                throw new DataException($"{source}: the name of a table needs to end in .csv or .tsv; rename it, "
                    + "or name the folder of the four IDX files");
            }
            CsvDataset table = CsvDataset.Load(source, request.LabelColumn, new CsvOptions { Seed = request.Seed });
            return new LoadedData(table.Data, table.Scaling, table.LabelColumn, source);
        }
        throw new DataException($"there are no data called '{source}', and no such file or folder; the names are {string.Join(", ", Names)}, "
            + "and a path leads to a folder with the four IDX files or to a .csv file");
    }

    private string CacheOf(string name) => Path.Combine(options.CacheFolder, name);

    private PublishedDataset Published(string name) =>
        published.FirstOrDefault(dataset => dataset.Name == name) ?? throw new DataException(
            $"there is no published data set called '{name}'; the names are {string.Join(", ", published.Select(dataset => dataset.Name))}");

    private static void CheckContent(PublishedDataset dataset, string stem, string path, byte[] content)
    {
        string expected = dataset.Files.Single(file => file.Stem == stem).ContentSha256;
        string found = Convert.ToHexStringLower(SHA256.HashData(content));
        if (found != expected)
        {
            throw new DataException($"{path}: the unpacked content of {dataset.Name} needs the SHA-256 sum {expected}, got {found}: "
                + "the file was changed; delete it to fetch it again, or copy its folder elsewhere and name that with --data to use it as it is");
        }
    }

    private DataException Nowhere(PublishedDataset dataset, string reason)
    {
        string cache = CacheOf(dataset.Name), system = Path.Combine(options.SystemFolder, dataset.Name);
        var ways = new List<string>();
        if (dataset.DebianPackage is not null)
        {
            ways.Add($"install Debian's package: apt install {dataset.DebianPackage}");
        }
        ways.Add($"put {string.Join(", ", dataset.Files.Select(file => file.FileName))} into {cache}");
        ways.Add("name a folder that has these four files: --data FOLDER");
        ways.Add("allow the network, and try again when it can be reached");
        ways.Add($"take the data that need nothing: --data {DigitsName}");
        return new DataException($"{dataset.Name} is neither in {system} nor in {cache}, {reason}{Environment.NewLine}"
            + $"Any of these helps:{Environment.NewLine}{string.Join(Environment.NewLine, ways.Select(way => "  " + way))}");
    }
}
