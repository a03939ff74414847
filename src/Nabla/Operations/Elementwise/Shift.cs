namespace Nabla.Operations;

/// <summary>y = x + a constant.</summary>
/// <param name="Amount">What is added.</param>
public readonly record struct Shift(double Amount) : IUnaryFormula
{
    /// <inheritdoc/>
    public static Needs Needs => Needs.None;

    /// <inheritdoc/>
    public static bool TakesIntegers => true;

    /// <inheritdoc/>
    public static GatePattern Pattern => GatePattern.GradientDistributor;

    /// <inheritdoc/>
    string IUnaryFormula.Glyph => FormulaText.Number(Amount, "+");

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : ILane<T>
        => x + Amount;

    /// <inheritdoc/>
    public T Derivative<T>(T x, T y)
        where T : ILane<T>
        => T.Constant(1, x);
}
