namespace Nabla.Expressions;

/// <summary>An operator of the language: what it builds for tensors, what for a tensor and a number, and what it is of two numbers.</summary>
/// <param name="Sign">What people write.</param>
/// <param name="Build">Of two tensors.</param>
/// <param name="NumberLeft">Of a number and a tensor; null where the number becomes a tensor of its own.</param>
/// <param name="NumberRight">Of a tensor and a number; null where the number becomes a tensor of its own.</param>
/// <param name="Fold">Of two numbers; null where numbers are refused.</param>
internal sealed record Infix(
    string Sign,
    Func<Tensor, Tensor, Tensor> Build,
    Func<double, Tensor, Tensor>? NumberLeft,
    Func<Tensor, double, Tensor>? NumberRight,
    Func<double, double, double>? Fold)
{
    /// <summary>Every operator there is, one row each. A number beside a tensor makes one gate of its own: +1, ×2, x².</summary>
    public static readonly IReadOnlyDictionary<string, Infix> Table = new Infix[]
    {
        new("+", (x, y) => x + y, (a, y) => a + y, (x, b) => x + b, (a, b) => a + b),
        new("-", (x, y) => x - y, (a, y) => a - y, (x, b) => x - b, (a, b) => a - b),
        new("*", (x, y) => x * y, (a, y) => a * y, (x, b) => x * b, (a, b) => a * b),
        new("/", (x, y) => x / y, (a, y) => a / y, (x, b) => x / b, (a, b) => a / b),
        new("^", (x, y) => x.Power(y), null, (x, b) => b == 2 ? x.Square() : x.Power(Tensor.Constant(b, x)), Math.Pow),
        new("@", (x, y) => x.MatMul(y), null, null, null),
    }.ToDictionary(row => row.Sign);
}
