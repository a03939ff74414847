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

    public required bool Interrupted { get; init; }

    public double? TestAccuracy { get; init; }

    public required double TrainSeconds { get; init; }
}

/// <summary>The means and deviations that a table's columns were standardised with.</summary>
internal sealed record ScalingRecord(string[] Columns, double[] Means, double[] Deviations)
{
    public static ScalingRecord? Of(FeatureScaling? scaling) =>
        scaling is null ? null : new([.. scaling.ColumnNames], [.. scaling.Means], [.. scaling.Deviations]);

    public FeatureScaling ToScaling() => new([.. Columns], [.. Means], [.. Deviations]);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunRecord))]
internal sealed partial class RunJson : JsonSerializerContext;
