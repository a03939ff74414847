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
    /// <param name="initial">The values to begin with; they give shape and element type for good.</param>
    /// <param name="isConstant">True where no gradient is ever wanted: a loader's batch, a running mean, an optimizer's moment.</param>
    public Cell(Tensor initial, bool isConstant = false)
    {
        Storage storage = StoragePool.Rent(initial.Spec.Bytes);
        Scope.KeepForGood(storage);
        value = new Tensor(initial.Spec, storage, isConstant) { Cell = this };
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

    /// <summary>The elements, row-major, to be written in place: for loaders and readers of files, outside any traced function.</summary>
    /// <typeparam name="T">The C# type of the element type.</typeparam>
    /// <remarks>A graph recorded before counts as recorded with replaced values, whether or not something is written. Keep the cell while using the span.</remarks>
    /// <exception cref="ArgumentException">The cell holds another type.</exception>
    /// <exception cref="TraceException">Called inside a traced function, whose replays would not repeat the writing.</exception>
    public Span<T> Writable<T>()
        where T : unmanaged
    {
        if (Compilation.TraceContext.Current is not null)
            throw new TraceException($"{Name ?? "a cell"} cannot be written element by element while tracing; Assign it a tensor instead");
        value.Storage!.Version++;
        return value.Span<T>();
    }

    internal void Overwrite(Tensor replacement)
    {
        if (!ReferenceEquals(replacement, value)) replacement.Bytes.CopyTo(value.Bytes);
        value.Storage!.Version++;
    }
}
