using Microsoft.Playwright;

namespace Nabla.Studio.Tests.Browser;

/// <summary>The one file that <c>SaveGraph("graph.html")</c> writes, opened without any server.</summary>
public sealed class SavedPageTests(StudioBrowser browser) : IClassFixture<StudioBrowser>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-page").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [BrowserTheory]
    [InlineData("en", 1400, false)]
    [InlineData("ko", 390, true)]
    public async Task ItPlaysIsAccessibleAndSavesItsPicture(string language, int width, bool isDark)
    {
        await using OpenPage opened = await browser.VisitAsync(Saved(language), language, isDark, width);
        Assert.Equal(0, await opened.OverflowAsync());
        Assert.Empty(await opened.ViolationsAsync());

        await opened.Page.Locator("#rewind").ClickAsync();
        await opened.Page.Locator("#on").ClickAsync();
        string first = await opened.Page.Locator("#step").InnerTextAsync();
        Assert.Contains("x = -2", first);
        await opened.Page.Locator("#stage").PressAsync("End");
        string last = await opened.Page.Locator("#step").InnerTextAsync();
        Assert.Contains("∂q/∂y", last);

        byte[] svg = await DownloadAsync(opened.Page, "#save-svg", "graph.svg");
        string drawing = System.Text.Encoding.UTF8.GetString(svg);
        Assert.Contains("<svg", drawing);
        Assert.Contains("−12", drawing.Replace('-', '−'));
        byte[] png = await DownloadAsync(opened.Page, "#save-png", "graph.png");
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.InRange(png.Length, 2_000, 5_000_000);
        Assert.Empty(opened.Complaints);
    }

    private static async Task<byte[]> DownloadAsync(IPage page, string button, string name)
    {
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.Locator(button).ClickAsync());
        Assert.Equal(name, download.SuggestedFilename);
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }

    private string Saved(string language)
    {
        Tensor x = -2, y = 5, z = -4;
        Tensor f = ((x.Named("x") + y.Named("y")).Named("q") * z.Named("z")).Named("f");
        string file = Path.Combine(folder, "graph.html");
        f.SaveGraph(file, language: language == "ko" ? Language.Korean : Language.English);
        return new Uri(file).AbsoluteUri;
    }
}
