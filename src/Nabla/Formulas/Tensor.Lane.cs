using Nabla.Operations;

namespace Nabla;

/// <content>A formula read with tensors: every operator applies an operation, so that the reading is a differentiable graph.</content>
public sealed partial class Tensor : ILane<Tensor>
{
    /// <summary>Sum, element by element, broadcast.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => new Binary<Add>().Apply(left, right);

    /// <summary>Adds a constant, in the tensor's element type.</summary>
    public static Tensor operator +(double left, Tensor right) => new Unary<Shift>(new(left)).Apply(right);

    /// <summary>Adds a constant, in the tensor's element type.</summary>
    public static Tensor operator +(Tensor left, double right) => new Unary<Shift>(new(right)).Apply(left);

    /// <summary>Difference, element by element, broadcast.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => new Binary<Subtract>().Apply(left, right);

    /// <summary>A constant, in the tensor's element type, minus the tensor.</summary>
    public static Tensor operator -(double left, Tensor right) => left + -right;

    /// <summary>Takes off a constant, in the tensor's element type.</summary>
    public static Tensor operator -(Tensor left, double right) => new Unary<Shift>(new(-right)).Apply(left);

    /// <summary>Negation, element by element.</summary>
    public static Tensor operator -(Tensor value) => new Unary<Negate>().Apply(value);

    /// <summary>Product, element by element, broadcast. For the matrix product see <c>MatMul</c>.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => new Binary<Multiply>().Apply(left, right);

    /// <summary>Multiplies by a constant, in the tensor's element type.</summary>
    public static Tensor operator *(double left, Tensor right) => new Unary<Scale>(new(left)).Apply(right);

    /// <summary>Multiplies by a constant, in the tensor's element type.</summary>
    public static Tensor operator *(Tensor left, double right) => new Unary<Scale>(new(right)).Apply(left);

    /// <summary>Quotient, element by element, broadcast.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => new Binary<Divide>().Apply(left, right);

    /// <summary>A constant, in the tensor's element type, over the tensor.</summary>
    public static Tensor operator /(double left, Tensor right) => left == 1 ? right.Reciprocal() : Constant(left, right) / right;

    /// <summary>Divides by a constant, in the tensor's element type.</summary>
    public static Tensor operator /(Tensor left, double right) => left / Constant(right, left);

    /// <summary>1 where left &gt; right, as <see cref="DType.Bool"/>; false for NaN.</summary>
    public static Tensor operator >(Tensor left, Tensor right) => left.Greater(right);

    /// <summary>1 where left &lt; right, as <see cref="DType.Bool"/>; false for NaN.</summary>
    public static Tensor operator <(Tensor left, Tensor right) => right.Greater(left);

    /// <summary>1 where left ≥ right, as <see cref="DType.Bool"/>; false for NaN.</summary>
    public static Tensor operator >=(Tensor left, Tensor right) => left.GreaterOrEqual(right);

    /// <summary>1 where left ≤ right, as <see cref="DType.Bool"/>; false for NaN.</summary>
    public static Tensor operator <=(Tensor left, Tensor right) => right.GreaterOrEqual(left);

    /// <summary>A C# number is a Float64 scalar: <c>Tensor x = -2;</c></summary>
    public static implicit operator Tensor(double value) => From<double>([value], Shape.Scalar);

    /// <summary>A scalar constant of the element type of <paramref name="like"/>; no gradient flows into it.</summary>
    public static Tensor Constant(double value, Tensor like) => Full(Shape.Scalar, value, like.DType).Detach();

    static Tensor ILane<Tensor>.Exp(Tensor x) => x.Exp();

    static Tensor ILane<Tensor>.Expm1(Tensor x) => x.Expm1();

    static Tensor ILane<Tensor>.Log(Tensor x) => x.Log();

    static Tensor ILane<Tensor>.Log1p(Tensor x) => x.Log1p();

    static Tensor ILane<Tensor>.Sqrt(Tensor x) => x.Sqrt();

    static Tensor ILane<Tensor>.Sin(Tensor x) => x.Sin();

    static Tensor ILane<Tensor>.Cos(Tensor x) => x.Cos();

    static Tensor ILane<Tensor>.Tanh(Tensor x) => x.Tanh();

    static Tensor ILane<Tensor>.Sigmoid(Tensor x) => x.Sigmoid();

    static Tensor ILane<Tensor>.Erf(Tensor x) => x.Erf();

    static Tensor ILane<Tensor>.Abs(Tensor x) => x.Abs();

    static Tensor ILane<Tensor>.Floor(Tensor x) => x.Floor();

    static Tensor ILane<Tensor>.Ceiling(Tensor x) => x.Ceiling();

    static Tensor ILane<Tensor>.Round(Tensor x) => x.Round();

    static Tensor ILane<Tensor>.Power(Tensor x, Tensor y) => x.Power(y);

    static Tensor ILane<Tensor>.Max(Tensor x, Tensor y) => x.Maximum(y);

    static Tensor ILane<Tensor>.Min(Tensor x, Tensor y) => x.Minimum(y);

    static Tensor ILane<Tensor>.Greater(Tensor x, Tensor y) => x.Greater(y).Cast(x.DType);

    static Tensor ILane<Tensor>.Equal(Tensor x, Tensor y) => x.Equal(y).Cast(x.DType);

    static Tensor ILane<Tensor>.Select(Tensor condition, Tensor positive, Tensor otherwise) =>
        condition.Greater(Constant(0, condition)).Where(positive, otherwise);
}
