using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Nabla.Kernels;

/// <summary>Work cut into numbered tasks that touch different results, so that they may run in any order and on any thread.</summary>
internal interface IWork
{
    void Run(int task);
}

/// <summary>
/// Runs tasks on the calling thread and the workers, and returns when all are done. A dispatch allocates nothing: the work stays on the
/// caller's stack, and workers reach it through a pointer that is valid because the caller waits for every worker that has joined.
/// </summary>
/// <remarks>
/// Workers spin for a moment after each dispatch, so that the next operation of a step finds them awake, and then park. A nested call, or one
/// made while another thread holds the workers, runs all its tasks on its own thread; tasks are cut by size, so the results are the same.
/// </remarks>
internal static unsafe class ForkJoin
{
    private const long Open = 1 << 16, Joined = Open - 1, Generation = Open << 1;

    // Long enough to cover the gap between two operations of a step (a few µs), short enough not to be seen in a process list.
    private static readonly long SpinTicks = Stopwatch.Frequency / 20_000;

    private static readonly Lock lifecycle = new();
    private static readonly object parking = new();
    private static readonly bool[] alive = new bool[256];
    private static readonly bool canStart = !OperatingSystem.IsBrowser();
    private static int started;
    private static int parked;
    private static Shared shared;

    // The counters that every thread writes lie on cache lines of their own.
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Shared
    {
        [FieldOffset(64)] public long State;      // generation · 2^17 | open · 2^16 | workers that have joined
        [FieldOffset(128)] public int Taken;      // how many tasks were handed out, or asked for in vain
        [FieldOffset(132)] public int FromEnd;    // how many of them to workers
        [FieldOffset(192)] public int Busy;       // 1 while a caller holds the workers
        [FieldOffset(256)] public int Tasks;
        [FieldOffset(264)] public void* Work;
        [FieldOffset(272)] public delegate*<void*, int, void> Invoke;
    }

    private static ExceptionDispatchInfo? failure;

    /// <summary>Whether a run from here would stay on the calling thread: a hint for how finely to cut, never for the order of a sum.</summary>
    public static bool IsInline => Threads.Count == 1 || !canStart || Volatile.Read(ref shared.Busy) != 0;

    /// <summary>Runs tasks 0 to tasks - 1, each once. A task's first exception reaches the caller; tasks not begun are then left out.</summary>
    public static void Run<TWork>(int tasks, in TWork work) where TWork : struct, IWork
    {
        int threads = Math.Min(Threads.Count, tasks);
        if (threads <= 1 || !canStart || Interlocked.CompareExchange(ref shared.Busy, 1, 0) != 0)
        {
            for (int task = 0; task < tasks; task++)
            {
                Unsafe.AsRef(in work).Run(task);
            }
            return;
        }
        TWork copy = work;
        try
        {
            if (Volatile.Read(ref started) < threads - 1)
            {
                Start(threads - 1);
            }
            Dispatch(tasks, Unsafe.AsPointer(ref copy), &Invoke<TWork>);
        }
        finally
        {
            Volatile.Write(ref shared.Busy, 0);
        }
    }

    /// <summary>Wakes the workers above the wanted count, so that they end.</summary>
    public static void Shrink()
    {
        lock (parking)
        {
            Monitor.PulseAll(parking);
        }
    }

    private static void Invoke<TWork>(void* work, int task) where TWork : struct, IWork => Unsafe.AsRef<TWork>(work).Run(task);

    private static void Dispatch(int tasks, void* work, delegate*<void*, int, void> invoke)
    {
        failure = null;
        shared.Tasks = tasks;
        shared.Work = work;
        shared.Invoke = invoke;
        shared.FromEnd = 0;
        Volatile.Write(ref shared.Taken, 0);
        // The exchange is a full fence: a worker that parks either sees the new generation or is seen in `parked`.
        Interlocked.Exchange(ref shared.State, (shared.State & ~(Generation - 1)) + Generation + Open);
        if (Volatile.Read(ref parked) > 0)
        {
            lock (parking)
            {
                Monitor.PulseAll(parking);
            }
        }
        RunTasks(isCaller: true);
        Interlocked.And(ref shared.State, ~Open);
        SpinWait spin = default;
        while ((Volatile.Read(ref shared.State) & Joined) != 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
        ExceptionDispatchInfo? thrown = failure;
        if (thrown is not null)
        {
            failure = null;
            thrown.Throw();
        }
    }

    // The caller takes tasks from the front and the workers from the end, until they meet: what a core has written in one run it finds in its own
    // cache in the next.
    private static void RunTasks(bool isCaller)
    {
        int tasks = shared.Tasks, front = 0;
        try
        {
            while (Interlocked.Increment(ref shared.Taken) <= tasks)
            {
                shared.Invoke(shared.Work, isCaller ? front++ : tasks - Interlocked.Increment(ref shared.FromEnd));
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            Interlocked.Exchange(ref shared.Taken, tasks);
        }
    }

    private static void Start(int wanted)
    {
        lock (lifecycle)
        {
            for (int index = 0; index < wanted; index++)
            {
                if (alive[index])
                {
                    continue;
                }
                alive[index] = true;
                started++;
                int own = index;
                new Thread(() => Work(own), 1 << 20) { IsBackground = true, Name = $"Nabla worker {own + 1}" }.Start();
            }
        }
    }

    private static bool Ends(int index)
    {
        lock (lifecycle)
        {
            if (index < Threads.Count - 1)
            {
                return false;
            }
            alive[index] = false;
            started--;
            return true;
        }
    }

    private static void Work(int index)
    {
        long seen = 0;
        while (true)
        {
            if (index >= Threads.Count - 1 && Ends(index))
            {
                return;
            }
            long state = Wait(index, seen);
            if ((state & Open) == 0)
            {
                continue;
            }
            if (Interlocked.CompareExchange(ref shared.State, state + 1, state) == state)
            {
                seen = state & ~(Generation - 1);
                RunTasks(isCaller: false);
                Interlocked.Decrement(ref shared.State);
            }
        }
    }

    /// <summary>Spins, then parks, until there is a dispatch that this worker has not joined yet, or until it is to end.</summary>
    private static long Wait(int index, long seen)
    {
        long until = Stopwatch.GetTimestamp() + SpinTicks;
        do
        {
            for (int i = 0; i < 16; i++)
            {
                long state = Volatile.Read(ref shared.State);
                if (IsNews(state, seen))
                {
                    return state;
                }
                Thread.SpinWait(4);
            }
        }
        while (Stopwatch.GetTimestamp() < until && index < Threads.Count - 1);
        lock (parking)
        {
            Interlocked.Increment(ref parked);
            long state = Volatile.Read(ref shared.State);
            while (!IsNews(state, seen) && index < Threads.Count - 1)
            {
                Monitor.Wait(parking);
                state = Volatile.Read(ref shared.State);
            }
            Interlocked.Decrement(ref parked);
            return IsNews(state, seen) ? state : 0;
        }
    }

    private static bool IsNews(long state, long seen) => (state & Open) != 0 && (state & ~(Generation - 1)) != seen;
}
