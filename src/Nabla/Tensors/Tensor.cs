using System.Diagnostics;

namespace Nabla;

/// <summary>An n-dimensional array of one element type, contiguous and row-major, and the node of the graph that made it.</summary>
/// <remarks>
/// A tensor does not change and is never disposed of: its values go back when the <see cref="Scope"/> it was made in ends, or when the collector finds it.
/// The one thing that changes is a <see cref="Cell"/>.
/// </remarks>
public sealed partial class Tensor
{
    private static long lastId;

    // Null while tracing: then there is a spec and no values.
    private readonly Storage? storage;
    private readonly int turn;

    internal Tensor(TensorSpec spec, Storage? storage, bool isConstant)
    {
        Spec = spec;
        this.storage = storage;
        turn = storage?.Turn ?? 0;
        IsConstant = isConstant || !spec.DType.IsFloating;
        Id = Interlocked.Increment(ref lastId);
    }

    /// <summary>A number of its own, larger than that of any tensor made before.</summary>
    public long Id { get; }

    /// <summary>Shape and element type.</summary>
    public TensorSpec Spec { get; }

    /// <summary>The extents.</summary>
    public Shape Shape => Spec.Shape;

    /// <summary>The element type.</summary>
    public DType DType => Spec.DType;

    /// <summary>How many axes.</summary>
    public int Rank => Spec.Shape.Rank;

    /// <summary>How many elements.</summary>
    public int Count => Spec.Shape.Count;

    /// <summary>Where the values lie.</summary>
    public Device Device => Device.Cpu;

    /// <summary>What people call it, in graphs and messages; null if it has no name.</summary>
    public string? Name { get; private set; }

    /// <summary>The application that made this tensor; null for a leaf (an input, a parameter, a constant).</summary>
    public Node? Producer { get; internal set; }

    /// <summary>
    /// True where no gradient flows: after <see cref="Detach"/>, inside <see cref="NoGradient"/>, for whole numbers and masks, and for what was made from
    /// such alone.
    /// </summary>
    public bool IsConstant { get; }

    /// <summary>True while tracing: the tensor has a shape and a type but no values yet.</summary>
    public bool IsAbstract => storage is null;

    internal Storage? Storage => storage;

    /// <summary>In a backward pass, of a gradient made there: how many places on the way back hold it.</summary>
    internal int Holders { get; set; }

    /// <summary>The cell whose value this is, if any.</summary>
    internal Cell? Cell { get; init; }

    /// <summary>Gives the tensor a name, for graphs and messages.</summary>
    /// <returns>This tensor.</returns>
    public Tensor Named(string name)
    {
        Name = name;
        return this;
    }

    /// <summary>Keeps the values past the end of the current scope: they belong to the scope outside it, or to the collector.</summary>
    /// <returns>This tensor.</returns>
    public Tensor Keep()
    {
        if (storage is not null)
        {
            EnsureAlive();
            storage.Owner?.Keep(storage);
        }
        return this;
    }

    /// <summary>The same values with no graph behind them: no gradient flows through.</summary>
    public Tensor Detach()
    {
        if (IsConstant && Producer is null && Cell is null) return this;
        // While tracing the cut must be part of the recording; a cell's value must not change behind the result's back.
        if (storage is null || Cell is not null) return new Operations.Detach().Apply(this);
        EnsureAlive();
        return new(Spec, storage, isConstant: true) { Name = Name };
    }

    /// <summary>The elements, row-major; for kernels, which alone may write.</summary>
    internal Span<T> Span<T>()
        where T : unmanaged
    {
        EnsureAlive();
        if (typeof(T) != typeof(byte) || DType != DType.Bool)
            if (DTypes.Of<T>() != DType) ThrowType<T>();
        unsafe
        {
            return new Span<T>(storage!.Pointer, Count);
        }
    }

    internal unsafe T* Pointer<T>()
        where T : unmanaged
    {
        EnsureAlive();
        Debug.Assert(sizeof(T) == DType.Size);
        return (T*)storage!.Pointer;
    }

    internal Span<byte> Bytes
    {
        get
        {
            EnsureAlive();
            unsafe
            {
                return new Span<byte>(storage!.Pointer, checked((int)Spec.Bytes));
            }
        }
    }

    internal void EnsureAlive()
    {
        if (storage is null) ThrowAbstract();
        if (storage.Turn != turn) ThrowReturned();
    }

    /// <summary>Returns the values to the pool now. Only for tensors that nobody else can hold.</summary>
    internal void Release()
    {
        if (storage is not { } block || block.Turn != turn) return;
        if (block.Owner is { } owner) owner.Release(block);
        else StoragePool.Return(block);
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private void ThrowAbstract() => throw new TraceException(
        $"{Describe()} has no values: it stands for a value inside a function that is being traced; return it from the function and read the result, "
        + "or choose by Where instead of reading");

    private void ThrowReturned() => throw new ObjectDisposedException(
        null,
        $"the values of {Describe()} were given back when its scope ended; call Keep() inside the scope to keep them");

    private void ThrowType<T>() =>
        throw new ArgumentException($"{Describe()} holds {DType} and cannot be read as {typeof(T).Name}; Cast it or read it as what it is");

    /// <summary>For messages: name or operation, number, spec.</summary>
    internal string Describe() => $"{Name ?? Producer?.Operation.Name ?? "tensor"} #{Id} {Spec}";

    /// <summary>A tensor with values still to be written.</summary>
    internal static Tensor Empty(TensorSpec spec, bool isConstant = false) => new(spec, StoragePool.Rent(spec.Bytes), isConstant);
}
