namespace Nabla.Studio.Tests.Browser;

/// <summary>A check in a real browser; skipped, and saying so, where Debian's chromium or the built page is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = WhyNot;

    internal static string? WhyNot =>
        !File.Exists(StudioBrowser.Chromium) ? $"needs {StudioBrowser.Chromium}: apt-get install chromium"
        : !StudioServer.HasPage ? "needs the studio's page: install Node.js 20 or newer and build again" : null;
}
