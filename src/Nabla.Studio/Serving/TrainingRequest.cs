using Nabla.Playgrounds;

namespace Nabla.Serving;

/// <summary>Settings of a playground training; a part that is left out stays as it is.</summary>
internal sealed record TrainingRequest
{
    public DataSettings? Data { get; init; }

    public NetworkSettings? Network { get; init; }

    public TrainingSettings? Training { get; init; }

    public string? Language { get; init; }

    public PlaygroundSettings Onto(PlaygroundSettings settings) =>
        new() { Data = Data ?? settings.Data, Network = Network ?? settings.Network, Training = Training ?? settings.Training };
}
