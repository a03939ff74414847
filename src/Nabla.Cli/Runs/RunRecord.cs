using System.Text.Json.Serialization;
using Nabla.Cli.Models;

namespace Nabla.Cli.Runs;

/// <summary>What <c>run.json</c> of a finished training says: enough to evaluate and predict with it, and to do it again.</summary>
internal sealed record RunRecord
{
    public required string Nabla { get; init; }

    public required ModelSettings Model { get; init; }

    public required string Data { get; init; }

    public string? LabelColumn { get; init; }

    public ScalingRecord? Scaling { get; init; }

    public required ulong Seed { get; init; }

    public required int Epochs { get; init; }

    public required int EpochsDone { get; init; }

    public required int BatchSize { get; init; }

    public required string Optimizer { get; init; }

    public required double LearningRate { get; init; }

    public string Schedule { get; init; } = Commands.TrainOptions.Constant;

    public required bool Interrupted { get; init; }

    public double? TestAccuracy { get; init; }

    public required double TrainSeconds { get; init; }

    /// <summary>What no training wrote like that; null where a network can be built from the record.</summary>
    [JsonIgnore]
    public string? Flaw
    {
        get
        {
            const long mostValues = 1 << 28;
            long values = 1;
            foreach (int extent in Model.SampleShape)
            {
                if (extent < 1 || values * extent > mostValues) return "sample_shape is no shape of a sample";
                values *= extent;
            }
            if (Model.SampleShape.Length == 0) return "sample_shape is empty";
            if (Model.Classes.Length == 0) return "classes is empty";
            if (Model.Hidden.Any(width => width is < 1 or > 65536)) return "hidden has a width outside 1 to 65536";
            if (!Activation.Names.Contains(Model.Activation, StringComparer.OrdinalIgnoreCase)) return $"there is no activation '{Model.Activation}'";
            if (Scaling is null) return Model.SampleShape.Length == 3 ? null : "sample_shape is not that of an image, and scaling is missing";
            if (LabelColumn is null) return "label_column is missing";
            return Model.SampleShape.SequenceEqual([Scaling.Columns.Length]) ? null : "sample_shape does not fit the columns of scaling";
        }
    }
}

/// <summary>The means and deviations that a table's columns were standardised with.</summary>
internal sealed record ScalingRecord(string[] Columns, double[] Means, double[] Deviations)
{
    public static ScalingRecord? Of(FeatureScaling? scaling) =>
        scaling is null ? null : new([.. scaling.ColumnNames], [.. scaling.Means], [.. scaling.Deviations]);

    public FeatureScaling ToScaling() => new([.. Columns], [.. Means], [.. Deviations]);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunRecord))]
internal sealed partial class RunJson : JsonSerializerContext;
