using FsCheck;
using FsCheck.Fluent;
using Nabla.Views;

namespace Nabla.Tests.Views;

public class LayoutTests
{
    [Fact]
    public void NothingOverlapsInAnyGraph()
    {
        Gen<(int Count, int Edges, int Seed)> graphs =
            from count in Gen.Choose(1, 40)
            from edges in Gen.Choose(0, 80)
            from seed in Gen.Choose(0, int.MaxValue)
            select (count, edges, seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150),
            Prop.ForAll(graphs.ToArbitrary(), graph => AssertClean(graph.Count, graph.Edges, graph.Seed)));
    }

    [Theory]
    [InlineData(300, 420)]
    [InlineData(300, 900)]
    public void ALargeGraphIsCleanToo(int count, int edges) => AssertClean(count, edges, seed: 7, near: 12);

    [Fact]
    public void TheSameGraphIsAlwaysDrawnTheSame()
    {
        (GraphView view, _, _) = GraphViewTests.Network();
        Assert.Equal(view.ToSvg(), GraphView.FromJson(view.ToJson()).ToSvg());
    }

    [Fact]
    public void ALongEdgeRunsLevel()
    {
        LayeredLayout.Box box = new(40, 40, false);
        // 0 → 1 → 2 → 3 → 4, and 0 → 4 past them.
        LayeredLayout.Placement placement = LayeredLayout.Place(
            [box, box, box, box, box],
            [new(0, 1, 30, 28), new(1, 2, 30, 28), new(2, 3, 30, 28), new(3, 4, 30, 28), new(0, 4, 30, 28)]);
        double[] heights = [.. placement.Routes[4].Stretches[2..^2].Select(point => Math.Round(point.Y, 6)).Distinct()];
        Assert.Single(heights);
    }

    private static void AssertClean(int count, int edges, int seed, int near = int.MaxValue)
    {
        Random random = new(seed);
        LayeredLayout.Box[] boxes = [.. Enumerable.Range(0, count)
            .Select(_ => new LayeredLayout.Box(30 + random.Next(120), 30 + random.Next(60), random.Next(3) == 0))];
        List<LayeredLayout.Link> links = [];
        for (int i = 0; i < edges && count > 1; i++)
        {
            int from = random.Next(count - 1), to = from + 1 + random.Next(Math.Min(near, count - 1 - from));
            links.Add(new(from, to, random.Next(200), 6 + random.Next(24)));
        }
        LayeredLayout.Placement placement = LayeredLayout.Place(boxes, links);
        List<(double Left, double Top, double Right, double Bottom)> all = [];
        for (int i = 0; i < count; i++)
        {
            LayeredLayout.Point corner = placement.Corners[i];
            all.Add((corner.X, corner.Y, corner.X + boxes[i].Width, corner.Y + boxes[i].Height));
        }
        for (int i = 0; i < links.Count; i++)
        {
            LayeredLayout.Point at = placement.Routes[i].Label;
            (double width, double height) = (links[i].LabelWidth / 2, links[i].LabelHeight / 2);
            all.Add((at.X - width, at.Y - height, at.X + width, at.Y + height));
        }
        const double Hair = 1e-6;
        for (int i = 0; i < all.Count; i++)
        {
            bool isInside = all[i].Left >= 0 && all[i].Top >= 0 && all[i].Right <= placement.Width && all[i].Bottom <= placement.Height;
            Assert.True(isInside, $"{i} lies outside, seed {seed}");
            for (int j = 0; j < i; j++)
            {
                bool apart = all[i].Right <= all[j].Left + Hair || all[j].Right <= all[i].Left + Hair
                    || all[i].Bottom <= all[j].Top + Hair || all[j].Bottom <= all[i].Top + Hair;
                Assert.True(apart, $"{j} and {i} overlap, seed {seed}");
            }
        }
        for (int i = 0; i < links.Count; i++)
        {
            Assert.True(placement.Routes[i].Stretches[0].X < placement.Routes[i].Stretches[^1].X, $"link {i} runs back, seed {seed}");
            AssertPassesBoxes(placement, boxes, links[i], placement.Routes[i], seed);
        }
    }

    /// <summary>The level stretches of a link touch no box but its own two.</summary>
    private static void AssertPassesBoxes(
        LayeredLayout.Placement placement, LayeredLayout.Box[] boxes, LayeredLayout.Link link, LayeredLayout.Route route, int seed)
    {
        for (int i = 0; i < route.Stretches.Length; i += 2)
        {
            (LayeredLayout.Point start, LayeredLayout.Point end) = (route.Stretches[i], route.Stretches[i + 1]);
            for (int box = 0; box < boxes.Length; box++)
            {
                if (box == link.From || box == link.To) continue;
                LayeredLayout.Point corner = placement.Corners[box];
                bool crosses = start.Y > corner.Y && start.Y < corner.Y + boxes[box].Height
                    && end.X > corner.X && start.X < corner.X + boxes[box].Width;
                Assert.False(crosses, $"link {link.From} to {link.To} crosses box {box}, seed {seed}");
            }
        }
    }
}
