namespace Nabla.Learning.Tests;

/// <summary>Another number of threads for a while. Tests that use it run alone (<see cref="ProcessWideTests"/>), since the number is the
/// process's.</summary>
internal sealed class ThreadCount : IDisposable
{
    private readonly int before = Threads.Count;

    public ThreadCount(int count) => Threads.Count = count;

    public void Dispose() => Threads.Count = before;
}
