namespace Nabla;

/// <summary>How much of a graph is shown at once.</summary>
public enum GraphDetail : byte
{
    /// <summary>Named groups are one box each: a layer, not its matrix product and sum.</summary>
    Modules,

    /// <summary>Every operation is a node.</summary>
    Operations,

    /// <summary>Operations that are made of others are opened: a sigmoid into ×(−1), exp, +1 and 1/x.</summary>
    Gates,
}
