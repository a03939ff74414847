using System.Collections.Immutable;
using Nabla.Kernels;

namespace Nabla;

/// <summary>A question about two elements. Write it as a <c>readonly record struct</c>, as <see cref="IUnaryFormula"/>.</summary>
public interface IComparison
{
    /// <summary>1 where it holds, else 0.</summary>
    T Value<T>(T x, T y)
        where T : ILane<T>;
}

/// <summary>The operation of a <see cref="IComparison"/>: two inputs of one element type, broadcast, to <see cref="DType.Bool"/>.</summary>
/// <typeparam name="TComparison">The comparison's type; its name is the operation's name.</typeparam>
public sealed record Compare<TComparison> : Operation
    where TComparison : struct, IComparison
{
    /// <inheritdoc/>
    public override string Name => typeof(TComparison).Name;

    /// <inheritdoc/>
    public override Needs Needs => Needs.None;

    /// <inheritdoc/>
    public override bool HasGradient => false;

    /// <inheritdoc/>
    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        RequireInputs(inputs, 2);
        RequireSameType(inputs[0], inputs[1]);
        return new(Shape.Broadcast(inputs[0].Shape, inputs[1].Shape), DType.Bool);
    }

    /// <inheritdoc/>
    public override void Forward(Buffers buffers) => ComparisonKernel.Map<TComparison>(buffers);

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) => [null, null];
}
