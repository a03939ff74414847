namespace Nabla.Operations;

/// <summary>y = a constant · x.</summary>
/// <param name="Factor">What is multiplied by.</param>
public readonly record struct Scale(double Factor) : IUnaryFormula
{
    /// <inheritdoc/>
    public static Needs Needs => Needs.None;

    /// <inheritdoc/>
    public static bool TakesIntegers => true;

    /// <inheritdoc/>
    string IUnaryFormula.Glyph => FormulaText.Number(Factor, "×");

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : ILane<T>
        => Factor * x;

    /// <inheritdoc/>
    public T Derivative<T>(T x, T y)
        where T : ILane<T>
        => T.Constant(Factor, x);
}
