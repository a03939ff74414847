using System.Globalization;
using System.Text.Json;
using Nabla.Cli.Models;

namespace Nabla.Cli.Runs;

/// <summary>A folder that holds one training: <c>run.json</c>, <c>weights.safetensors</c> and <c>history.jsonl</c>.</summary>
internal sealed class RunFolder
{
    private const string RecordName = "run.json", WeightsName = "weights.safetensors", HistoryName = "history.jsonl";

    private RunFolder(string path) => Path = path;

    public string Path { get; }

    private string RecordPath => System.IO.Path.Combine(Path, RecordName);

    private string WeightsPath => System.IO.Path.Combine(Path, WeightsName);

    private string HistoryPath => System.IO.Path.Combine(Path, HistoryName);

    /// <summary>A new folder, or an empty one that is there; a run that is there already is never overwritten.</summary>
    /// <param name="path">As given, or null for a name by date below <c>runs</c>.</param>
    /// <param name="label">What the name by date says of the run.</param>
    public static RunFolder Create(string? path, string label)
    {
        if (path is null)
        {
            string stamp = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
            path = System.IO.Path.Combine("runs", $"{stamp}-{label}");
            for (int i = 2; Directory.Exists(path); i++) path = System.IO.Path.Combine("runs", $"{stamp}-{label}-{i}");
        }
        Check(path);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the folder {path} cannot be made ({exception.Message.TrimEnd('.')}); name another with --out");
        }
        return new(path);
    }

    /// <summary>Refuses a folder that cannot take a new run.</summary>
    public static void Check(string path)
    {
        if (path.Length == 0) throw new UsageException("--out needs the name of a folder, got nothing");
        if (File.Exists(path)) throw new UsageException($"--out {path} is a file; name a folder");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new UsageException($"--out {path} has something in it already; name a new or empty folder, so that nothing is overwritten");
    }

    /// <summary>Takes the folder away where nothing was saved in it.</summary>
    public void RemoveIfEmpty()
    {
        if (!Directory.EnumerateFileSystemEntries(Path).Any()) Directory.Delete(Path);
    }

    /// <summary>A run that was saved before.</summary>
    public static RunFolder Open(string path)
    {
        RunFolder folder = new(path);
        if (Directory.Exists(path) && File.Exists(folder.RecordPath)) return folder;
        string found = !Directory.Exists(path) ? "there is no such folder" : $"there is no {RecordName} in it";
        throw new UsageException($"{path} is not a saved run: {found}; 'nabla train' makes one and says where");
    }

    /// <summary>One line of history, on the disk at once.</summary>
    public void Append(string json) => File.AppendAllText(HistoryPath, json + "\n");

    /// <summary>Saves weights and record; what was saved before is replaced only once the new file is whole.</summary>
    public void Save(Module model, RunRecord record)
    {
        Weights.Save(WeightsPath, model, new Dictionary<string, string> { ["nabla"] = record.Nabla, ["model"] = record.Model.Model });
        string temporary = RecordPath + ".tmp";
        using (FileStream file = File.Create(temporary))
        {
            JsonSerializer.Serialize(file, record, RunJson.Default.RunRecord);
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, RecordPath, overwrite: true);
    }

    public RunRecord ReadRecord()
    {
        try
        {
            using FileStream file = File.OpenRead(RecordPath);
            RunRecord record = JsonSerializer.Deserialize(file, RunJson.Default.RunRecord) ?? throw new JsonException("it says null");
            return record.Flaw is { } flaw ? throw new JsonException(flaw) : record;
        }
        catch (JsonException exception)
        {
            throw new CheckpointException(
                $"{RecordPath} is damaged: {exception.Message.TrimEnd('.')}; train again, or take {RecordName} from a copy");
        }
    }

    /// <summary>The network with its saved weights.</summary>
    public Module ReadModel(RunRecord record)
    {
        try
        {
            Module model = ModelCatalog.Create(record.Model, RandomKey.FromSeed(record.Seed));
            Weights.Load(WeightsPath, model);
            return model;
        }
        catch (UsageException exception)
        {
            throw new CheckpointException($"{RecordPath} is damaged: {exception.Message}");
        }
    }
}
