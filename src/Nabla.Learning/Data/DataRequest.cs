namespace Nabla;

/// <summary>Which data to load: what a command line's --data and its companions say.</summary>
/// <param name="Source">digits, fashion-mnist, mnist, a folder with the four IDX files, or a .csv (or .tsv) file. A name of the catalog wins over a
/// folder of the same name; write ./mnist for the folder.</param>
public sealed record DataRequest(string Source)
{
    /// <summary>For a table: the column of classes; null chooses as <see cref="CsvDataset.Load"/> does.</summary>
    public string? LabelColumn { get; init; }

    /// <summary>For digits: which digits are drawn. For a table: which rows go to the test.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether the network may be asked for what is not on this machine.</summary>
    public bool AllowDownload { get; init; } = true;
}
