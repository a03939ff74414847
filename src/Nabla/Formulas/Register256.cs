using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>A formula read with a 256-bit register: 8 floats or 4 doubles at once; lane j holds element i + j.</summary>
/// <remarks>
/// The same lines as <see cref="Register512{T}"/>: one register twice as wide that the runtime splits is up to twenty times slower in long formulas
/// (erf: 0.8 against 16 ns an element), because the halves no longer fit into one method. Where registers have 128 bits the runtime splits these.
/// </remarks>
/// <param name="value">The register.</param>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct Register256<T>(Vector256<T> value) : IRegisterLane<Register256<T>, T>
    where T : unmanaged
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>The register.</summary>
    public Vector256<T> Value { get; } = value;

    /// <inheritdoc/>
    public static int Count => Vector256<T>.Count;

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Load(T* source) => new(Vector256.Load(source));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Fill(T value) => new(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public void Store(T* destination) => Value.Store(destination);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public T First() => Value.ToScalar();

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public ulong Positive() => Vector256.GreaterThan(Value, Vector256<T>.Zero).ExtractMostSignificantBits();

    [MethodImpl(Inline)]
    private static Vector256<T> Of(double constant) =>
        typeof(T) == typeof(float) ? Vector256.Create((float)constant).As<float, T>() : Vector256.Create(constant).As<double, T>();

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> operator +(Register256<T> left, Register256<T> right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> operator +(double left, Register256<T> right) => new(Of(left) + right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> operator +(Register256<T> left, double right) => new(left.Value + Of(right));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> operator -(Register256<T> left, Register256<T> right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> operator -(double left, Register256<T> right) => new(Of(left) - right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> operator -(Register256<T> left, double right) => new(left.Value - Of(right));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> operator -(Register256<T> value) => new(-value.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> operator *(Register256<T> left, Register256<T> right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> operator *(double left, Register256<T> right) => new(Of(left) * right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> operator *(Register256<T> left, double right) => new(left.Value * Of(right));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> operator /(Register256<T> left, Register256<T> right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> operator /(double left, Register256<T> right) => new(Of(left) / right.Value);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> operator /(Register256<T> left, double right) => new(left.Value / Of(right));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Constant(double value, Register256<T> like) => new(Of(value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> MultiplyAdd(Register256<T> x, Register256<T> y, Register256<T> z) => new(typeof(T) == typeof(float)
        ? Vector256.FusedMultiplyAdd(x.Value.As<T, float>(), y.Value.As<T, float>(), z.Value.As<T, float>()).As<float, T>()
        : Vector256.FusedMultiplyAdd(x.Value.As<T, double>(), y.Value.As<T, double>(), z.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Exp(Register256<T> x) => new(typeof(T) == typeof(float)
        ? SingleExponential.Of(x.Value.As<T, float>()).As<float, T>()
        : Vector256.Exp(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Expm1(Register256<T> x) => SpecialFunctions.Expm1(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Log(Register256<T> x) => new(typeof(T) == typeof(float)
        ? Vector256.Log(x.Value.As<T, float>()).As<float, T>()
        : Vector256.Log(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Log1p(Register256<T> x) => SpecialFunctions.Log1p(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Sqrt(Register256<T> x) => new(Vector256.Sqrt(x.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Sin(Register256<T> x) => new(typeof(T) == typeof(float)
        ? Vector256.Sin(x.Value.As<T, float>()).As<float, T>()
        : Vector256.Sin(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Cos(Register256<T> x) => new(typeof(T) == typeof(float)
        ? Vector256.Cos(x.Value.As<T, float>()).As<float, T>()
        : Vector256.Cos(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Tanh(Register256<T> x) => typeof(T) == typeof(float) ? SpecialFunctions.TanhSingle(x) : SpecialFunctions.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Sigmoid(Register256<T> x) => 1 / (1 + Exp(-x));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Erf(Register256<T> x) => typeof(T) == typeof(float) ? SpecialFunctions.ErfSingle(x) : SpecialFunctions.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Abs(Register256<T> x) => new(Vector256.Abs(x.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Floor(Register256<T> x) => new(typeof(T) == typeof(float)
        ? Vector256.Floor(x.Value.As<T, float>()).As<float, T>()
        : Vector256.Floor(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Ceiling(Register256<T> x) => new(typeof(T) == typeof(float)
        ? Vector256.Ceiling(x.Value.As<T, float>()).As<float, T>()
        : Vector256.Ceiling(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Round(Register256<T> x) => new(typeof(T) == typeof(float)
        ? Vector256.Round(x.Value.As<T, float>()).As<float, T>()
        : Vector256.Round(x.Value.As<T, double>()).As<double, T>());

    /// <inheritdoc/>
    /// <remarks>Element by element: a power that is right in all corners is not worth a vector version of its own.</remarks>
    public static Register256<T> Power(Register256<T> x, Register256<T> y)
    {
        Vector256<T> result = default;
        for (int lane = 0; lane < Vector256<T>.Count; lane++)
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
    public static Register256<T> Max(Register256<T> x, Register256<T> y) => new(Vector256.Max(x.Value, y.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Min(Register256<T> x, Register256<T> y) => new(Vector256.Min(x.Value, y.Value));

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Greater(Register256<T> x, Register256<T> y) => new(Vector256.GreaterThan(x.Value, y.Value) & Vector256<T>.One);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Equal(Register256<T> x, Register256<T> y) => new(Vector256.Equals(x.Value, y.Value) & Vector256<T>.One);

    /// <inheritdoc/>
    [MethodImpl(Inline)]
    public static Register256<T> Select(Register256<T> condition, Register256<T> positive, Register256<T> otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(condition.Value, Vector256<T>.Zero), positive.Value, otherwise.Value));
}
