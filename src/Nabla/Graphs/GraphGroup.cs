namespace Nabla;

/// <summary>A named stretch of a computation: what was applied inside it can be drawn as one box that opens.</summary>
/// <remarks>Each <see cref="Graph.Group(string)"/> makes its own, so that a layer that is applied twice is two boxes of one name.</remarks>
public sealed class GraphGroup
{
    [ThreadStatic]
    private static GraphGroup? current;

    private readonly Func<string>? makeName;
    private string? name;

    internal GraphGroup(string name, GraphGroup? outer)
    {
        this.name = name;
        Outer = outer;
    }

    internal GraphGroup(Func<string> makeName, GraphGroup? outer)
    {
        this.makeName = makeName;
        Outer = outer;
    }

    /// <summary>What people call it: <c>hidden Linear</c>.</summary>
    public string Name => name ??= makeName!();

    /// <summary>The group around it; null for an outermost one.</summary>
    public GraphGroup? Outer { get; }

    /// <summary>The group that this thread is in.</summary>
    internal static GraphGroup? Current
    {
        get => current;
        set => current = value;
    }

    /// <summary>The names from the outermost group to this one: <c>model/hidden Linear</c>.</summary>
    public override string ToString() => Outer is null ? Name : $"{Outer}/{Name}";
}
