using Microsoft.Playwright;

namespace Nabla.Studio.Tests.Browser;

/// <summary>What a learner does, click by click, in a real browser.</summary>
public class LearnerTests(StudioBrowser browser) : IClassFixture<StudioBrowser>
{
    [BrowserTheory]
    [InlineData("en", "gradient distributor", "predicted change: 3 × ")]
    [InlineData("ko", "기울기 분배기", "예측한 변화: 3 × ")]
    public async Task ExploreShowsTheChainRuleWithItsNumbers(string language, string pattern, string predicted)
    {
        await using OpenPage opened = await browser.OpenAsync("explore", language);
        IPage page = opened.Page;
        await opened.GraphAsync(5);
        Assert.Equal("f = -12", await page.Locator(".result").First.TextContentAsync());

        // Backward to the sum, step by step by the keyboard.
        await page.Locator(".stage").First.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        for (int i = 0; i < 8; i++) await page.Keyboard.PressAsync("ArrowRight");
        Assert.Contains(pattern, await page.Locator(".story").TextContentAsync());
        Assert.Contains("1 × −4 = −4", await page.Locator(".edge.now .backward-label").AllTextContentsAsync());

        // A node's details.
        await page.Locator(".node", new() { HasText = "× f" }).ClickAsync();
        Assert.Contains("f = q * z", await page.Locator(".node-panel").TextContentAsync());

        // An input is moved by the keyboard; the prediction stands beside the truth.
        await page.Locator("input[type=range]").Nth(2).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Locator(".forecast", new() { HasText = predicted }).WaitForAsync();

        // One step of gradient descent.
        await page.Locator("button", new() { HasText = "(x + y) · z" }).ClickAsync();
        await page.Locator(".result", new() { HasText = "f = -12" }).WaitForAsync();
        await page.Locator(".center button.primary").Last.ClickAsync();
        await page.Locator(".result", new() { HasText = "f = -16.34" }).WaitForAsync();
        Assert.Empty(opened.Complaints);
    }

    [BrowserFact]
    public async Task AMistakeIsMarkedAndTheWorkStays()
    {
        await using OpenPage opened = await browser.OpenAsync("explore");
        await opened.GraphAsync(5);
        await opened.Page.Locator("textarea").FillAsync("x = 2\nf = sigmod(x)");
        await opened.Page.Locator(".error p").WaitForAsync();
        Assert.Contains("line 2, column 5", await opened.Page.Locator(".error").TextContentAsync());
        Assert.Contains("sigmoid", await opened.Page.Locator(".error").TextContentAsync());
        Assert.Equal("x = 2\nf = sigmod(x)", await opened.Page.Locator("textarea").InputValueAsync());
        await opened.Page.Locator("textarea").FillAsync("x = 2\nf = sigmoid(x)");
        await opened.Page.Locator(".result", new() { HasText = "f = 0.880797" }).WaitForAsync();
        Assert.Equal("", (await opened.Page.Locator(".error").TextContentAsync())!.Trim());
    }

    [BrowserFact]
    public async Task ALinkHoldsTheState()
    {
        await using OpenPage first = await browser.OpenAsync("explore");
        await first.GraphAsync(5);
        await first.Page.Locator("textarea").FillAsync("a = 3\nb = 4\nc = sqrt(a^2 + b^2)");
        await first.Page.Locator(".result", new() { HasText = "c = 5" }).WaitForAsync();
        string link = first.Page.Url;
        await using OpenPage second = await browser.OpenAsync(link[(link.IndexOf("#/", StringComparison.Ordinal) + 2)..]);
        await second.Page.Locator(".result", new() { HasText = "c = 5" }).WaitForAsync();
    }

    [BrowserFact]
    public async Task APictureCanBeSaved()
    {
        await using OpenPage opened = await browser.OpenAsync("explore");
        await opened.GraphAsync(5);
        foreach ((string kind, string begin) in new[] { ("SVG", "<svg"), ("PNG", "\u0089PNG"), ("JSON", "{") })
        {
            IDownload download = await opened.Page.RunAndWaitForDownloadAsync(() => opened.Page.Locator(".exports button", new() { HasText = kind }).ClickAsync());
            byte[] content = await File.ReadAllBytesAsync(await download.PathAsync());
            Assert.StartsWith(begin, System.Text.Encoding.Latin1.GetString(content));
            Assert.True(content.Length > 1000, $"{kind} {content.Length}");
        }
        Assert.Empty(opened.Complaints);
    }

    [BrowserTheory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task EveryLessonOpensAndItsGraphsAreDrawn(string language)
    {
        await using OpenPage opened = await browser.OpenAsync("learn", language);
        foreach (Lesson lesson in LessonCatalog.All)
        {
            await opened.Page.EvaluateAsync($"location.hash = '#/learn/{lesson.Id}'");
            await opened.Page.Locator("h1", new() { HasText = $"{lesson.Id} —" }).WaitForAsync();
            await opened.UntilAsync("[...document.querySelectorAll('.player')].every(one => one.querySelector('.node'))");
            Assert.True(await opened.OverflowAsync() == 0, lesson.Id);
            Assert.True((await opened.OverlapsAsync()).Length == 0, $"{lesson.Id}: {string.Join("; ", await opened.OverlapsAsync())}");
        }
        Assert.Empty(opened.Complaints);
    }

    [BrowserTheory]
    [InlineData("en")]
    [InlineData("ko")]
    public async Task AnExerciseIsGradedAndRemembered(string language)
    {
        await using OpenPage opened = await browser.OpenAsync("learn/B1", language);
        IPage page = opened.Page;
        ILocator fields = page.Locator(".blank input");
        await fields.First.WaitForAsync();
        ExerciseSection exercise = LessonCatalog.Find("B1").Exercises.First();
        int count = await fields.CountAsync();
        Assert.True(count > 3);

        // All wrong at first: every message says so, and none of them is empty.
        for (int i = 0; i < count; i++) await fields.Nth(i).FillAsync("1000");
        await page.Locator(".question", new() { Has = page.Locator(".blank") }).Locator("button.primary").Last.ClickAsync();
        await page.Locator(".blank .verdict.wrong").First.WaitForAsync();
        Assert.Equal(count, await page.Locator(".blank .verdict.wrong").CountAsync());
        Assert.DoesNotContain("", await page.Locator(".blank .verdict.wrong").AllTextContentsAsync());

        LessonVerdict revealed = LessonCatalog.Find("B1").Grade(exercise.Id, new Dictionary<string, string>(), reveal: true);
        Assert.Equal(count, revealed.Parts.Length);
        string[] answers = ["3", "-12", "1", "-4", "3", "3", "-4", "1", "-4", "-4"];
        for (int i = 0; i < count; i++) await fields.Nth(i).FillAsync(answers[i]);
        await page.Locator(".question", new() { Has = page.Locator(".blank") }).Locator("button.primary").Last.ClickAsync();
        await opened.UntilAsync($"document.querySelectorAll('.blank .verdict.wrong').length === 0 && document.querySelectorAll('.blank .verdict.right').length === {count}");

        // The quiz is tried until it is right; then the lesson counts as done, also after a reload.
        ILocator choices = page.Locator("input[type=radio]");
        for (int i = 0; i < await choices.CountAsync(); i++)
        {
            await choices.Nth(i).CheckAsync();
            await page.Locator("fieldset ~ .row button").First.ClickAsync();
            await page.Locator("fieldset ~ .verdict.right, fieldset ~ .verdict.wrong").First.WaitForAsync();
            await page.WaitForTimeoutAsync(200);
            if (await page.Locator("fieldset ~ .verdict.right").CountAsync() > 0) break;
        }
        await page.GotoAsync($"{browser.Address}#/learn");
        await page.ReloadAsync();
        await page.Locator(".lesson", new() { HasText = "B1" }).Locator(".done").WaitForAsync();
        Assert.Empty(opened.Complaints);
    }

    [BrowserTheory]
    [InlineData("en", "Run")]
    [InlineData("ko", "실행")]
    public async Task ANetworkIsTrainedAndChangedWhileItTrains(string language, string run)
    {
        await using OpenPage opened = await browser.OpenAsync("train", language);
        IPage page = opened.Page;
        await page.Locator(".figures dd").First.WaitForAsync();
        Assert.Contains(run, await page.Locator(".run").TextContentAsync());
        await page.Locator(".run").ClickAsync();
        await opened.UntilAsync("Number(document.querySelector('.bar .figures dd').textContent) > 30");
        int units = await page.Locator("canvas.unit").CountAsync();
        await page.Locator("[data-key='more 0']").ClickAsync();
        await opened.UntilAsync($"document.querySelectorAll('canvas.unit').length === {units + 1}");
        await page.Locator("[data-key='show gradients']").ClickAsync();
        await page.Locator("select[data-key='choice regularization']").SelectOptionAsync("l2");
        await page.Locator(".run").ClickAsync();
        await opened.UntilAsync($"document.querySelector('.run').textContent.includes('{run}')");
        Assert.Contains("s=", page.Url);
        Assert.Empty(opened.Complaints);
    }

    [BrowserFact]
    public async Task OwnPointsAreDrawnByHand()
    {
        await using OpenPage opened = await browser.OpenAsync("train");
        await opened.Page.Locator("[data-key='points']").ClickAsync();
        await opened.Page.Locator("svg.points").ClickAsync(new() { Position = new() { X = 90, Y = 90 } });
        await opened.Page.Locator("[data-key='orange']").ClickAsync();
        await opened.Page.Locator("svg.points").ClickAsync(new() { Position = new() { X = 220, Y = 200 } });
        await opened.UntilAsync("document.querySelectorAll('svg.points circle').length === 1 && document.querySelectorAll('svg.points rect').length === 1");
        Assert.Empty(opened.Complaints);
    }

    [BrowserFact]
    public async Task AGraphThatAProgramShowsOpensBoxByBox()
    {
        RandomKey key = RandomKey.FromSeed(1);
        Sequential model = [new Linear(4, 8, key.At(0)), Activation.Relu, new Linear(8, 3, key.At(1))];
        string id = browser.Server.Graphs.Add(GraphView.Of(Loss.CrossEntropy(model.Apply(key.At(2).Uniform([16, 4])), Tensor.From(new int[16]))));
        await using OpenPage opened = await browser.OpenAsync($"graph/{id}");
        await opened.GraphAsync(4);
        int before = await opened.Page.Locator(".graph .node").CountAsync();
        await opened.Page.Locator(".node", new() { HasText = "Linear 4 → 8" }).DblClickAsync();
        await opened.GraphAsync(before + 1);
        Assert.Equal(1, browser.Server.Watchers.Count);
        Assert.Empty(opened.Complaints);
    }

    [BrowserFact]
    public async Task ALargeGraphIsLaidOut()
    {
        string program = "x = 0.5\ny0 = x\n" + string.Join('\n', Enumerable.Range(1, 150).Select(i => $"y{i} = y{i - 1} * 1.01 + {(i % 3 == 0 ? "x" : "0.1")}"));
        await using OpenPage opened = await browser.OpenAsync("explore");
        await opened.GraphAsync(5);
        await opened.Page.Locator("textarea").FillAsync(program);
        await opened.GraphAsync(300);
        Assert.Empty(await opened.OverlapsAsync());
    }
}
