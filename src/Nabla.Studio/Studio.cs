using System.Diagnostics;

namespace Nabla;

/// <summary>Shows the graphs of a program of yours in the browser.</summary>
public static class Studio
{
    private static readonly TimeSpan FirstVisit = TimeSpan.FromMinutes(2), LastVisit = TimeSpan.FromSeconds(5);
    private static readonly Lock Gate = new();
    private static StudioServer? server;

    /// <summary>Opens the browser with the graph behind a result: values, local gradients, upstream and downstream gradients, layers as boxes that
    /// open.</summary>
    /// <param name="result">What was computed, of any shape.</param>
    /// <param name="title">What stands above the graph.</param>
    /// <param name="openBrowser">Whether to open it; the address is printed in any case.</param>
    /// <returns>The address of the page.</returns>
    /// <remarks>
    /// Returns at once, so that a program can show several graphs. The process stays until the last page is closed, or until nobody has opened one
    /// for two minutes. What is shown was read when this was called: later steps of the program do not change it.
    /// </remarks>
    /// <exception cref="InvalidOperationException">A cell was assigned since the forward pass.</exception>
    public static Uri Show(Tensor result, string? title = null, bool openBrowser = true)
    {
        ArgumentNullException.ThrowIfNull(result);
        GraphView view = GraphView.Of(result);
        return Show(title is null ? view : view.Titled(title), openBrowser);
    }

    /// <summary>Opens the browser with a graph.</summary>
    /// <param name="view">The graph.</param>
    /// <param name="openBrowser">Whether to open it; the address is printed in any case.</param>
    /// <returns>The address of the page.</returns>
    public static Uri Show(GraphView view, bool openBrowser = true)
    {
        ArgumentNullException.ThrowIfNull(view);
        StudioServer running = Running();
        Uri page = new(running.Address, $"#/graph/{running.Graphs.Add(view)}");
        Console.WriteLine(page);
        if (openBrowser) Open(page);
        return page;
    }

    /// <summary>Opens an address in the browser of the person at this machine.</summary>
    /// <returns>Whether a browser was started.</returns>
    public static bool Open(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            ProcessStartInfo start = OperatingSystem.IsWindows() ? new(address.AbsoluteUri) { UseShellExecute = true }
                : new(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address.AbsoluteUri]) { RedirectStandardError = true, RedirectStandardOutput = true };
            using Process? process = Process.Start(start);
            return true;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or PlatformNotSupportedException)
        {
            // No browser here: the address on the screen is enough.
            return false;
        }
    }

    private static StudioServer Running()
    {
        lock (Gate)
        {
            if (server is not null) return server;
            server = StudioServer.StartAsync(new()).GetAwaiter().GetResult();
            // A thread in the foreground keeps the process while somebody looks.
            new Thread(() => server.Watchers.WaitForTheLast(FirstVisit, LastVisit)) { Name = "studio" }.Start();
            return server;
        }
    }
}
