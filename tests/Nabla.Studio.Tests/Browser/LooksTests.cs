namespace Nabla.Studio.Tests.Browser;

/// <summary>What every page must be: within the screen, accessible, without complaints, in both themes and languages.</summary>
public class LooksTests(StudioBrowser browser) : IClassFixture<StudioBrowser>
{
    private static readonly string[] Places = ["explore", "learn", "learn/B1", "learn/D4", "learn/D5", "train"];

    public static TheoryData<string, string, bool, int> Pages()
    {
        TheoryData<string, string, bool, int> pages = [];
        foreach (string place in Places)
        {
            pages.Add(place, "en", false, 1400);
            pages.Add(place, "ko", true, 1400);
            pages.Add(place, "ko", false, 390);
            pages.Add(place, "en", true, 390);
        }
        return pages;
    }

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task APageIsWholeAndAccessible(string place, string language, bool isDark, int width)
    {
        await using OpenPage opened = await browser.OpenAsync(place, language, isDark, width);
        if (place != "learn") await opened.UntilAsync("document.querySelector('.graph .node, canvas.unit, .uplot')");
        await opened.Page.EvaluateAsync("document.fonts.ready");
        await opened.Page.ScreenshotAsync(new()
        {
            Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"{place.Replace('/', '-')}-{language}-{(isDark ? "dark" : "light")}-{width}.png"),
            FullPage = true,
        });
        Assert.Equal(0, await opened.OverflowAsync());
        Assert.Equal(language, await opened.Page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.Empty(await opened.OverlapsAsync());
        Assert.Empty(await opened.ViolationsAsync());
        Assert.Empty(opened.Complaints);
    }

    [BrowserFact]
    public async Task TheKeyboardReachesEveryRoom()
    {
        await using OpenPage opened = await browser.OpenAsync("explore");
        await opened.GraphAsync(5);
        await opened.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("skip", await opened.Page.EvaluateAsync<string>("document.activeElement.id"));
        HashSet<string> seen = [];
        for (int i = 0; i < 80; i++)
        {
            await opened.Page.Keyboard.PressAsync("Tab");
            seen.Add(await opened.Page.EvaluateAsync<string>("document.activeElement.tagName + '.' + (document.activeElement.getAttribute('class') ?? '').split(' ')[0]"));
        }
        Assert.Contains("g.node", seen);
        Assert.Contains("TEXTAREA.mono", seen);
    }
}
