using System.Collections.Immutable;
using System.Globalization;

namespace Nabla;

/// <summary>A training as a file: the model as <see cref="Weights"/> writes it, the optimizer under names that begin with training/, the place in
/// the metadata.</summary>
internal static class TrainingCheckpoint
{
    private const string Optimizer = Weights.TrainingPrefix + "optimizer/";

    public static void Save(string path, Trainer trainer, Progress progress, IReadOnlyDictionary<string, string>? metadata)
    {
        Dictionary<string, string> texts = metadata is null ? [] : new(metadata, StringComparer.Ordinal);
        if (texts.Keys.FirstOrDefault(key => key.StartsWith(Weights.TrainingPrefix, StringComparison.Ordinal)) is { } taken)
            throw new ArgumentException($"metadata keys need to begin otherwise than with {Weights.TrainingPrefix}, got {taken}", nameof(metadata));
        foreach ((string key, string value) in Conditions(trainer)) texts[Weights.TrainingPrefix + key] = value;
        texts[Weights.TrainingPrefix + "progress"] = string.Create(CultureInfo.InvariantCulture,
            $"{progress.Epoch} {progress.StepInEpoch} {progress.LossSum:R} {progress.Correct} {progress.Classified}");
        IEnumerable<(string Name, Cell Cell)> cells = Weights.Cells(trainer.Model)
            .Concat(trainer.Optimizer.Cells().Select(cell => (Optimizer + cell.Name, cell.Cell)));
        SafetensorsFile.Write(path, [.. cells.Select(cell => StoredTensors.Entry(cell.Name, cell.Cell))], texts);
    }

    public static Progress Load(string path, Trainer trainer)
    {
        SafetensorsContent content = SafetensorsFile.Read(path);
        if (!content.Metadata.TryGetValue(Weights.TrainingPrefix + "progress", out string? place))
            throw new CheckpointException($"{path} holds weights and no training to resume; read it with Weights.Load and begin a new training");
        // What the next steps compute depends on these as much as on the weights: with others, resumed would not be uninterrupted.
        string[] different =
        [
            .. Conditions(trainer)
                .Select(now => (now.Key, Now: now.Value, Saved: content.Metadata.GetValueOrDefault(Weights.TrainingPrefix + now.Key, "nothing")))
                .Where(pair => pair.Now != pair.Saved)
                .Select(pair => $"{pair.Key} (the file has {pair.Saved}, the trainer {pair.Now})"),
        ];
        if (different.Length > 0)
        {
            throw new CheckpointException($"{path} was saved by another training, which cannot go on here: {string.Join("; ", different)}; "
                + "build the trainer as it was, or read the weights alone with Weights.Load");
        }
        Progress progress = Parse(path, place, trainer.Loader.StepsPerEpoch);
        List<(string Name, Cell Cell)> cells =
            [.. Weights.Cells(trainer.Model), .. trainer.Optimizer.Cells().Select(cell => (Optimizer + cell.Name, cell.Cell))];
        StoredTensors.Restore(path, "the training", cells, content.Entries, strict: true);
        return progress;
    }

    private static IEnumerable<KeyValuePair<string, string>> Conditions(Trainer trainer)
    {
        DataLoader loader = trainer.Loader;
        yield return new("rule", $"{trainer.Optimizer.Rule}");
        yield return new("seed", string.Create(CultureInfo.InvariantCulture, $"{trainer.Options.Seed}"));
        yield return new("clip_norm", trainer.Options.ClipNorm?.ToString("R", CultureInfo.InvariantCulture) ?? "none");
        yield return new("order", string.Create(CultureInfo.InvariantCulture,
            $"{loader.Dataset.Count} samples by {loader.BatchSize}, seed {loader.Seed}, shuffle {loader.Shuffle}, drop last {loader.DropLast}"));
    }

    private static Progress Parse(string path, string place, int steps)
    {
        string[] parts = place.Split(' ');
        CultureInfo culture = CultureInfo.InvariantCulture;
        return parts.Length == 5
            && int.TryParse(parts[0], NumberStyles.None, culture, out int epoch)
            && int.TryParse(parts[1], NumberStyles.None, culture, out int step) && step <= steps
            && double.TryParse(parts[2], NumberStyles.Float, culture, out double lossSum)
            && long.TryParse(parts[3], NumberStyles.None, culture, out long correct)
            && long.TryParse(parts[4], NumberStyles.None, culture, out long classified)
            ? new Progress(epoch, step, lossSum, correct, classified)
            : throw new CheckpointException(
                $"{path}: the place in the training needs five numbers, got '{place}'; the file is damaged: save it again");
    }
}
