namespace Nabla;

/// <summary>Names for parts of the computational graph.</summary>
public static class Graph
{
    /// <summary>Puts what this thread applies, until the result is disposed of, into a named group; groups nest.</summary>
    /// <param name="name">What people call it: a layer's name, a step of an algorithm. Not empty.</param>
    /// <example><code>using (Graph.Group("hidden Linear")) h = x.MatMul(w) + b;</code></example>
    public static Section Group(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Begin(new(name, GraphGroup.Current));
    }

    /// <summary>As <see cref="Group(string)"/>, with a name that is made when somebody looks at the graph, so that training pays nothing for it.</summary>
    /// <param name="name">Gives what people call it; not empty.</param>
    public static Section Group(Func<string> name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Begin(new(name, GraphGroup.Current));
    }

    private static Section Begin(GraphGroup group)
    {
        GraphGroup.Current = group;
        return new(group.Outer);
    }

    /// <summary>A stretch of code whose applications belong to one group.</summary>
    public readonly ref struct Section : IDisposable
    {
        private readonly GraphGroup? outer;

        internal Section(GraphGroup? outer) => this.outer = outer;

        /// <summary>Ends it.</summary>
        public void Dispose() => GraphGroup.Current = outer;
    }
}
