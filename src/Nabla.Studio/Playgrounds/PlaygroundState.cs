namespace Nabla.Playgrounds;

/// <summary>What the page draws of a training at one moment; grids hold one byte a cell, 0 to 255, row by row from the top left.</summary>
internal sealed record PlaygroundState
{
    public required long Step { get; init; }

    public required double Epoch { get; init; }

    public required bool Running { get; init; }

    /// <summary>Why the training stopped by itself; null where it did not.</summary>
    public string? Fault { get; init; }

    public required double TrainLoss { get; init; }

    public required double TestLoss { get; init; }

    public required double TrainAccuracy { get; init; }

    public required double TestAccuracy { get; init; }

    /// <summary>Cells along a side of <see cref="Boundary"/>, and of a unit's grid.</summary>
    public required int BoundarySize { get; init; }

    public required int UnitSize { get; init; }

    /// <summary>The probability of class 1 over the plane, 255 for 1.</summary>
    public required byte[] Boundary { get; init; }

    public required IReadOnlyList<PlaygroundLayer> Layers { get; init; }
}
