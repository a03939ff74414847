using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Nabla;

/// <summary>The gradients that one backward pass found, by the tensor they are with respect to. A value: the next pass makes another.</summary>
public sealed class Gradients
{
    private readonly Dictionary<Tensor, Tensor> byTensor;
    private readonly string of;

    internal Gradients(Dictionary<Tensor, Tensor> byTensor, Tensor root)
        : this(byTensor, root.Describe())
    {
    }

    private Gradients(Dictionary<Tensor, Tensor> byTensor, string of)
    {
        this.byTensor = byTensor;
        this.of = of;
    }

    /// <summary>The gradient with respect to a tensor, of that tensor's spec.</summary>
    /// <exception cref="KeyNotFoundException">The result does not depend on it, or it was not asked for.</exception>
    public Tensor this[Tensor tensor] => byTensor.TryGetValue(tensor, out Tensor? gradient)
        ? gradient
        : throw new KeyNotFoundException(
            $"{of} has no gradient for {tensor.Describe()}: it does not depend on it, or a Detach or NoGradient lies between; "
            + "an intermediate value is given only when Backward is asked for it by name");

    /// <summary>The gradient with respect to a cell's value.</summary>
    /// <exception cref="KeyNotFoundException">The result does not depend on it, or it was not asked for.</exception>
    public Tensor this[Cell cell] => this[cell.Stored];

    /// <summary>Whether there is a gradient for a tensor, and which.</summary>
    public bool TryGet(Tensor tensor, [NotNullWhen(true)] out Tensor? gradient) => byTensor.TryGetValue(tensor, out gradient);

    /// <summary>Whether there is a gradient for a cell's value, and which.</summary>
    public bool TryGet(Cell cell, [NotNullWhen(true)] out Tensor? gradient) => byTensor.TryGetValue(cell.Stored, out gradient);

    /// <summary>These gradients, each changed by a function: scaled, clipped, averaged.</summary>
    /// <param name="change">From a gradient to another of the same spec.</param>
    /// <exception cref="ShapeException">The function gave another spec.</exception>
    public Gradients Map(Func<Tensor, Tensor> change)
    {
        Dictionary<Tensor, Tensor> changed = new(byTensor.Count);
        foreach ((Tensor tensor, Tensor gradient) in byTensor)
        {
            Tensor result = change(gradient);
            if (result.Spec != gradient.Spec)
                throw new ShapeException($"a changed gradient keeps its spec: the one of {tensor.Describe()} is {gradient.Spec}, got {result.Spec}");
            changed[tensor] = result;
        }
        return new(changed, of);
    }

    /// <summary>The tensors that have a gradient here.</summary>
    public IReadOnlyCollection<Tensor> Tensors => byTensor.Keys;

    /// <summary>The downstream gradients of a composed function of these inputs: what an operation's backward may return when its rule is an expression.</summary>
    /// <param name="function">The function, in tensor operations.</param>
    /// <param name="inputs">Where it is taken.</param>
    /// <param name="upstream">The gradient of its result.</param>
    /// <returns>One entry an input; null where the function does not depend on it.</returns>
    public static ImmutableArray<Tensor?> Through(
        Func<ImmutableArray<Tensor>, Tensor> function, ImmutableArray<Tensor> inputs, Tensor upstream)
    {
        // An input that stands in two places has a gradient for each place, so each gets a tensor of its own.
        using NoGradient.Suspension recording = NoGradient.Suspend();
        ImmutableArray<Tensor> places = [.. inputs.Select((input, i) => inputs.IndexOf(input) < i ? input * 1 : input)];
        Tensor result = function(places);
        if (result.IsConstant) return [.. inputs.Select(_ => (Tensor?)null)];
        Gradients gradients = Backpropagation.Run(result, upstream, places.AsSpan(), differentiable: !recording.WasOn, stopAtWanted: true);
        return [.. places.Select(place => gradients.TryGet(place, out Tensor? gradient) ? gradient : null)];
    }
}
