namespace Nabla.Operations;

/// <summary>z = x − y.</summary>
public readonly record struct Subtract : IBinaryFormula
{
    /// <inheritdoc/>
    public static Needs Needs => Needs.None;

    /// <inheritdoc/>
    public static bool TakesIntegers => true;

    /// <inheritdoc/>
    string IBinaryFormula.Glyph => "−";

    /// <inheritdoc/>
    public T Value<T>(T x, T y)
        where T : ILane<T>
        => x - y;

    /// <inheritdoc/>
    public T DownstreamLeft<T>(T upstream, T x, T y, T z)
        where T : ILane<T>
        => upstream;

    /// <inheritdoc/>
    public T DownstreamRight<T>(T upstream, T x, T y, T z)
        where T : ILane<T>
        => -upstream;
}
