using System.Numerics;

namespace Nabla;

/// <summary>A formula read with one number: the reference that the fast readings are held against.</summary>
/// <param name="value">The number.</param>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct Scalar<T>(T value) : IFusedLane<Scalar<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number.</summary>
    public T Value { get; } = value;

    private static T Of(double constant) => T.CreateTruncating(constant);

    /// <inheritdoc/>
    public static Scalar<T> operator +(Scalar<T> left, Scalar<T> right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static Scalar<T> operator +(double left, Scalar<T> right) => new(Of(left) + right.Value);

    /// <inheritdoc/>
    public static Scalar<T> operator +(Scalar<T> left, double right) => new(left.Value + Of(right));

    /// <inheritdoc/>
    public static Scalar<T> operator -(Scalar<T> left, Scalar<T> right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static Scalar<T> operator -(double left, Scalar<T> right) => new(Of(left) - right.Value);

    /// <inheritdoc/>
    public static Scalar<T> operator -(Scalar<T> left, double right) => new(left.Value - Of(right));

    /// <inheritdoc/>
    public static Scalar<T> operator -(Scalar<T> value) => new(-value.Value);

    /// <inheritdoc/>
    public static Scalar<T> operator *(Scalar<T> left, Scalar<T> right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    public static Scalar<T> operator *(double left, Scalar<T> right) => new(Of(left) * right.Value);

    /// <inheritdoc/>
    public static Scalar<T> operator *(Scalar<T> left, double right) => new(left.Value * Of(right));

    /// <inheritdoc/>
    public static Scalar<T> operator /(Scalar<T> left, Scalar<T> right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    public static Scalar<T> operator /(double left, Scalar<T> right) => new(Of(left) / right.Value);

    /// <inheritdoc/>
    public static Scalar<T> operator /(Scalar<T> left, double right) => new(left.Value / Of(right));

    /// <inheritdoc/>
    public static Scalar<T> Constant(double value, Scalar<T> like) => new(Of(value));

    /// <inheritdoc/>
    static Scalar<T> IFusedLane<Scalar<T>>.MultiplyAdd(Scalar<T> x, Scalar<T> y, Scalar<T> z) =>
        new(T.FusedMultiplyAdd(x.Value, y.Value, z.Value));

    /// <inheritdoc/>
    public static Scalar<T> Exp(Scalar<T> x) => new(T.Exp(x.Value));

    /// <inheritdoc/>
    public static Scalar<T> Expm1(Scalar<T> x) => SpecialFunctions.Expm1(x);

    /// <inheritdoc/>
    public static Scalar<T> Log(Scalar<T> x) => new(T.Log(x.Value));

    /// <inheritdoc/>
    public static Scalar<T> Log1p(Scalar<T> x) => SpecialFunctions.Log1p(x);

    /// <inheritdoc/>
    public static Scalar<T> Sqrt(Scalar<T> x) => new(T.Sqrt(x.Value));

    /// <inheritdoc/>
    public static Scalar<T> Sin(Scalar<T> x) => new(T.Sin(x.Value));

    /// <inheritdoc/>
    public static Scalar<T> Cos(Scalar<T> x) => new(T.Cos(x.Value));

    /// <inheritdoc/>
    public static Scalar<T> Tanh(Scalar<T> x) => new(T.Tanh(x.Value));

    /// <inheritdoc/>
    public static Scalar<T> Sigmoid(Scalar<T> x) => 1 / (1 + Exp(-x));

    /// <inheritdoc/>
    public static Scalar<T> Erf(Scalar<T> x) => SpecialFunctions.Erf(x);

    /// <inheritdoc/>
    public static Scalar<T> Abs(Scalar<T> x) => new(T.Abs(x.Value));

    /// <inheritdoc/>
    public static Scalar<T> Floor(Scalar<T> x) => new(T.Floor(x.Value));

    /// <inheritdoc/>
    public static Scalar<T> Ceiling(Scalar<T> x) => new(T.Ceiling(x.Value));

    /// <inheritdoc/>
    public static Scalar<T> Round(Scalar<T> x) => new(T.Round(x.Value, MidpointRounding.ToEven));

    /// <inheritdoc/>
    public static Scalar<T> Power(Scalar<T> x, Scalar<T> y) => new(T.Pow(x.Value, y.Value));

    /// <inheritdoc/>
    public static Scalar<T> Max(Scalar<T> x, Scalar<T> y) => new(T.Max(x.Value, y.Value));

    /// <inheritdoc/>
    public static Scalar<T> Min(Scalar<T> x, Scalar<T> y) => new(T.Min(x.Value, y.Value));

    /// <inheritdoc/>
    public static Scalar<T> Greater(Scalar<T> x, Scalar<T> y) => new(x.Value > y.Value ? T.One : T.Zero);

    /// <inheritdoc/>
    public static Scalar<T> Equal(Scalar<T> x, Scalar<T> y) => new(x.Value == y.Value ? T.One : T.Zero);

    /// <inheritdoc/>
    public static Scalar<T> Select(Scalar<T> condition, Scalar<T> positive, Scalar<T> otherwise) =>
        condition.Value > T.Zero ? positive : otherwise;
}
