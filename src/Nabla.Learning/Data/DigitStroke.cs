namespace Nabla;

/// <summary>The points one stroke of the pen passes.</summary>
internal sealed class DigitStroke((float X, float Y)[] points)
{
    public ReadOnlySpan<(float X, float Y)> Points => points;

    /// <summary>True where the pen returns to its first point.</summary>
    public bool IsClosed => points[0] == points[^1];
}
