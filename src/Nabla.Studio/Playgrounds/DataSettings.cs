namespace Nabla.Playgrounds;

/// <summary>Points in the plane from −1 to 1, each of one of two classes.</summary>
internal sealed record DataSettings
{
    public static readonly string[] Kinds = ["spirals", "circles", "xor", "blobs", "points"];

    /// <summary>One of <see cref="Kinds"/>; <c>points</c> are those drawn by hand.</summary>
    public string Kind { get; init; } = "circles";

    public int Count { get; init; } = 200;

    /// <summary>How far points stray, 0 to 0.5.</summary>
    public double Noise { get; init; } = 0.08;

    public ulong Seed { get; init; } = 1;

    /// <summary>The points drawn by hand.</summary>
    public IReadOnlyList<PlanePoint> Points { get; init; } = [];

    public string? Fault(Language language)
    {
        if (!Kinds.Contains(Kind)) return PlaygroundTexts.OneOf(language, "data.kind", Kind, Kinds);
        if (Count is < 10 or > 1000) return PlaygroundTexts.Between(language, "data.count", Count, 10, 1000);
        if (!(Noise is >= 0 and <= 0.5)) return PlaygroundTexts.Between(language, "data.noise", Noise, 0, 0.5);
        if (Points.Count > 500) return PlaygroundTexts.Between(language, "data.points", Points.Count, 0, 500);
        foreach (PlanePoint point in Points)
        {
            if (point is null || !(Math.Abs(point.X) <= 1 && Math.Abs(point.Y) <= 1) || point.Label is not (0 or 1))
                return PlaygroundTexts.In(language, "a point needs x and y from -1 to 1 and label 0 or 1", "점의 x와 y는 -1부터 1까지, label은 0 또는 1이어야 합니다");
        }
        return null;
    }
}
