namespace Nabla.Tests;

/// <summary>The checks that count the process's blocks or change its threads: no other test runs beside them.</summary>
[Collection("threads")]
public class OperationChecksAlone
{
    [Theory, MemberData(nameof(OperationChecks.All), MemberType = typeof(OperationChecks))]
    public void AScopeGivesBackWhatItRented(string label)
    {
        OpCase row = OperationChecks.Row(label);
        Blocks.Settle();
        long before = StoragePool.BlocksInUse;
        using (Scope.Begin())
        {
            Tensor[] inputs = row.Draw(DType.Float64);
            OperationChecks.Everything(row, inputs);
            if (OperationChecks.Flows(row, inputs))
            {
                Tensor result = row.Build(inputs);
                result.Backward(inputs, OperationChecks.Upstream(result), differentiable: true);
            }
            Assert.True(StoragePool.BlocksInUse > before);
        }
        Assert.Equal(before, StoragePool.BlocksInUse);
    }

    [Theory, MemberData(nameof(OperationChecks.All), MemberType = typeof(OperationChecks))]
    public void OneThreadAndEightGiveTheSameBits(string label)
    {
        OpCase row = OperationChecks.Row(label);
        Input[] large = row.Large ?? (row.IsElementwise ? OperationChecks.Stretched(row, 70_001) : row.Inputs);
        int threads = Threads.Count;
        try
        {
            foreach (DType floating in new[] { DType.Float32, DType.Float64 })
            {
                Tensor[] inputs = row.Draw(large, floating);
                Threads.Count = 1;
                Tensor[] one = OperationChecks.Everything(row, inputs);
                Threads.Count = 8;
                Tensor[] eight = OperationChecks.Everything(row, inputs);
                Assert.Equal(one.Length, eight.Length);
                for (int i = 0; i < one.Length; i++) Distance.SameBits(one[i], eight[i], $"{label} on 8 threads, result {i}, {floating}");
            }
        }
        finally
        {
            Threads.Count = threads;
        }
    }
}
