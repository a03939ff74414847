using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Nabla.Serving;

/// <summary>The pages that are open: each keeps a stream, whose end tells that it was closed.</summary>
internal sealed class Watchers : IDisposable
{
    private readonly CancellationTokenSource ended = new();
    private readonly Lock gate = new();
    private int count;
    private bool anyCame;
    private long lastChange = Environment.TickCount64;

    public int Count
    {
        get
        {
            lock (gate) return count;
        }
    }

    public async Task WatchAsync(HttpContext context)
    {
        Answers.BeginEvents(context);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ended.Token);
        Move(1);
        try
        {
            while (true)
            {
                await Answers.SendEventAsync(context, "here", "{}", either.Token).ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromSeconds(15), either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
        finally
        {
            Move(-1);
        }
    }

    /// <summary>Returns when every page is closed for a while, or none came at all.</summary>
    public void WaitForTheLast(TimeSpan first, TimeSpan last)
    {
        while (!ended.IsCancellationRequested)
        {
            lock (gate)
            {
                TimeSpan since = TimeSpan.FromMilliseconds(Environment.TickCount64 - lastChange);
                if (count == 0 && since > (anyCame ? last : first)) return;
            }
            ended.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200));
        }
    }

    public void Dispose() => ended.Cancel();

    private void Move(int by)
    {
        lock (gate)
        {
            count += by;
            anyCame |= by > 0;
            lastChange = Environment.TickCount64;
        }
    }
}

/// <summary>The stream's address.</summary>
internal static class WatcherRoutes
{
    public static void MapWatchers(this IEndpointRouteBuilder routes, Watchers watchers) => routes.MapGet("/api/presence", (RequestDelegate)watchers.WatchAsync);
}
