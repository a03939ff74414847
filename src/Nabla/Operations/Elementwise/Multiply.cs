namespace Nabla.Operations;

/// <summary>z = x y. A swap multiplier: each input receives the upstream gradient times the other input.</summary>
public readonly record struct Multiply : IBinaryFormula
{
    /// <inheritdoc/>
    public static Needs Needs => Needs.Inputs;

    /// <inheritdoc/>
    public static bool TakesIntegers => true;

    /// <inheritdoc/>
    public static GatePattern Pattern => GatePattern.SwapMultiplier;

    /// <inheritdoc/>
    string IBinaryFormula.Glyph => "×";

    /// <inheritdoc/>
    public T Value<T>(T x, T y)
        where T : ILane<T>
        => x * y;

    /// <inheritdoc/>
    public T DownstreamLeft<T>(T upstream, T x, T y, T z)
        where T : ILane<T>
        => upstream * y;

    /// <inheritdoc/>
    public T DownstreamRight<T>(T upstream, T x, T y, T z)
        where T : ILane<T>
        => upstream * x;
}
