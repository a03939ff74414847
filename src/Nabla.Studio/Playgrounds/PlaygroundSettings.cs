namespace Nabla.Playgrounds;

/// <summary>Everything about a playground training that a person can set; docs/studio.md.</summary>
internal sealed record PlaygroundSettings
{
    public DataSettings Data { get; init; } = new();

    public NetworkSettings Network { get; init; } = new();

    public TrainingSettings Training { get; init; } = new();

    /// <summary>The first thing that is out of its bounds, told to the person who set it; null where all is well.</summary>
    public string? Fault(Language language) => Data.Fault(language) ?? Network.Fault(language) ?? Training.Fault(language);
}
