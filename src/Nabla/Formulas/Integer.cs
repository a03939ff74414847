using System.Numerics;

namespace Nabla;

/// <summary>A formula read with one whole number; wraps around as C# does. Only formulas that say so take integers, so the rest is refused.</summary>
/// <param name="value">The number.</param>
/// <typeparam name="T">int, long or byte.</typeparam>
internal readonly struct Integer<T>(T value) : ILane<Integer<T>>
    where T : unmanaged, IBinaryInteger<T>
{
    public T Value { get; } = value;

    // x * 0.5 would silently be x * 0. Infinite bounds are the type's own ends.
    private static T Of(double constant) => double.IsInteger(constant) || double.IsInfinity(constant)
        ? T.CreateSaturating(constant)
        : throw new ArgumentException($"a tensor of {DTypes.Of<T>()} takes whole constants, got {constant}; Cast it to Float32 first");

    private static Integer<T> Refuse() => throw new NotSupportedException(
        $"a formula that takes integers may use +, -, *, Abs, Max, Min, Greater, Equal and Select, not more; {typeof(T).Name} has no other");

    public static Integer<T> operator +(Integer<T> left, Integer<T> right) => new(left.Value + right.Value);

    public static Integer<T> operator +(double left, Integer<T> right) => new(Of(left) + right.Value);

    public static Integer<T> operator +(Integer<T> left, double right) => new(left.Value + Of(right));

    public static Integer<T> operator -(Integer<T> left, Integer<T> right) => new(left.Value - right.Value);

    public static Integer<T> operator -(double left, Integer<T> right) => new(Of(left) - right.Value);

    public static Integer<T> operator -(Integer<T> left, double right) => new(left.Value - Of(right));

    public static Integer<T> operator -(Integer<T> value) => new(-value.Value);

    public static Integer<T> operator *(Integer<T> left, Integer<T> right) => new(left.Value * right.Value);

    public static Integer<T> operator *(double left, Integer<T> right) => new(Of(left) * right.Value);

    public static Integer<T> operator *(Integer<T> left, double right) => new(left.Value * Of(right));

    public static Integer<T> operator /(Integer<T> left, Integer<T> right) => Refuse();

    public static Integer<T> operator /(double left, Integer<T> right) => Refuse();

    public static Integer<T> operator /(Integer<T> left, double right) => Refuse();

    public static Integer<T> Constant(double value, Integer<T> like) => new(Of(value));

    public static Integer<T> Exp(Integer<T> x) => Refuse();

    public static Integer<T> Expm1(Integer<T> x) => Refuse();

    public static Integer<T> Log(Integer<T> x) => Refuse();

    public static Integer<T> Log1p(Integer<T> x) => Refuse();

    public static Integer<T> Sqrt(Integer<T> x) => Refuse();

    public static Integer<T> Sin(Integer<T> x) => Refuse();

    public static Integer<T> Cos(Integer<T> x) => Refuse();

    public static Integer<T> Tanh(Integer<T> x) => Refuse();

    public static Integer<T> Sigmoid(Integer<T> x) => Refuse();

    public static Integer<T> Erf(Integer<T> x) => Refuse();

    public static Integer<T> Abs(Integer<T> x) => new(T.Abs(x.Value));

    public static Integer<T> Floor(Integer<T> x) => x;

    public static Integer<T> Ceiling(Integer<T> x) => x;

    public static Integer<T> Round(Integer<T> x) => x;

    public static Integer<T> Power(Integer<T> x, Integer<T> y) => Refuse();

    public static Integer<T> Max(Integer<T> x, Integer<T> y) => new(T.Max(x.Value, y.Value));

    public static Integer<T> Min(Integer<T> x, Integer<T> y) => new(T.Min(x.Value, y.Value));

    public static Integer<T> Greater(Integer<T> x, Integer<T> y) => new(x.Value > y.Value ? T.One : T.Zero);

    public static Integer<T> Equal(Integer<T> x, Integer<T> y) => new(x.Value == y.Value ? T.One : T.Zero);

    public static Integer<T> Select(Integer<T> condition, Integer<T> positive, Integer<T> otherwise) =>
        condition.Value > T.Zero ? positive : otherwise;
}
