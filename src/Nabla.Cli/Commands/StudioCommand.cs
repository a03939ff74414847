using System.CommandLine;
using System.Net;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla studio</c>: graphs, lessons and trainings in the browser, computed by a server on this machine.</summary>
internal static class StudioCommand
{
    public static Command Create()
    {
        Option<int> port = CommonOptions.Whole("--port", "5210", 0, IPEndPoint.MaxPort, "the port; the usual one, or a free one, if not given", 0);
        Option<bool> noBrowser = new("--no-browser") { Description = "print the address and open no browser" };
        Option<string?> host = new("--host") { Description = "the address to listen on; only this machine reaches it if not given", HelpName = "address" };
        Option<string?> language = CommonOptions.Language();
        Command command = new("studio", "See graphs, learn and train a network in the browser.") { port, noBrowser, host, language };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(port), parsed.GetValue(noBrowser), parsed.GetValue(host), Texts.Of(parsed.GetValue(language))));
        return command;
    }

    private static async Task<int> RunAsync(int port, bool noBrowser, string? host, Texts texts)
    {
        IPAddress? address = IPAddress.Loopback;
        if (host is not null && host != "localhost" && !IPAddress.TryParse(host, out address))
            throw new UsageException($"--host needs an address of this machine, like 127.0.0.1 or 0.0.0.0, got '{host}'");
        using Interruption interruption = new();
        await using StudioServer server = await StudioServer.StartAsync(new() { Port = port, Address = address! }, interruption.Token);
        Console.WriteLine(texts.StudioAt(server.Address));
        if (!IPAddress.IsLoopback(address!)) Console.WriteLine(texts.StudioIsPublic);
        if (!StudioServer.HasPage) Console.WriteLine(texts.StudioHasNoPage);
        else if (!noBrowser) Studio.Open(server.Address);
        await StudioServer.WaitAsync(interruption.Token);
        return ExitCode.Done;
    }
}
