namespace Nabla.Tests;

/// <summary>Help for counting the pool's blocks.</summary>
internal static class Blocks
{
    /// <summary>Lets the collector return what nobody holds, so that the count stands still.</summary>
    public static void Settle()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
