using System.Threading.Channels;

namespace Nabla.Playgrounds;

/// <summary>One training of the playground: a worker steps while it runs, and tells each listener how it stands.</summary>
internal sealed class TrainingSession : IDisposable
{
    private const int StatesPerSecond = 20;
    private const int HistoryLimit = 1000;

    private readonly Lock gate = new();
    private readonly Playground playground;
    private readonly List<Channel<SessionEvent>> listeners = [];
    private readonly CancellationTokenSource ended = new();
    private List<double[]> history = [];
    private long historyEvery = 1;
    private bool running;
    private Language language;
    private long lastUse = Environment.TickCount64;

    public TrainingSession(string id, PlaygroundSettings settings, Language language)
    {
        Id = id;
        this.language = language;
        playground = new(settings);
        Note();
    }

    public string Id { get; }

    /// <summary>Nobody has listened or asked for this long.</summary>
    public TimeSpan Idle
    {
        get
        {
            lock (gate) return listeners.Count > 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Environment.TickCount64 - lastUse);
        }
    }

    public PlaygroundSettings Settings
    {
        get
        {
            lock (gate) return playground.Settings;
        }
    }

    public void Run()
    {
        lock (gate)
        {
            Touch();
            if (running || !playground.CanStep || ended.IsCancellationRequested) return;
            running = true;
        }
        Thread worker = new(Work) { IsBackground = true, Name = "playground", Priority = ThreadPriority.BelowNormal };
        worker.Start();
    }

    public void Pause()
    {
        lock (gate)
        {
            Touch();
            running = false;
            Tell();
        }
    }

    public void Step()
    {
        lock (gate)
        {
            Touch();
            running = false;
            if (playground.CanStep) Advance();
            Tell();
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            Touch();
            running = false;
            playground.Reset();
            (history, historyEvery) = ([], 1);
            Note();
            Tell(whole: true);
        }
    }

    public void Change(PlaygroundSettings settings, Language spoken)
    {
        lock (gate)
        {
            Touch();
            language = spoken;
            playground.Change(settings);
            Tell(whole: true);
        }
    }

    /// <summary>How the training stands now, then each state as it comes; a listener that is too slow misses states between.</summary>
    public async IAsyncEnumerable<SessionEvent> Listen([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        Channel<SessionEvent> channel = Channel.CreateBounded<SessionEvent>(new BoundedChannelOptions(8) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (gate)
        {
            Touch();
            foreach (SessionEvent now in Whole()) channel.Writer.TryWrite(now);
            listeners.Add(channel);
        }
        try
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, ended.Token);
            while (await channel.Reader.WaitToReadAsync(either.Token).ConfigureAwait(false))
                while (channel.Reader.TryRead(out SessionEvent? told)) yield return told;
        }
        finally
        {
            lock (gate)
            {
                listeners.Remove(channel);
                Touch();
                // Nobody watches: no need to compute.
                if (listeners.Count == 0) running = false;
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            running = false;
            ended.Cancel();
        }
    }

    private void Work()
    {
        long frame = 1000 / StatesPerSecond;
        double owed = 0;
        while (true)
        {
            long begin = Environment.TickCount64;
            lock (gate)
            {
                if (!running) return;
                owed = playground.Settings.Training.Speed == 0 ? 0 : Math.Min(owed + (playground.Settings.Training.Speed / (double)StatesPerSecond), 1000);
                // Half of each frame computes at most: the machine stays pleasant to use.
                while (playground.CanStep && Environment.TickCount64 - begin < frame / 2 && (playground.Settings.Training.Speed == 0 || owed >= 1))
                {
                    Advance();
                    owed--;
                }
                if (!playground.CanStep) running = false;
                Tell();
                if (!running) return;
            }
            Thread.Sleep((int)Math.Max(1, frame - (Environment.TickCount64 - begin)));
        }
    }

    private void Advance()
    {
        playground.Step();
        if (playground.StepCount % historyEvery == 0) Note();
    }

    private void Note()
    {
        (double train, double test) = playground.Losses();
        history.Add([playground.StepCount, train, test]);
        if (history.Count < HistoryLimit) return;
        // Half as dense from here on: the whole curve stays, in bounded memory.
        historyEvery *= 2;
        history = [.. history.Where(point => point[0] % historyEvery == 0)];
    }

    private string? Fault() => playground.IsFinite ? null : PlaygroundTexts.Diverged(language);

    private void Touch() => lastUse = Environment.TickCount64;

    private void Tell(bool whole = false)
    {
        if (listeners.Count == 0) return;
        SessionEvent[] told = whole ? [.. Whole()] : [new("state", playground.State(running, Fault()))];
        foreach (Channel<SessionEvent> listener in listeners)
            foreach (SessionEvent one in told) listener.Writer.TryWrite(one);
    }

    private IEnumerable<SessionEvent> Whole() =>
    [
        new("settings", playground.Settings),
        new("data", playground.Points),
        new("history", history.ToArray()),
        new("state", playground.State(running, Fault())),
    ];
}
