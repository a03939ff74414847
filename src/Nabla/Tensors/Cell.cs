namespace Nabla;

/// <summary>A value that changes in place: a weight, an optimizer's moment, a learning rate. Its memory never moves.</summary>
/// <remarks>
/// The one mutable thing in the engine. While a function is traced, reading a cell binds the cell and not its present value, and assigning to it is
/// recorded: each replay reads and writes the cell anew.
/// </remarks>
public sealed class Cell
{
    private readonly Tensor value;

    /// <summary>A cell with a copy of these values.</summary>
    public Cell(Tensor initial)
    {
        Storage storage = StoragePool.Rent(initial.Spec.Bytes);
        Scope.KeepForGood(storage);
        value = new Tensor(initial.Spec, storage, isConstant: false) { Cell = this };
        initial.Bytes.CopyTo(value.Bytes);
        if (initial.Name is { } name) value.Named(name);
    }

    /// <summary>Shape and element type, which never change.</summary>
    public TensorSpec Spec => value.Spec;

    /// <summary>The value now; inside a traced function what was last assigned there.</summary>
    public Tensor Value => Compilation.TraceContext.Current?.Pending(this) ?? value;

    /// <summary>What people call it.</summary>
    public string? Name => value.Name;

    internal Tensor Stored => value;

    /// <summary>Names the cell's value, for graphs and messages.</summary>
    /// <returns>This cell.</returns>
    public Cell Named(string name)
    {
        value.Named(name);
        return this;
    }

    /// <summary>Replaces the value by a copy of another of the same spec.</summary>
    /// <exception cref="ShapeException">The spec differs.</exception>
    public void Assign(Tensor replacement)
    {
        if (replacement.Spec != Spec)
            throw new ShapeException($"{Name ?? "the cell"} is {Spec} and cannot become {replacement.Spec}; shape and type of a cell never change");
        if (Compilation.TraceContext.Current is { } trace) trace.Assign(this, replacement);
        else Overwrite(replacement);
    }

    internal void Overwrite(Tensor replacement)
    {
        if (!ReferenceEquals(replacement, value)) replacement.Bytes.CopyTo(value.Bytes);
        MarkAssigned();
    }

    /// <summary>Tells graphs recorded before that the value they hold is gone.</summary>
    internal void MarkAssigned() => value.Storage!.Version++;
}
