namespace Nabla.Operations;

/// <summary>z = x / y.</summary>
public readonly record struct Divide : IBinaryFormula
{
    /// <inheritdoc/>
    public static Needs Needs => Needs.Inputs | Needs.Output;

    /// <inheritdoc/>
    string IBinaryFormula.Glyph => "÷";

    /// <inheritdoc/>
    public T Value<T>(T x, T y)
        where T : ILane<T>
        => x / y;

    /// <inheritdoc/>
    public T DownstreamLeft<T>(T upstream, T x, T y, T z)
        where T : ILane<T>
        => upstream / y;

    /// <inheritdoc/>
    public T DownstreamRight<T>(T upstream, T x, T y, T z)
        where T : ILane<T>
        => -(upstream * z / y);
}
