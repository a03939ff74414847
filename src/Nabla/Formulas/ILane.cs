namespace Nabla;

/// <summary>
/// What a formula can be read with: a number (<see cref="Scalar{T}"/>), a SIMD register of 512 or 256 bits, a <see cref="Tensor"/> (which records
/// a differentiable graph), or text (<see cref="Symbol"/>). A formula written over it once is all of these.
/// </summary>
/// <remarks>A double among the operands is a constant; it takes the lane's element type.</remarks>
/// <typeparam name="TSelf">The lane itself.</typeparam>
public interface ILane<TSelf>
    where TSelf : ILane<TSelf>
{
    /// <summary>Sum.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Sum with a constant.</summary>
    static abstract TSelf operator +(double left, TSelf right);

    /// <summary>Sum with a constant.</summary>
    static abstract TSelf operator +(TSelf left, double right);

    /// <summary>Difference.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Difference from a constant.</summary>
    static abstract TSelf operator -(double left, TSelf right);

    /// <summary>Difference to a constant.</summary>
    static abstract TSelf operator -(TSelf left, double right);

    /// <summary>Negation.</summary>
    static abstract TSelf operator -(TSelf value);

    /// <summary>Product.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>Product with a constant.</summary>
    static abstract TSelf operator *(double left, TSelf right);

    /// <summary>Product with a constant.</summary>
    static abstract TSelf operator *(TSelf left, double right);

    /// <summary>Quotient.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>Quotient of a constant.</summary>
    static abstract TSelf operator /(double left, TSelf right);

    /// <summary>Quotient by a constant.</summary>
    static abstract TSelf operator /(TSelf left, double right);

    /// <summary>A constant in the element type of <paramref name="like"/>, where an operator with a number does not serve.</summary>
    static abstract TSelf Constant(double value, TSelf like);

    /// <summary>e^x.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary>e^x − 1, without cancellation near 0.</summary>
    static abstract TSelf Expm1(TSelf x);

    /// <summary>Natural logarithm; −∞ at 0, NaN below.</summary>
    static abstract TSelf Log(TSelf x);

    /// <summary>ln(1 + x), without cancellation near 0.</summary>
    static abstract TSelf Log1p(TSelf x);

    /// <summary>Square root; NaN below 0.</summary>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>Sine of x radians.</summary>
    static abstract TSelf Sin(TSelf x);

    /// <summary>Cosine of x radians.</summary>
    static abstract TSelf Cos(TSelf x);

    /// <summary>Hyperbolic tangent.</summary>
    static abstract TSelf Tanh(TSelf x);

    /// <summary>1 / (1 + e^-x).</summary>
    static abstract TSelf Sigmoid(TSelf x);

    /// <summary>Error function, 2/√π ∫₀ˣ e^(−t²) dt.</summary>
    static abstract TSelf Erf(TSelf x);

    /// <summary>Absolute value.</summary>
    static abstract TSelf Abs(TSelf x);

    /// <summary>The largest whole number ≤ x.</summary>
    static abstract TSelf Floor(TSelf x);

    /// <summary>The smallest whole number ≥ x.</summary>
    static abstract TSelf Ceiling(TSelf x);

    /// <summary>The nearest whole number; halves go to the even one.</summary>
    static abstract TSelf Round(TSelf x);

    /// <summary>x^y, as <see cref="Math.Pow"/> decides its corners (0^0 = 1).</summary>
    static abstract TSelf Power(TSelf x, TSelf y);

    /// <summary>The larger; NaN if either is.</summary>
    static abstract TSelf Max(TSelf x, TSelf y);

    /// <summary>The smaller; NaN if either is.</summary>
    static abstract TSelf Min(TSelf x, TSelf y);

    /// <summary>1 where x &gt; y, else 0 (also for NaN).</summary>
    static abstract TSelf Greater(TSelf x, TSelf y);

    /// <summary>1 where x = y, else 0 (also for NaN).</summary>
    static abstract TSelf Equal(TSelf x, TSelf y);

    /// <summary><paramref name="positive"/> where the condition is &gt; 0, else <paramref name="otherwise"/> (also where it is NaN).</summary>
    static abstract TSelf Select(TSelf condition, TSelf positive, TSelf otherwise);
}
