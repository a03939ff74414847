namespace Nabla.Learning.Tests;

/// <summary>Tests that set or count what the whole process shares: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessWideTests
{
    public const string Name = "process-wide";
}
