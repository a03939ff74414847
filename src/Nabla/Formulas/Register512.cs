using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>A formula read with a 512-bit register: 16 floats or 8 doubles at once; lane j holds element i + j.</summary>
/// <remarks>Its twin is <see cref="Register256{T}"/>, the same lines for processors without such registers: an element's bits are the same in both.</remarks>
/// <param name="value">The register.</param>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct Register512<T>(Vector512<T> value) : IRegisterLane<Register512<T>, T>
    where T : unmanaged
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The register.</summary>
    public Vector512<T> Value { get; } = value;

    /// <inheritdoc/>
    public static int Count => Vector512<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Load(T* source) => new(Vector512.Load(source));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Fill(T value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(T* destination) => Value.Store(destination);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public T First() => Value.ToScalar();

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public ulong Positive() => Vector512.GreaterThan(Value, Vector512<T>.Zero).ExtractMostSignificantBits();

    [MethodImpl(Inline)]
    private static Vector512<T> Of(double constant) =>
        typeof(T) == typeof(float) ? Vector512.Create((float)constant).As<float, T>() : Vector512.Create(constant).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> operator +(Register512<T> left, Register512<T> right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> operator +(double left, Register512<T> right) => new(Of(left) + right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> operator +(Register512<T> left, double right) => new(left.Value + Of(right));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> operator -(Register512<T> left, Register512<T> right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> operator -(double left, Register512<T> right) => new(Of(left) - right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> operator -(Register512<T> left, double right) => new(left.Value - Of(right));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> operator -(Register512<T> value) => new(-value.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> operator *(Register512<T> left, Register512<T> right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> operator *(double left, Register512<T> right) => new(Of(left) * right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> operator *(Register512<T> left, double right) => new(left.Value * Of(right));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> operator /(Register512<T> left, Register512<T> right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> operator /(double left, Register512<T> right) => new(Of(left) / right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> operator /(Register512<T> left, double right) => new(left.Value / Of(right));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Constant(double value, Register512<T> like) => new(Of(value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> MultiplyAdd(Register512<T> x, Register512<T> y, Register512<T> z) => new(typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(x.Value.As<T, float>(), y.Value.As<T, float>(), z.Value.As<T, float>()).As<float, T>()
        : Vector512.FusedMultiplyAdd(x.Value.As<T, double>(), y.Value.As<T, double>(), z.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Exp(Register512<T> x) => new(typeof(T) == typeof(float)
        ? SingleExponential.Of(x.Value.As<T, float>()).As<float, T>()
        : Vector512.Exp(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Expm1(Register512<T> x) => SpecialFunctions.Expm1(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Log(Register512<T> x) => new(typeof(T) == typeof(float)
        ? Vector512.Log(x.Value.As<T, float>()).As<float, T>()
        : Vector512.Log(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Log1p(Register512<T> x) => SpecialFunctions.Log1p(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Sqrt(Register512<T> x) => new(Vector512.Sqrt(x.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Sin(Register512<T> x) => new(typeof(T) == typeof(float)
        ? Vector512.Sin(x.Value.As<T, float>()).As<float, T>()
        : Vector512.Sin(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Cos(Register512<T> x) => new(typeof(T) == typeof(float)
        ? Vector512.Cos(x.Value.As<T, float>()).As<float, T>()
        : Vector512.Cos(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Tanh(Register512<T> x) => typeof(T) == typeof(float) ? SpecialFunctions.TanhSingle(x) : SpecialFunctions.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Sigmoid(Register512<T> x) => 1 / (1 + Exp(-x));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Erf(Register512<T> x) => typeof(T) == typeof(float) ? SpecialFunctions.ErfSingle(x) : SpecialFunctions.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Abs(Register512<T> x) => new(Vector512.Abs(x.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Floor(Register512<T> x) => new(typeof(T) == typeof(float)
        ? Vector512.Floor(x.Value.As<T, float>()).As<float, T>()
        : Vector512.Floor(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Ceiling(Register512<T> x) => new(typeof(T) == typeof(float)
        ? Vector512.Ceiling(x.Value.As<T, float>()).As<float, T>()
        : Vector512.Ceiling(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Round(Register512<T> x) => new(typeof(T) == typeof(float)
        ? Vector512.Round(x.Value.As<T, float>()).As<float, T>()
        : Vector512.Round(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    /// <remarks>Element by element: a power that is right in all corners is not worth a vector version of its own.</remarks>
    public static Register512<T> Power(Register512<T> x, Register512<T> y)
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
    public static Register512<T> Max(Register512<T> x, Register512<T> y) => new(Vector512.Max(x.Value, y.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Min(Register512<T> x, Register512<T> y) => new(Vector512.Min(x.Value, y.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Greater(Register512<T> x, Register512<T> y) => new(Vector512.GreaterThan(x.Value, y.Value) & Vector512<T>.One);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Equal(Register512<T> x, Register512<T> y) => new(Vector512.Equals(x.Value, y.Value) & Vector512<T>.One);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register512<T> Select(Register512<T> condition, Register512<T> positive, Register512<T> otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(condition.Value, Vector512<T>.Zero), positive.Value, otherwise.Value));
}
