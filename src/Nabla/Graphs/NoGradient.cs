namespace Nabla;

/// <summary>Where no graph is recorded: results are constants, and nothing they were made from is kept.</summary>
/// <example><code>using (NoGradient.Begin()) { Tensor prediction = model.Apply(images); }</code></example>
public static class NoGradient
{
    [ThreadStatic]
    private static int depth;

    /// <summary>Whether this thread records nothing at the moment.</summary>
    public static bool IsOn => depth > 0;

    /// <summary>Stops recording on this thread until the result is disposed of; nests.</summary>
    public static Section Begin()
    {
        depth++;
        return default;
    }

    /// <summary>Records again for a while, inside a stretch that does not.</summary>
    internal static Suspension Suspend()
    {
        Suspension suspension = new(depth);
        depth = 0;
        return suspension;
    }

    /// <summary>A stretch of code with recording, whatever was before.</summary>
    internal readonly ref struct Suspension(int before) : IDisposable
    {
        /// <summary>Whether nothing was recorded before.</summary>
        public bool WasOn => before > 0;

        /// <summary>Ends it.</summary>
        public void Dispose() => depth = before;
    }

    /// <summary>A stretch of code without recording.</summary>
    public readonly ref struct Section : IDisposable
    {
        /// <summary>Ends it.</summary>
        public void Dispose() => depth--;
    }
}
