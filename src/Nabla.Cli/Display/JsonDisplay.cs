using System.Buffers;
using System.Text;
using System.Text.Json;
using Nabla.Cli.Runs;

namespace Nabla.Cli.Display;

/// <summary>One JSON object a line, for programs.</summary>
internal sealed class JsonDisplay(RunFolder folder) : ITrainingDisplay
{
    private double seconds;

    public void Begin(Dataset train, Dataset test, string origin, Module model)
    {
    }

    public void Step(StepReport report)
    {
    }

    public void Epoch(EpochReport report)
    {
        seconds += report.Seconds;
        Console.WriteLine(Line(report));
    }

    public void Done(Evaluation test, double trainSeconds) => End("done", test.Accuracy, trainSeconds);

    public void Interrupted() => End("interrupted", null, seconds);

    public void Failed()
    {
    }

    /// <summary>An epoch as one line; what history.jsonl holds.</summary>
    public static string Line(EpochReport report) => Write(json =>
    {
        json.WriteString("event", "epoch");
        json.WriteNumber("epoch", report.Epoch);
        Number(json, "train_loss", report.TrainLoss);
        if (report.TrainAccuracy is { } accuracy) json.WriteNumber("train_accuracy", accuracy);
        if (report.Test is { } test)
        {
            Number(json, "test_loss", test.MeanLoss);
            json.WriteNumber("test_accuracy", test.Accuracy);
        }
        json.WriteNumber("seconds", Math.Round(report.Seconds, 4));
        json.WriteNumber("samples_per_second", Math.Round(report.SamplesPerSecond));
    });

    private void End(string name, double? accuracy, double trainSeconds) => Console.WriteLine(Write(json =>
    {
        json.WriteString("event", name);
        if (accuracy is { } value) json.WriteNumber("test_accuracy", value);
        json.WriteNumber("train_seconds", Math.Round(trainSeconds, 4));
        json.WriteString("run", folder.Path);
    }));

    /// <summary>JSON has no word for infinity: what is not finite is null.</summary>
    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    private static string Write(Action<Utf8JsonWriter> members)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
