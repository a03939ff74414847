namespace Nabla;

/// <summary>Gives back, when it ends, every tensor's values made inside it that were not kept. Usually one training step.</summary>
/// <example><code>
/// using (Scope.Begin())
/// {
///     Gradients gradients = loss(batch).Backward();
///     optimizer.Step(gradients);
/// }
/// </code></example>
/// <remarks>Scopes nest and belong to one thread. Without any, the garbage collector returns the memory. A value read after its scope ended throws.</remarks>
public sealed class Scope : IDisposable
{
    [ThreadStatic]
    private static Scope? current;

    private readonly Scope? outer;
    private Storage[] owned = new Storage[64];
    private int count;
    private bool ended;

    private Scope()
    {
        outer = current;
        current = this;
    }

    internal static Scope? Current => current;

    /// <summary>Starts a scope on this thread: <c>using Scope step = Scope.Begin();</c></summary>
    public static Scope Begin() => new();

    /// <summary>Ends the scope.</summary>
    /// <exception cref="InvalidOperationException">Another scope that began later on this thread is still open, or this is another thread.</exception>
    public void Dispose()
    {
        if (ended) return;
        if (current != this)
            throw new InvalidOperationException("a scope ends on the thread it began on, after those that began inside it; write it with 'using'");
        ended = true;
        current = outer;
        for (int i = 0; i < count; i++)
        {
            owned[i].Owner = null;
            StoragePool.Return(owned[i]);
        }
        owned = [];
    }

    internal void Adopt(Storage storage)
    {
        if (count == owned.Length) Array.Resize(ref owned, 2 * count);
        storage.Owner = this;
        storage.OwnerIndex = count;
        owned[count++] = storage;
    }

    /// <summary>Returns a block before the scope ends, if this scope owns it.</summary>
    internal void Release(Storage storage)
    {
        if (Disown(storage)) StoragePool.Return(storage);
    }

    /// <summary>Hands a block to the scope outside this one, or to the collector where there is none.</summary>
    internal void Keep(Storage storage)
    {
        if (Disown(storage)) outer?.Adopt(storage);
    }

    /// <summary>Hands a block to the collector, whatever scopes are open.</summary>
    internal static void KeepForGood(Storage storage) => storage.Owner?.Disown(storage);

    private bool Disown(Storage storage)
    {
        if (storage.Owner != this) return false;
        Storage last = owned[--count];
        owned[storage.OwnerIndex] = last;
        last.OwnerIndex = storage.OwnerIndex;
        owned[count] = null!;
        storage.Owner = null;
        return true;
    }
}
