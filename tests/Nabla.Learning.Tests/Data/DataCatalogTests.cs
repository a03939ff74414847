using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;

namespace Nabla.Learning.Tests;

public sealed class DataCatalogTests : IDisposable
{
    private const string Name = "tiny";

    private static readonly Dictionary<string, byte[]> Contents = new()
    {
        ["train-images"] = Write(new IdxArray([3, 2, 2], Enumerable.Range(0, 12).Select(i => (byte)(i * 20)).ToArray())),
        ["train-labels"] = Write(new IdxArray([3], new byte[] { 0, 1, 0 })),
        ["t10k-images"] = Write(new IdxArray([1, 2, 2], new byte[] { 1, 2, 3, 4 })),
        ["t10k-labels"] = Write(new IdxArray([1], new byte[] { 1 })),
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_download_is_checked_kept_and_not_repeated()
    {
        using LoopbackServer server = LoopbackServer.Of(Files());
        DataCatalog catalog = Catalog([server.Address]);
        Assert.Null(catalog.Locate(Name));
        var progress = new Reports();
        LoadedData loaded = await catalog.LoadAsync(new DataRequest(Name), progress);

        Assert.Equal(folder["cache/tiny"], loaded.Origin);
        Assert.Equal(loaded.Origin, catalog.Locate(Name));
        Assert.Equal([0, 1, 0], loaded.Pair.Train.Labels.ToArray());
        Assert.Equal(["zero", "one"], loaded.Pair.Test.Classes.ToArray());
        Assert.Equal("Four pixels an image.", loaded.Pair.Train.Description);
        Assert.Equal(Files().Keys.Order(), folder.Files);
        foreach ((string file, byte[] bytes) in Files())
        {
            Assert.Contains(new DownloadProgress(file, bytes.Length, bytes.Length), progress.Seen);
        }

        await catalog.LoadAsync(new DataRequest(Name));
        Assert.Equal(4, server.Asked.Count);
    }

    [Fact]
    public async Task The_next_address_helps_where_one_lacks_a_file()
    {
        Dictionary<string, byte[]> partial = Files();
        partial.Remove("t10k-images-idx3-ubyte.gz");
        using LoopbackServer first = LoopbackServer.Of(partial), second = LoopbackServer.Of(Files());
        await Catalog([first.Address, second.Address]).FetchAsync(Name);
        Assert.Equal(["t10k-images-idx3-ubyte.gz"], second.Asked);
        Assert.Equal(Files().Keys.Order(), folder.Files);
    }

    [Fact]
    public async Task What_the_cache_has_is_not_fetched_again()
    {
        Directory.CreateDirectory(folder["cache/tiny"]);
        File.WriteAllBytes(folder["cache/tiny/train-images-idx3-ubyte"], Contents["train-images"]);
        using LoopbackServer server = LoopbackServer.Of(Files());
        await Catalog([server.Address]).LoadAsync(new DataRequest(Name));
        Assert.DoesNotContain("train-images-idx3-ubyte.gz", server.Asked);
    }

    [Fact]
    public async Task The_systems_folder_comes_first()
    {
        Fill(folder["system/tiny"]);
        DataCatalog catalog = Catalog([]);
        Assert.Equal(folder["system/tiny"], (await catalog.LoadAsync(new DataRequest(Name))).Origin);
        Assert.Equal(folder["system/tiny"], await catalog.FetchAsync(Name));
    }

    [Fact]
    public async Task A_wrong_sum_is_refused_and_leaves_nothing()
    {
        Dictionary<string, byte[]> files = Files();
        files["train-images-idx3-ubyte.gz"] = [.. files["train-images-idx3-ubyte.gz"]];
        files["train-images-idx3-ubyte.gz"][^1] ^= 1;
        using LoopbackServer server = LoopbackServer.Of(files);
        Assert.Contains("the MD5 sum", await RefusalAsync([server.Address]));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Every_way_out_is_named_where_no_address_helps()
    {
        using LoopbackServer server = LoopbackServer.Of(new Dictionary<string, byte[]>());
        // Nobody listens on port 1.
        string message = await RefusalAsync([server.Address, new Uri("http://127.0.0.1:1/")]);
        Assert.Contains("the server answered 404", message);
        Assert.Contains("http://127.0.0.1:1/train-images-idx3-ubyte.gz: ", message);
        Assert.Contains("apt install dataset-tiny", message);
        Assert.Contains(folder["cache/tiny"], message);
        Assert.All(Files().Keys, file => Assert.Contains(file, message));
        Assert.Contains("--data FOLDER", message);
        Assert.Contains("--data digits", message);
        Assert.Empty(folder.Files);

        string offline = (await Assert.ThrowsAsync<DataException>(
            () => Catalog([server.Address]).LoadAsync(new DataRequest(Name) { AllowDownload = false }))).Message;
        Assert.Contains("the network was not to be asked", offline);
        Assert.Single(server.Asked);
    }

    [Theory]
    [InlineData(true, "broke off")]
    [InlineData(false, "and 20 arrived")]
    public async Task A_download_cut_short_is_refused_and_leaves_nothing(bool breaksOff, string expected)
    {
        using var server = new LoopbackServer(async context =>
        {
            byte[] file = Files()[context.Request.Url!.Segments[^1]];
            context.Response.ContentLength64 = breaksOff ? file.Length : 20;
            await context.Response.OutputStream.WriteAsync(file.AsMemory(0, 20));
            await context.Response.OutputStream.FlushAsync();
            if (breaksOff)
            {
                context.Response.Abort();
            }
            else
            {
                context.Response.Close();
            }
        });
        Assert.Contains(expected, await RefusalAsync([server.Address]));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task A_download_without_end_is_refused()
    {
        using var server = new LoopbackServer(async context =>
        {
            context.Response.SendChunked = true;
            while (true)
            {
                await context.Response.OutputStream.WriteAsync(new byte[1024]);
            }
        });
        Assert.Contains("and more arrived", await RefusalAsync([server.Address]));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task A_silent_server_is_left()
    {
        using LoopbackServer good = LoopbackServer.Of(Files()), silent = Silent(afterBytes: 5);
        DataCatalog catalog = Catalog([silent.Address, good.Address], TimeSpan.FromMilliseconds(100));
        await catalog.FetchAsync(Name);
        Assert.Equal(Files().Keys.Order(), folder.Files);
        Assert.Equal(4, silent.Asked.Count);
    }

    [Fact]
    public async Task Cancelling_ends_a_download_and_leaves_nothing()
    {
        using LoopbackServer silent = Silent(afterBytes: 5);
        using var cancellation = new CancellationTokenSource();
        var progress = new Reports { OnFirst = cancellation.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Catalog([silent.Address]).LoadAsync(new DataRequest(Name), progress, cancellation.Token));
        Assert.Equal(5, progress.Seen.Single().Bytes);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Changed_content_is_refused_by_file_even_if_it_is_valid()
    {
        Fill(folder["system/tiny"]);
        string changed = folder["system/tiny/t10k-labels-idx1-ubyte"];
        IdxFile.Write(changed, new IdxArray([1], new byte[] { 0 }));
        string message = (await Assert.ThrowsAsync<DataException>(() => Catalog([]).LoadAsync(new DataRequest(Name)))).Message;
        Assert.StartsWith($"{changed}: the unpacked content of tiny needs the SHA-256 sum", message);
    }

    [Fact]
    public async Task Digits_folders_and_tables_need_no_name_in_the_catalog()
    {
        var catalog = new DataCatalog();
        Assert.Equal(["digits", "fashion-mnist", "mnist"], catalog.Names.ToArray());
        Assert.All(catalog.Names, name => Assert.EndsWith(".", catalog.Describe(name)));

        LoadedData digits = await catalog.LoadAsync(new DataRequest("digits") { Seed = 4 });
        Assert.Equal((20000, 4000, "drawn with seed 4"), (digits.Pair.Train.Count, digits.Pair.Test.Count, digits.Origin));

        Fill(folder["my images"]);
        LoadedData images = await catalog.LoadAsync(new DataRequest(folder["my images"] + "/"));
        Assert.Equal(("my images", 3), (images.Pair.Train.Name, images.Pair.Train.Count));

        string text = "x;kind\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i};{i % 2}\n"));
        LoadedData table = await catalog.LoadAsync(new DataRequest(folder.Write("table.CSV", text)) { LabelColumn = "kind" });
        Assert.Equal(("table", "kind"), (table.Pair.Train.Name, table.LabelColumn));
        Assert.Equal(["x"], table.Scaling!.ColumnNames.ToArray());
    }

    [Theory]
    [InlineData("fashion", "there are no data called 'fashion', and no such file or folder; the names are digits, fashion-mnist, mnist")]
    [InlineData("none.csv", "none.csv: there is no such file")]
    public async Task An_unknown_name_lists_the_known_ones(string source, string expected)
    {
        string message = (await Assert.ThrowsAsync<DataException>(() => new DataCatalog().LoadAsync(new DataRequest(source)))).Message;
        Assert.Contains(expected, message);
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused()
    {
        string path = folder.Write("picture.png", [1, 2, 3]);
        string message = (await Assert.ThrowsAsync<DataException>(() => new DataCatalog().LoadAsync(new DataRequest(path)))).Message;
        Assert.Contains("needs to end in .csv or .tsv", message);
        Assert.Contains("names are fashion-mnist, mnist", Assert.Throws<DataException>(() => new DataCatalog().Locate("digits")).Message);
    }

    private static byte[] Write(IdxArray array, bool packed = false)
    {
        using var stream = new MemoryStream();
        IdxFile.Write(stream, array, packed);
        return stream.ToArray();
    }

    /// <summary>The four files as a server has them: packed, by name.</summary>
    private static Dictionary<string, byte[]> Files() => Contents.ToDictionary(
        pair => MnistLayout.FileName(pair.Key) + ".gz", pair => Write(IdxFile.Read(new MemoryStream(pair.Value), pair.Key), packed: true));

    private static void Fill(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach ((string stem, byte[] content) in Contents)
        {
            File.WriteAllBytes(Path.Combine(folder, MnistLayout.FileName(stem)), content);
        }
    }

    /// <summary>Sends a few bytes and then nothing until it is ended.</summary>
    private static LoopbackServer Silent(int afterBytes)
    {
        LoopbackServer? server = null;
        server = new LoopbackServer(async context =>
        {
            byte[] file = Files()[context.Request.Url!.Segments[^1]];
            context.Response.ContentLength64 = file.Length;
            await context.Response.OutputStream.WriteAsync(file.AsMemory(0, afterBytes));
            await context.Response.OutputStream.FlushAsync();
            await Task.Delay(Timeout.Infinite, server!.Ended);
        });
        return server;
    }

    private DataCatalog Catalog(ImmutableArray<Uri> addresses, TimeSpan? patience = null)
    {
        var options = new DataCatalogOptions
        {
            SystemFolder = folder["system"],
            CacheFolder = folder["cache"],
            Addresses = ImmutableDictionary<string, ImmutableArray<Uri>>.Empty.Add(Name, addresses),
            Patience = patience ?? TimeSpan.FromSeconds(20),
        };
        Dictionary<string, byte[]> files = Files();
        return new DataCatalog(options, [new PublishedDataset(Name, "Four pixels an image.", ["zero", "one"], "dataset-tiny", [],
            [.. Contents.Select(pair =>
            {
                byte[] packed = files[MnistLayout.FileName(pair.Key) + ".gz"];
                return new PublishedFile(pair.Key, packed.Length, Convert.ToHexStringLower(MD5.HashData(packed)),
                    Convert.ToHexStringLower(SHA256.HashData(pair.Value)));
            })])]);
    }

    private async Task<string> RefusalAsync(ImmutableArray<Uri> addresses) =>
        (await Assert.ThrowsAsync<DataException>(() => Catalog(addresses).LoadAsync(new DataRequest(Name)))).Message;

    private sealed class Reports : IProgress<DownloadProgress>
    {
        public List<DownloadProgress> Seen { get; } = [];

        public Action? OnFirst { get; init; }

        public void Report(DownloadProgress value)
        {
            Seen.Add(value);
            if (Seen.Count == 1)
            {
                OnFirst?.Invoke();
            }
        }
    }
}
