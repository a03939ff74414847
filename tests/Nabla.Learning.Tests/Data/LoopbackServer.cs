using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Nabla.Learning.Tests;

/// <summary>A server of files on this machine's loopback, as badly behaved as a test wants it.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly HttpListener server;
    private readonly Func<HttpListenerContext, Task> answer;
    private readonly CancellationTokenSource end = new();

    public LoopbackServer(Func<HttpListenerContext, Task> answer)
    {
        this.answer = answer;
        (server, Address) = Start();
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    public ConcurrentQueue<string> Asked { get; } = [];

    public CancellationToken Ended => end.Token;

    /// <summary>Serves files from memory, and 404 for others.</summary>
    public static LoopbackServer Of(IReadOnlyDictionary<string, byte[]> files) => new(async context =>
    {
        if (!files.TryGetValue(context.Request.Url!.Segments[^1], out byte[]? file))
        {
            context.Response.StatusCode = 404;
            context.Response.Close();
            return;
        }
        context.Response.ContentLength64 = file.Length;
        await context.Response.OutputStream.WriteAsync(file);
        context.Response.Close();
    });

    public void Dispose()
    {
        end.Cancel();
        server.Abort();
    }

    private static (HttpListener, Uri) Start()
    {
        for (int attempt = 0; ; attempt++)
        {
            var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            int port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return (listener, new Uri($"http://127.0.0.1:{port}/data/"));
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                // Another took the port between the two starts.
            }
        }
    }

    private async Task AcceptAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                HttpListenerContext context = await server.GetContextAsync();
                Asked.Enqueue(context.Request.Url!.Segments[^1]);
                _ = AnswerAsync(context);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            await answer(context);
        }
        catch (Exception e) when (e is HttpListenerException or IOException or OperationCanceledException or ObjectDisposedException
            or InvalidOperationException)
        {
            // The client went away, which is what some tests are about.
        }
    }
}
