namespace Nabla;

/// <summary>A lane of numbers, which multiplies and adds with one rounding: what the polynomials of special functions are read with.</summary>
/// <typeparam name="TSelf">The lane itself.</typeparam>
internal interface IFusedLane<TSelf> : ILane<TSelf>
    where TSelf : IFusedLane<TSelf>
{
    /// <summary>x · y + z, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf x, TSelf y, TSelf z);
}
