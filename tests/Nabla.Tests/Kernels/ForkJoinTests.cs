using Nabla.Kernels;

namespace Nabla.Tests.Kernels;

[Collection("threads")]
public sealed class ForkJoinTests
{
    private readonly struct Count(int[] calls) : IWork
    {
        public void Run(int task) => Interlocked.Increment(ref calls[task]);
    }

    private readonly struct Fail(int at) : IWork
    {
        public void Run(int task)
        {
            if (task == at)
            {
                throw new InvalidOperationException($"task {task}");
            }
        }
    }

    private readonly struct Nest(int[] calls) : IWork
    {
        public void Run(int task) => ForkJoin.Run(10, new Offset(calls, task * 10));
    }

    private readonly struct Offset(int[] calls, int begin) : IWork
    {
        public void Run(int task) => Interlocked.Increment(ref calls[begin + task]);
    }

    private sealed class Meeting
    {
        public readonly Barrier Barrier = new(2);
        public int Met;
    }

    private readonly struct Meet(Meeting meeting) : IWork
    {
        public void Run(int task)
        {
            if (meeting.Barrier.SignalAndWait(TimeSpan.FromSeconds(10)))
            {
                Interlocked.Increment(ref meeting.Met);
            }
        }
    }

    private readonly struct RememberThread(HashSet<int> threads) : IWork
    {
        public void Run(int task)
        {
            lock (threads)
            {
                threads.Add(Environment.CurrentManagedThreadId);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void RunsEveryTaskOnce(int threads) => ThreadsCollection.With(threads, () =>
    {
        for (int tasks = 0; tasks < 200; tasks++)
        {
            int[] calls = new int[tasks];
            ForkJoin.Run(tasks, new Count(calls));
            Assert.All(calls, count => Assert.Equal(1, count));
        }
    });

    [Fact]
    public void TwoThreadsWorkAtTheSameTime() => ThreadsCollection.With(2, () =>
    {
        Meeting meeting = new();
        ForkJoin.Run(2, new Meet(meeting));
        Assert.Equal(2, meeting.Met);
    });

    [Fact]
    public void OneThreadIsTheCaller() => ThreadsCollection.With(1, () =>
    {
        HashSet<int> seen = [];
        ForkJoin.Run(50, new RememberThread(seen));
        Assert.Equal([Environment.CurrentManagedThreadId], seen);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void AnExceptionReachesTheCallerAndTheNextRunWorks(int threads) => ThreadsCollection.With(threads, () =>
    {
        for (int at = 0; at < 20; at++)
        {
            InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => ForkJoin.Run(20, new Fail(at)));
            Assert.Equal($"task {at}", thrown.Message);
            int[] calls = new int[20];
            ForkJoin.Run(20, new Count(calls));
            Assert.All(calls, count => Assert.Equal(1, count));
        }
    });

    [Fact]
    public void NestedRunsRunInline() => ThreadsCollection.With(4, () =>
    {
        int[] calls = new int[400];
        ForkJoin.Run(40, new Nest(calls));
        Assert.All(calls, count => Assert.Equal(1, count));
    });

    [Fact]
    public void CallersOnManyThreadsDoNotMeet() => ThreadsCollection.With(3, () =>
    {
        int[][] calls = [.. Enumerable.Range(0, 4).Select(_ => new int[64])];
        Thread[] callers = [.. calls.Select(own => new Thread(() =>
        {
            for (int round = 0; round < 300; round++)
            {
                ForkJoin.Run(own.Length, new Count(own));
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        Assert.All(calls, own => Assert.All(own, count => Assert.Equal(300, count)));
    });

    [Fact]
    public void TheCountMayChangeBetweenRuns()
    {
        for (int round = 0; round < 60; round++)
        {
            ThreadsCollection.With(1 + (round * 7 % 5), () =>
            {
                int[] calls = new int[33];
                ForkJoin.Run(calls.Length, new Count(calls));
                Assert.All(calls, count => Assert.Equal(1, count));
            });
        }
    }

    [Fact]
    public void ADispatchAllocatesNothing() => ThreadsCollection.With(2, () =>
    {
        Count work = new(new int[8]);
        ForkJoin.Run(8, work);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 1000; round++)
        {
            ForkJoin.Run(8, work);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(257)]
    public void RefusesACountOutsideItsRange(int count)
    {
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(() => Threads.Count = count);
        Assert.Contains($"needs 1 to 256 threads, got {count}", thrown.Message);
    }
}
