using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nabla.Playgrounds;
using Nabla.Serving;

namespace Nabla;

/// <summary>Serves the studio: the page that shows graphs, lessons and trainings.</summary>
/// <example><code>await using StudioServer server = await StudioServer.StartAsync(new());</code></example>
public sealed class StudioServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly TrainingSessions sessions;

    private StudioServer(WebApplication application, TrainingSessions sessions, ShownGraphs graphs, Watchers watchers)
    {
        (this.application, this.sessions, Graphs, Watchers) = (application, sessions, graphs, watchers);
        string found = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = new(found);
    }

    /// <summary>Where it is served: <c>http://127.0.0.1:5210/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Whether the page was built in; without it the server answers with what is missing.</summary>
    public static bool HasPage => Page.IsBuilt;

    internal ShownGraphs Graphs { get; }

    internal Watchers Watchers { get; }

    internal int TrainingCount => sessions.Count;

    /// <summary>Starts to serve.</summary>
    /// <param name="options">Where.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="IOException">The port is taken, or may not be used.</exception>
    public static async Task<StudioServer> StartAsync(StudioOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Port, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Port, IPEndPoint.MaxPort, nameof(options));
        if (options.Port != 0) return await StartAsync(options.Address, options.Port, cancellation).ConfigureAwait(false);
        try
        {
            return await StartAsync(options.Address, StudioOptions.UsualPort, cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return await StartAsync(options.Address, port: 0, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Completes when it is told to stop.</summary>
    /// <param name="cancellation">Tells it.</param>
    public static async Task WaitAsync(CancellationToken cancellation)
    {
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellation.Register(() => stopped.TrySetResult());
        await stopped.Task.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Streams to open pages end first, so that stopping does not wait for them.
        sessions.Dispose();
        Watchers.Dispose();
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(2));
        await application.StopAsync(patience.Token).ConfigureAwait(false);
        await application.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<StudioServer> StartAsync(IPAddress address, int port, CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { Args = [] });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Guard.MostBytes;
            kestrel.Limits.MaxConcurrentConnections = 200;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Listen(address, port);
        });
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        WebApplication application = builder.Build();
        TrainingSessions sessions = new();
        ShownGraphs graphs = new();
        Watchers watchers = new();
        application.Use(new Guard(address).HandleAsync);
        application.UseRouting();
        application.MapExplore(graphs);
        application.MapLessons();
        application.MapTrainings(sessions);
        application.MapWatchers(watchers);
        application.MapPage();
        try
        {
            await application.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            sessions.Dispose();
            await application.DisposeAsync().ConfigureAwait(false);
            string way = port == 0 ? "choose an address of this machine with --host" : "choose another port with --port, or leave it out";
            throw new IOException($"the studio cannot listen on {address} port {port}: {exception.Message.TrimEnd('.')}; {way}", exception);
        }
        return new(application, sessions, graphs, watchers);
    }
}
