using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>A formula read with a SIMD register: 16 floats or 8 doubles at once; lane j holds element i + j.</summary>
/// <remarks>
/// One width serves every machine: where registers are narrower, the runtime splits each operation into two or four, so that the bits do not depend
/// on the machine's width.
/// </remarks>
/// <param name="value">The register.</param>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct Register<T>(Vector512<T> value) : ILane<Register<T>>
    where T : unmanaged
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The register.</summary>
    public Vector512<T> Value { get; } = value;

    [MethodImpl(Inline)]
    private static Vector512<T> Of(double constant) =>
        typeof(T) == typeof(float) ? Vector512.Create((float)constant).As<float, T>() : Vector512.Create(constant).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> operator +(Register<T> left, Register<T> right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> operator +(double left, Register<T> right) => new(Of(left) + right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> operator +(Register<T> left, double right) => new(left.Value + Of(right));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> operator -(Register<T> left, Register<T> right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> operator -(double left, Register<T> right) => new(Of(left) - right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> operator -(Register<T> left, double right) => new(left.Value - Of(right));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> operator -(Register<T> value) => new(-value.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> operator *(Register<T> left, Register<T> right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> operator *(double left, Register<T> right) => new(Of(left) * right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> operator *(Register<T> left, double right) => new(left.Value * Of(right));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> operator /(Register<T> left, Register<T> right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> operator /(double left, Register<T> right) => new(Of(left) / right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> operator /(Register<T> left, double right) => new(left.Value / Of(right));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Constant(double value, Register<T> like) => new(Of(value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Exp(Register<T> x) => new(typeof(T) == typeof(float)
        ? Vector512.Exp(x.Value.As<T, float>()).As<float, T>()
        : Vector512.Exp(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Expm1(Register<T> x) => SpecialFunctions.Expm1(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Log(Register<T> x) => new(typeof(T) == typeof(float)
        ? Vector512.Log(x.Value.As<T, float>()).As<float, T>()
        : Vector512.Log(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Log1p(Register<T> x) => SpecialFunctions.Log1p(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Sqrt(Register<T> x) => new(Vector512.Sqrt(x.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Sin(Register<T> x) => new(typeof(T) == typeof(float)
        ? Vector512.Sin(x.Value.As<T, float>()).As<float, T>()
        : Vector512.Sin(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Cos(Register<T> x) => new(typeof(T) == typeof(float)
        ? Vector512.Cos(x.Value.As<T, float>()).As<float, T>()
        : Vector512.Cos(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Tanh(Register<T> x) => SpecialFunctions.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Sigmoid(Register<T> x) => 1 / (1 + Exp(-x));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Erf(Register<T> x) => SpecialFunctions.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Abs(Register<T> x) => new(Vector512.Abs(x.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Floor(Register<T> x) => new(typeof(T) == typeof(float)
        ? Vector512.Floor(x.Value.As<T, float>()).As<float, T>()
        : Vector512.Floor(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Ceiling(Register<T> x) => new(typeof(T) == typeof(float)
        ? Vector512.Ceiling(x.Value.As<T, float>()).As<float, T>()
        : Vector512.Ceiling(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Round(Register<T> x) => new(typeof(T) == typeof(float)
        ? Vector512.Round(x.Value.As<T, float>()).As<float, T>()
        : Vector512.Round(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    /// <remarks>Element by element: a power that is right in all corners is not worth a vector version of its own.</remarks>
    public static Register<T> Power(Register<T> x, Register<T> y)
    {
        Vector512<T> result = default;
        for (int lane = 0; lane < Vector512<T>.Count; lane++)
        {
            if (typeof(T) == typeof(float))
            {
                float power = MathF.Pow(x.Value.As<T, float>()[lane], y.Value.As<T, float>()[lane]);
                result = result.As<T, float>().WithElement(lane, power).As<float, T>();
            }
            else
            {
                double power = Math.Pow(x.Value.As<T, double>()[lane], y.Value.As<T, double>()[lane]);
                result = result.As<T, double>().WithElement(lane, power).As<double, T>();
            }
        }
        return new(result);
    }

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Max(Register<T> x, Register<T> y) => new(Vector512.Max(x.Value, y.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Min(Register<T> x, Register<T> y) => new(Vector512.Min(x.Value, y.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Greater(Register<T> x, Register<T> y) => new(Vector512.GreaterThan(x.Value, y.Value) & Vector512<T>.One);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Equal(Register<T> x, Register<T> y) => new(Vector512.Equals(x.Value, y.Value) & Vector512<T>.One);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register<T> Select(Register<T> condition, Register<T> positive, Register<T> otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(condition.Value, Vector512<T>.Zero), positive.Value, otherwise.Value));
}
