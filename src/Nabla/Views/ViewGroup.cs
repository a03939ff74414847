namespace Nabla;

/// <summary>A named group of nodes, or the gates that an operation was opened into.</summary>
/// <param name="Id">Its number, by which nodes and other groups refer to it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Outer">The group around it; null for an outermost one.</param>
/// <param name="IsOperation">Whether these are the gates of one operation.</param>
public sealed record ViewGroup(int Id, string Name, int? Outer, bool IsOperation);
