namespace Nabla.Studio.Tests;

/// <summary>Runs when no other test does: what it counts is shared by the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessWideTests
{
    public const string Name = "process-wide";
}

[Collection(ProcessWideTests.Name)]
public class MemoryTests(ServedStudio studio) : IClassFixture<ServedStudio>
{
    [Fact]
    public async Task ABusyServerDoesNotGrow()
    {
        async Task WorkAsync(int rounds)
        {
            for (int i = 0; i < rounds; i++)
            {
                await studio.AskAsync("api/explore", new { program = $"x = [[1, 2], [3, {i}]]\nf = sum(sigmoid(x @ x))", detail = "gates" });
                string id = (await studio.AskAsync("api/trainings", new { training = new { seed = i } })).GetProperty("id").GetString()!;
                for (int step = 0; step < 3; step++) await studio.AskAsync($"api/trainings/{id}/step", new { });
                await studio.Client.DeleteAsync($"api/trainings/{id}");
            }
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
            // Blocks kept for reuse depend on when the collector ran; what is left now is held by somebody.
            StoragePool.Trim();
        }
        await WorkAsync(40);
        (long managed, long native) = (GC.GetTotalMemory(forceFullCollection: true), StoragePool.BytesAllocated);
        await WorkAsync(120);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - managed, long.MinValue, 4L << 20);
        Assert.InRange(StoragePool.BytesAllocated - native, long.MinValue, 4L << 20);
        Assert.Equal(0, studio.Server.TrainingCount);
    }
}
