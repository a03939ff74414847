namespace Nabla.Cli.Tests;

/// <summary>One run on pictures and one on a table, trained once for all tests that only read them.</summary>
public sealed class TrainedRuns : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    internal TemporaryFolder Folder => folder;

    internal string Pictures => folder["pictures"];

    internal string Table => folder["flowers.csv"];

    internal string PictureRun => folder["picture-run"];

    internal string TableRun => folder["table-run"];

    internal Outcome PictureTraining { get; private set; } = null!;

    internal Outcome TableTraining { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Tests.Pictures.WriteFolder(folder, "pictures");
        folder.Write("flowers.csv", Tables.Text());
        PictureTraining = await Program.RunAsync(
            folder, "train", "--data", "pictures", "--hidden", "24", "--epochs", "4", "--batch-size", "20",
            "--learning-rate", "0.01", "--out", "picture-run");
        TableTraining = await Program.RunAsync(
            folder, "train", "--data", "flowers.csv", "--label", "kind", "--hidden", "16", "--epochs", "20", "--batch-size", "8",
            "--learning-rate", "1e-2", "--out", "table-run", "--json");
    }

    public Task DisposeAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>The tests that share them.</summary>
[CollectionDefinition(Name)]
public sealed class TrainedRunsCollection : ICollectionFixture<TrainedRuns>
{
    public const string Name = "trained runs";
}
