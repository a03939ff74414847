using Microsoft.Playwright;

namespace Nabla.Studio.Tests.Browser;

/// <summary>A studio and a browser that looks at it.</summary>
public sealed class StudioBrowser : IAsyncLifetime
{
    public const string Chromium = "/usr/bin/chromium";

    private readonly ServedStudio studio = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    public Uri Address => studio.Address;

    internal StudioServer Server => studio.Server;

    public async Task InitializeAsync()
    {
        await studio.InitializeAsync();
        if (BrowserFactAttribute.WhyNot is not null) return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
        await studio.DisposeAsync();
    }

    /// <summary>A page of its own, with nothing remembered. What it complains of ends up in <see cref="OpenPage.Complaints"/>.</summary>
    public async Task<OpenPage> OpenAsync(string place, string language = "en", bool isDark = false, int width = 1400, int height = 900)
    {
        OpenPage opened = await VisitAsync($"{Address}#/{place}", language, isDark, width, height);
        await opened.Page.Locator("#room h1").First.WaitForAsync();
        return opened;
    }

    /// <summary>Any address, such as a file's, in a page of its own.</summary>
    public async Task<OpenPage> VisitAsync(string address, string language = "en", bool isDark = false, int width = 1400, int height = 900)
    {
        IBrowserContext context = await browser!.NewContextAsync(new()
        {
            Locale = language == "ko" ? "ko-KR" : "en-US",
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = height },
        });
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(30_000);
        OpenPage opened = new(context, page);
        await page.GotoAsync(address);
        return opened;
    }
}
