using System.Diagnostics.CodeAnalysis;

namespace Nabla;

/// <summary>A value that belongs to a module: a weight that training changes, or a state that is kept with the weights but has no gradient.</summary>
/// <remarks>
/// The value lives in a <see cref="Nabla.Cell"/>: it changes in place and never moves. Two parameters are the same where their cells are; the ones
/// that
/// <see cref="Module.Parameters"/> lists know their path from that module.
/// </remarks>
public sealed class Parameter
{
    /// <summary>A parameter with a copy of these values.</summary>
    /// <param name="initial">The values to begin with; they give shape and element type for good.</param>
    /// <param name="isTrained">False for a state, as a running mean: it is saved with the module, and no gradient flows to it.</param>
    public Parameter(Tensor initial, bool isTrained = true)
        : this(NewCell(initial, isTrained), path: "", storedName: "", isTrained)
    {
    }

    /// <summary>A parameter whose first values are made in a <see cref="Scope"/> of their own: what the making took is free for the next one.</summary>
    /// <param name="initial">Makes the values to begin with.</param>
    /// <param name="isTrained">False for a state.</param>
    public Parameter(Func<Tensor> initial, bool isTrained = true)
        : this(NewCell(initial, isTrained), path: "", storedName: "", isTrained)
    {
    }

    private Parameter(Cell cell, string path, string storedName, bool isTrained)
    {
        Cell = cell;
        Path = path;
        StoredName = storedName;
        IsTrained = isTrained;
    }

    /// <summary>Where the value lives.</summary>
    public Cell Cell { get; }

    /// <summary>The way to this parameter from the module that listed it: <c>Hidden.Weight</c>, <c>Layers.0.Weight</c>; empty for one at hand by
    /// itself.</summary>
    public string Path { get; }

    /// <summary>What files call it: the path in lower snake case, <c>hidden.weight</c>, or what a <see cref="StoredNameAttribute"/> says.</summary>
    public string StoredName { get; }

    /// <summary>Whether gradients flow to it.</summary>
    public bool IsTrained { get; }

    /// <summary>The value now; inside a traced function what was last assigned there.</summary>
    public Tensor Value => Cell.Value;

    /// <summary>The extents.</summary>
    public Shape Shape => Cell.Spec.Shape;

    /// <summary>The element type.</summary>
    public DType DType => Cell.Spec.DType;

    /// <summary>Replaces the value by a copy of another of the same spec.</summary>
    /// <exception cref="ShapeException">The spec differs.</exception>
    public void Assign(Tensor replacement) => Cell.Assign(replacement);

    /// <summary>A parameter stands for its value in every formula.</summary>
    [return: NotNullIfNotNull(nameof(parameter))]
    public static implicit operator Tensor?(Parameter? parameter) => parameter?.Value;

    /// <summary><c>Hidden.Weight Float32[256, 784]</c>.</summary>
    public override string ToString() => $"{Path} {Cell.Spec}".TrimStart();

    /// <summary>The same parameter, seen from a module further out.</summary>
    internal Parameter At(string path, string storedName)
    {
        Cell.Named(path);
        return new(Cell, path, storedName, IsTrained);
    }

    private static Cell NewCell(Func<Tensor> initial, bool isTrained)
    {
        ArgumentNullException.ThrowIfNull(initial);
        using Scope scope = Scope.Begin();
        return NewCell(initial(), isTrained);
    }

    private static Cell NewCell(Tensor initial, bool isTrained)
    {
        if (isTrained && !initial.DType.IsFloating)
        {
            throw new ArgumentException(
                $"a trained parameter needs Float32 or Float64, got {initial.Spec}; Cast it, or make it a state with isTrained: false");
        }
        return new(initial, isConstant: !isTrained);
    }
}
