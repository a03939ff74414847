using Nabla.Cli.Display;

namespace Nabla.Cli.Runs;

/// <summary>The data that a saved run is judged by.</summary>
internal static class TestData
{
    /// <summary>The test part of the data that the run was trained on, or of others; a table is scaled as the run's was.</summary>
    /// <exception cref="UsageException">The data do not fit the network.</exception>
    public static async Task<Dataset> LoadAsync(RunRecord record, string? other, CancellationToken cancellation)
    {
        string source = other ?? record.Data;
        Dataset test;
        if (other is not null && record.Scaling is { } scaling && File.Exists(other))
            test = CsvDataset.LoadFor(other, scaling.ToScaling(), [.. record.Model.Classes], record.LabelColumn!);
        else
        {
            using DownloadBar bar = new();
            DataRequest request = new(source) { LabelColumn = record.LabelColumn, Seed = record.Seed };
            test = (await new DataCatalog().LoadAsync(request, bar, cancellation)).Pair.Test;
        }
        if (!test.SampleShape.SequenceEqual(record.Model.SampleShape))
        {
            throw new UsageException(
                $"the run was trained on samples of [{string.Join(", ", record.Model.SampleShape)}], {source} has [{string.Join(", ", test.SampleShape)}]; "
                + "evaluate it on data of the same shape");
        }
        if (test.Classes.Length != record.Model.Classes.Length)
        {
            throw new UsageException(
                $"the run knows {record.Model.Classes.Length} classes, {source} has {test.Classes.Length}; evaluate it on data with the same classes");
        }
        return test;
    }
}
