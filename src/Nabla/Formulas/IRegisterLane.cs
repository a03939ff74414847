namespace Nabla;

/// <summary>A lane that holds several elements at once and knows its way to memory.</summary>
/// <typeparam name="TSelf">The lane itself.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe interface IRegisterLane<TSelf, T> : IFusedLane<TSelf>
    where TSelf : struct, IRegisterLane<TSelf, T>
    where T : unmanaged
{
    /// <summary>Elements in the register.</summary>
    static abstract int Count { get; }

    /// <summary>The elements from here on.</summary>
    static abstract TSelf Load(T* source);

    /// <summary>One element in every place.</summary>
    static abstract TSelf Fill(T value);

    /// <summary>Writes the elements.</summary>
    void Store(T* destination);

    /// <summary>The first element.</summary>
    T First();

    /// <summary>A bit for each element, the first lowest: whether it is above 0.</summary>
    ulong Positive();
}
