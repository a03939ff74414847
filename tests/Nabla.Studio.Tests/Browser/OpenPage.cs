using Microsoft.Playwright;

namespace Nabla.Studio.Tests.Browser;

/// <summary>A page of the studio in a browser, until disposed of.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext context;

    public OpenPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.PageError += (_, error) => Complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Complaints.Add(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the page, such as what its security policy refused.</summary>
    public List<string> Complaints { get; } = [];

    public async ValueTask DisposeAsync() => await context.CloseAsync();

    /// <summary>Waits till the graph is drawn.</summary>
    public Task GraphAsync(int nodes = 1) => UntilAsync($"document.querySelectorAll('.graph .node').length >= {nodes}");

    /// <summary>Waits till something holds on the page; asked from outside, because the page itself may not evaluate text.</summary>
    public async Task UntilAsync(string condition)
    {
        DateTime end = DateTime.UtcNow.AddSeconds(30);
        while (!await Page.EvaluateAsync<bool>($"Boolean({condition})"))
        {
            Assert.True(DateTime.UtcNow < end, $"waited for {condition}; the page says: {string.Join("; ", Complaints)}");
            await Task.Delay(50);
        }
    }

    /// <summary>How far the page can be moved sideways, in pixels.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)");

    /// <summary>Pairs of nodes, or of labels and nodes, that lie over each other in the drawing.</summary>
    public Task<string[]> OverlapsAsync() => Page.EvaluateAsync<string[]>("""
        () => {
          const boxes = [...document.querySelectorAll('.graph .node .body, .graph text.forward-label, .graph text.backward-label')]
            .filter(one => getComputedStyle(one).visibility === 'visible' && (one.tagName !== 'text' || one.textContent !== ''))
            .map(one => ({ one, box: one.getBoundingClientRect(), name: one.tagName === 'text' ? one.textContent : one.parentElement.textContent }));
          const found = [];
          for (let i = 0; i < boxes.length; i++)
            for (let k = i + 1; k < boxes.length; k++) {
              const a = boxes[i].box, b = boxes[k].box;
              if (boxes[i].one.parentElement === boxes[k].one.parentElement) continue;
              if (a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 4 && b.top < a.bottom - 4) found.push(`${boxes[i].name} / ${boxes[k].name}`);
            }
          return found;
        }
        """);

    /// <summary>What the accessibility checker finds, a line each.</summary>
    public async Task<string[]> ViolationsAsync()
    {
        string axe = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Root(), "src", "Nabla.Studio", "Web", "node_modules", "axe-core", "axe.min.js"));
        // Run in the page's own world, past its security policy, as the checker is not part of it.
        await Page.EvaluateAsync(axe);
        return await Page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .map(found => `${found.id}: ${found.nodes.map(node => node.html.slice(0, 160)).slice(0, 4).join(' | ')}`)
            """);
    }
}
