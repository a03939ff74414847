namespace Nabla.Operations;

/// <summary>z = x + y. A gradient distributor: both inputs receive the upstream gradient unchanged.</summary>
public readonly record struct Add : IBinaryFormula
{
    /// <inheritdoc/>
    public static Needs Needs => Needs.None;

    /// <inheritdoc/>
    public static bool TakesIntegers => true;

    /// <inheritdoc/>
    public static GatePattern Pattern => GatePattern.GradientDistributor;

    /// <inheritdoc/>
    string IBinaryFormula.Glyph => "+";

    /// <inheritdoc/>
    public T Value<T>(T x, T y)
        where T : ILane<T>
        => x + y;

    /// <inheritdoc/>
    public T DownstreamLeft<T>(T upstream, T x, T y, T z)
        where T : ILane<T>
        => upstream;

    /// <inheritdoc/>
    public T DownstreamRight<T>(T upstream, T x, T y, T z)
        where T : ILane<T>
        => upstream;
}
