using Nabla.Cli.Display;

namespace Nabla.Cli.Runs;

/// <summary>The data that a saved run is judged by.</summary>
internal static class TestData
{
    /// <summary>The test part of the data that the run was trained on, or of others; a table is scaled as the run's was.</summary>
    /// <exception cref="UsageException">The data do not fit the network.</exception>
    public static async Task<Dataset> LoadAsync(RunRecord record, string? other, CancellationToken cancellation)
    {
        DataCatalog catalog = new();
        string source = other is null ? record.Data : DataSource.Resolve(other, catalog);
        if (other is not null && record.Scaling is { } scaling && File.Exists(source))
            return CsvDataset.LoadFor(source, scaling.ToScaling(), [.. record.Model.Classes], record.LabelColumn!);
        LoadedData data;
        using (DownloadBar bar = new())
        {
            DataRequest request = new(source) { LabelColumn = record.LabelColumn, Seed = record.Seed };
            data = await catalog.LoadAsync(request, bar, cancellation);
        }
        Dataset test = data.Pair.Test;
        if (!test.SampleShape.SequenceEqual(record.Model.SampleShape))
        {
            throw new UsageException($"the run was trained on samples of [{string.Join(", ", record.Model.SampleShape)}], "
                + $"{source} has [{string.Join(", ", test.SampleShape)}]; evaluate it on data of the same shape");
        }
        if (record.Scaling is { } trained && !trained.ToScaling().Equals(data.Scaling))
        {
            // The rows that were held back cannot be told any more from those that were learned.
            throw new DataException($"{source} has changed since the training; name it with --data to evaluate on all its rows");
        }
        if (test.Classes.Length > record.Model.Classes.Length)
        {
            throw new UsageException($"the run knows {record.Model.Classes.Length} classes, {source} has {test.Classes.Length}; "
                + "evaluate it on data with the same classes");
        }
        return test.WithClasses([.. record.Model.Classes]);
    }
}
