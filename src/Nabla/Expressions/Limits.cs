namespace Nabla.Expressions;

/// <summary>How much an expression may ask for. Generous for a person, and nothing that is typed can exhaust the machine.</summary>
internal static class Limits
{
    public const int Letters = 20_000, Depth = 200, Steps = 2_000, ElementsOfOne = 10_000, ElementsOfAll = 1_000_000;
}
