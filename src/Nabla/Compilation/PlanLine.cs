namespace Nabla;

/// <summary>A line that a compiled function runs: what it does, about how much work that is, and, where it was measured, how long it took.</summary>
/// <param name="Text">The operation with the specs it reads and writes: <c>MatMul { + bias }([128, 784], [256, 784], [256]) : Float32[128, 256]</c>.</param>
/// <param name="Arithmetic">About how many additions and multiplications, see <see cref="Operation.Arithmetic"/>.</param>
/// <param name="Bytes">What it reads and writes, each value once.</param>
public sealed record PlanLine(string Text, double Arithmetic, long Bytes)
{
    /// <summary>The shortest run of this line; zero where none was measured.</summary>
    public TimeSpan Time { get; init; }
}
