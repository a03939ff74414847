using System.Runtime.CompilerServices;

namespace Nabla.Tests;

[Collection("threads")]
public class ScopeTests
{
    [Fact]
    public void ValuesReadAfterTheEndThrowAndSayHow()
    {
        Tensor x, kept;
        using (Scope.Begin())
        {
            x = Tensor.From(1.0, 2).Named("x") * 3;
            kept = (x + 1).Keep();
        }
        Assert.Contains("call Keep() inside the scope", Assert.Throws<ObjectDisposedException>(() => x.ToDoubles()).Message);
        Assert.Throws<ObjectDisposedException>(() => x + 1);
        Assert.Throws<ObjectDisposedException>(() => x.Keep());
        Assert.Equal("Float64[2] (values given back)", x.ToString());
        Assert.Equal([4, 7], kept.ToDoubles());
    }

    [Fact]
    public void KeepHandsToTheScopeOutside()
    {
        Tensor x;
        using (Scope.Begin())
        {
            using (Scope.Begin()) x = Tensor.From(5.0).Keep();
            Assert.Equal(5, x.Item());
        }
        Assert.Throws<ObjectDisposedException>(() => x.Item());
    }

    [Fact]
    public void ScopesEndInTheReverseOrderOnTheirThread()
    {
        Scope outer = Scope.Begin(), inner = Scope.Begin();
        Assert.Contains("write it with 'using'", Assert.Throws<InvalidOperationException>(outer.Dispose).Message);
        Exception? elsewhere = null;
        Thread thread = new(() => elsewhere = Record.Exception(inner.Dispose));
        thread.Start();
        thread.Join();
        Assert.IsType<InvalidOperationException>(elsewhere);
        inner.Dispose();
        inner.Dispose();
        outer.Dispose();
    }

    [Fact]
    public void WhatWasRentedIsReturned()
    {
        Blocks.Settle();
        long before = StoragePool.BlocksInUse;
        Tensor kept;
        using (Scope.Begin())
        {
            Tensor x = Tensor.Ones([100, 100], DType.Float64);
            Gradients gradients = (x.MatMul(x).Tanh() * x).Sum().Backward();
            kept = gradients[x].Keep();
            Assert.True(StoragePool.BlocksInUse > before + 1);
        }
        Assert.Equal(before + 1, StoragePool.BlocksInUse);
        Assert.Equal(10_000, kept.Count);
    }

    [Fact]
    public void AWarmStepAllocatesNoNativeMemory()
    {
        for (int i = 0; i < 3; i++) Step();
        long before = StoragePool.BytesAllocated;
        for (int i = 0; i < 20; i++) Step();
        Assert.Equal(before, StoragePool.BytesAllocated);

        static void Step()
        {
            using Scope scope = Scope.Begin();
            Tensor x = Tensor.Ones([64, 64]);
            x.MatMul(x).Relu().Sum().Backward();
        }
    }

    [Fact]
    public void WithoutAScopeTheCollectorReturnsMemory()
    {
        Blocks.Settle();
        long before = StoragePool.BlocksInUse;
        Drop();
        Blocks.Settle();
        Assert.Equal(before, StoragePool.BlocksInUse);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Drop()
        {
            for (int i = 0; i < 10; i++) (Tensor.Ones([1000]) * 2).Sum().Backward();
        }
    }

    [Fact]
    public void TrimGivesFreeBlocksBack()
    {
        using (Scope.Begin()) _ = Tensor.Ones([1_000_000]);
        long held = StoragePool.BytesAllocated;
        long freed = StoragePool.Trim();
        Assert.True(freed >= 4_000_000, $"{freed}");
        Assert.Equal(held - freed, StoragePool.BytesAllocated);
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(64), InlineData(65), InlineData(1000), InlineData(1 << 20), InlineData((1L << 33) + 1)]
    public void ABlockWastesAtMostAFifth(long bytes)
    {
        (int sizeClass, long capacity) = StoragePool.ClassOf(bytes);
        Assert.True(capacity >= bytes && capacity % 64 == 0);
        Assert.True(capacity <= Math.Max(64 * 4, bytes * 5 / 4 + 64), $"{capacity} for {bytes}");
        Assert.True(StoragePool.ClassOf(capacity) == (sizeClass, capacity));
        Assert.True(StoragePool.ClassOf(capacity + 1).SizeClass > sizeClass);
    }
}
