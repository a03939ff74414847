namespace Nabla.Views;

/// <summary>
/// Places boxes in layers from left to right, so that every edge runs to the right and nothing overlaps: no box, no label,
/// and no edge a box.
/// </summary>
/// <remarks>
/// The four steps of K. Sugiyama, S. Tagawa, M. Toda, 1981: layers by longest path; an element for each layer that an edge passes through, and
/// one for its label; few crossings by barycentres; then heights. The heights of one layer are the nearest ones to where the neighbours want them
/// that keep the order and the distances: an isotonic regression, solved by pooling adjacent violators (M. Ayer et al., 1955).
/// </remarks>
internal sealed class LayeredLayout
{
    private const double BoxGap = 16, PassGap = 10, LayerGap = 26, Margin = 20;

    // Orders improve little after some sweeps; huge graphs get fewer, so that 300 nodes take a fraction of a second.
    private const int MostSweeps = 24, LeastSweeps = 4, SweepBudget = 1_000_000;

    private readonly IReadOnlyList<Box> boxes;
    private readonly IReadOnlyList<Link> links;
    private readonly List<Element> elements = [];
    private List<Element>[] layers = [];

    private LayeredLayout(IReadOnlyList<Box> boxes, IReadOnlyList<Link> links)
    {
        this.boxes = boxes;
        this.links = links;
    }

    /// <summary>A box to place.</summary>
    /// <param name="Width">Its width.</param>
    /// <param name="Height">Its height.</param>
    /// <param name="IsFirst">Whether it stays in the first layer if nothing leads to it; else it stands just before what reads it.</param>
    internal readonly record struct Box(double Width, double Height, bool IsFirst);

    /// <summary>An edge to draw, from a box to a later one, with room for a label.</summary>
    internal readonly record struct Link(int From, int To, double LabelWidth, double LabelHeight);

    /// <summary>A point.</summary>
    internal readonly record struct Point(double X, double Y);

    /// <summary>Where a link's level stretches begin and end, in turn; between two stretches it curves.</summary>
    /// <param name="Stretches">Pairs of equal height.</param>
    /// <param name="Label">The middle of its label.</param>
    internal readonly record struct Route(Point[] Stretches, Point Label);

    /// <summary>The upper left corner of each box, the route of each link, and the size of it all.</summary>
    internal readonly record struct Placement(Point[] Corners, Route[] Routes, double Width, double Height);

    /// <summary>Places them.</summary>
    /// <param name="boxes">In an order in which every link leads from an earlier to a later one.</param>
    /// <param name="links">The edges.</param>
    public static Placement Place(IReadOnlyList<Box> boxes, IReadOnlyList<Link> links) => new LayeredLayout(boxes, links).Run();

    private Placement Run()
    {
        if (boxes.Count == 0) return new([], [], 2 * Margin, 2 * Margin);
        Element[][] chains = MakeElements(Ranks());
        Order();
        Level();
        for (int round = 0; round < 3; round++)
            foreach (Element[] chain in chains) Straighten(chain);
        return Read(chains);
    }

    private int[] Ranks()
    {
        int[] rank = new int[boxes.Count], nearest = new int[boxes.Count];
        bool[] isReached = new bool[boxes.Count];
        Array.Fill(nearest, int.MaxValue);
        ILookup<int, Link> outOf = links.ToLookup(link => link.From);
        for (int box = 0; box < boxes.Count; box++)
        {
            foreach (Link link in outOf[box])
            {
                rank[link.To] = Math.Max(rank[link.To], rank[box] + 1);
                isReached[link.To] = true;
            }
        }
        foreach (Link link in links) nearest[link.From] = Math.Min(nearest[link.From], rank[link.To]);
        for (int box = 0; box < boxes.Count; box++)
            if (!isReached[box] && !boxes[box].IsFirst && nearest[box] < int.MaxValue) rank[box] = nearest[box] - 1;
        return rank;
    }

    /// <summary>Boxes stand in even layers; each edge's label in the odd layer after its start; a passing element in every layer between.</summary>
    private Element[][] MakeElements(int[] rank)
    {
        layers = new List<Element>[(2 * rank.Max()) + 1];
        for (int layer = 0; layer < layers.Length; layer++) layers[layer] = [];
        Element[] boxElements = new Element[boxes.Count];
        for (int box = 0; box < boxes.Count; box++) boxElements[box] = Add(2 * rank[box], boxes[box].Width, boxes[box].Height, isBox: true);
        Element[][] chains = new Element[links.Count][];
        for (int i = 0; i < links.Count; i++)
        {
            Link link = links[i];
            int first = 2 * rank[link.From], last = 2 * rank[link.To];
            Element[] chain = new Element[last - first + 1];
            chain[0] = boxElements[link.From];
            chain[^1] = boxElements[link.To];
            for (int layer = first + 1; layer < last; layer++)
            {
                bool isLabel = layer == first + 1;
                chain[layer - first] = Add(layer, isLabel ? link.LabelWidth : 0, isLabel ? link.LabelHeight : 0, isBox: false);
            }
            for (int step = 1; step < chain.Length; step++)
            {
                chain[step].Before.Add(chain[step - 1]);
                chain[step - 1].After.Add(chain[step]);
            }
            chains[i] = chain;
        }
        return chains;

        Element Add(int layer, double width, double height, bool isBox)
        {
            Element element = new() { Layer = layer, Width = width, Height = height, IsBox = isBox };
            elements.Add(element);
            layers[layer].Add(element);
            return element;
        }
    }

    private void Order()
    {
        StartByDepth();
        int sweeps = Math.Clamp(SweepBudget / elements.Count, LeastSweeps, MostSweeps);
        int[] best = [.. elements.Select(element => element.Place)];
        long fewest = Crossings();
        for (int sweep = 0; sweep < sweeps && fewest > 0; sweep++)
        {
            bool forward = sweep % 2 == 0;
            for (int i = 1; i < layers.Length; i++) Sort(layers[forward ? i : layers.Length - 1 - i], forward);
            long crossings = Crossings();
            if (crossings >= fewest) continue;
            fewest = crossings;
            best = [.. elements.Select(element => element.Place)];
        }
        for (int i = 0; i < best.Length; i++) elements[i].Place = best[i];
        foreach (List<Element> layer in layers) layer.Sort((left, right) => left.Place.CompareTo(right.Place));
    }

    /// <summary>A first order in which what belongs together lies together: a walk from each end of the graph back to its sources.</summary>
    private void StartByDepth()
    {
        HashSet<Element> seen = [];
        List<Element>[] ordered = [.. layers.Select(_ => new List<Element>())];
        Stack<Element> open = new();
        foreach (Element start in Enumerable.Reverse(elements).Where(element => element.After.Count == 0).Concat(elements))
        {
            open.Push(start);
            while (open.TryPop(out Element? element))
            {
                if (!seen.Add(element)) continue;
                ordered[element.Layer].Add(element);
                for (int i = element.After.Count - 1; i >= 0; i--) open.Push(element.After[i]);
                for (int i = element.Before.Count - 1; i >= 0; i--) open.Push(element.Before[i]);
            }
        }
        layers = ordered;
        foreach (List<Element> layer in layers) Number(layer);
    }

    private static void Number(List<Element> layer)
    {
        for (int i = 0; i < layer.Count; i++) layer[i].Place = i;
    }

    private static void Sort(List<Element> layer, bool forward)
    {
        foreach (Element element in layer)
        {
            List<Element> neighbours = forward ? element.Before : element.After;
            // An element without neighbours on that side stays where it is.
            element.Wish = neighbours.Count == 0 ? element.Place : 0;
            foreach (Element neighbour in neighbours) element.Wish += (double)neighbour.Place / neighbours.Count;
        }
        List<Element> sorted = [.. layer.OrderBy(element => element.Wish).ThenBy(element => element.Place)];
        layer.Clear();
        layer.AddRange(sorted);
        Number(layer);
    }

    private long Crossings()
    {
        long crossings = 0;
        List<(int From, int To)> pairs = [];
        for (int layer = 0; layer + 1 < layers.Length; layer++)
        {
            pairs.Clear();
            foreach (Element element in layers[layer])
                foreach (Element next in element.After) pairs.Add((element.Place, next.Place));
            pairs.Sort();
            crossings += Inversions(pairs, layers[layer + 1].Count);
        }
        return crossings;
    }

    /// <summary>How many pairs are out of order, counted by a tree of partial sums (P. Fenwick, 1994).</summary>
    private static long Inversions(List<(int From, int To)> pairs, int places)
    {
        int[] tree = new int[places + 1];
        long inversions = 0;
        for (int i = 0; i < pairs.Count; i++)
        {
            int notAbove = 0;
            for (int j = pairs[i].To + 1; j > 0; j -= j & -j) notAbove += tree[j];
            inversions += i - notAbove;
            for (int j = pairs[i].To + 1; j <= places; j += j & -j) tree[j]++;
        }
        return inversions;
    }

    private void Level()
    {
        foreach (List<Element> layer in layers)
        {
            double y = 0;
            for (int i = 0; i < layer.Count; i++)
            {
                if (i > 0) y += Distance(layer[i - 1], layer[i]);
                layer[i].Y = y;
            }
            foreach (Element element in layer) element.Y -= y / 2;
        }
        int rounds = Math.Clamp(SweepBudget / elements.Count, LeastSweeps, MostSweeps);
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < layers.Length; i++) Settle(layers[i], before: true, after: round >= rounds / 2);
            for (int i = layers.Length - 1; i >= 0; i--) Settle(layers[i], before: round >= rounds / 2, after: true);
        }
    }

    /// <summary>The nearest heights to the neighbours' mean that keep order and distance.</summary>
    private static void Settle(List<Element> layer, bool before, bool after)
    {
        List<(double Height, double Weight, int Count)> pools = [];
        double offset = 0;
        for (int i = 0; i < layer.Count; i++)
        {
            Element element = layer[i];
            if (i > 0) offset += Distance(layer[i - 1], element);
            double wish = 0;
            int count = 0;
            if (before) Pull(element.Before, ref wish, ref count);
            if (after) Pull(element.After, ref wish, ref count);
            // Elements that an edge merely passes through pull harder, so that long edges run straight.
            double weight = count == 0 ? 0.01 : element.IsBox ? 1 : element.Height > 0 ? 2 : 4;
            pools.Add(((count == 0 ? element.Y : wish / count) - offset, weight, 1));
            while (pools.Count > 1 && pools[^1].Height < pools[^2].Height)
            {
                (double height, double heavy, int members) = pools[^1];
                pools.RemoveAt(pools.Count - 1);
                (double other, double otherHeavy, int otherMembers) = pools[^1];
                double sum = heavy + otherHeavy;
                pools[^1] = (((height * heavy) + (other * otherHeavy)) / sum, sum, members + otherMembers);
            }
        }
        int next = 0;
        offset = 0;
        foreach ((double height, _, int count) in pools)
        {
            for (int i = 0; i < count; i++, next++)
            {
                if (next > 0) offset += Distance(layer[next - 1], layer[next]);
                layer[next].Y = height + offset;
            }
        }

        static void Pull(List<Element> neighbours, ref double wish, ref int count)
        {
            foreach (Element neighbour in neighbours) wish += neighbour.Y;
            count += neighbours.Count;
        }
    }

    /// <summary>Lets a long edge run level: the elements it passes through share one height as far as their neighbours leave room.</summary>
    private void Straighten(Element[] chain)
    {
        // From the end: the last stretch leads level into its box, and the step up or down comes early.
        for (int last = chain.Length - 2; last > 0;)
        {
            (double least, double most) = Room(chain[last]);
            double wish = last == chain.Length - 2 ? chain[^1].Y : chain[last].Y;
            int first = last;
            while (first > 1)
            {
                (double low, double high) = Room(chain[first - 1]);
                if (Math.Max(low, least) > Math.Min(high, most)) break;
                (least, most) = (Math.Max(low, least), Math.Min(high, most));
                first--;
            }
            // A stretch that reaches the label stays near it, so that the label does not move away from its source.
            if (first == 1) wish = chain[1].Y;
            for (int i = first; i <= last; i++) chain[i].Y = Math.Clamp(wish, least, most);
            last = first - 1;
        }
    }

    /// <summary>Between which heights an element may move without coming too near to the ones above and below.</summary>
    private (double Least, double Most) Room(Element element)
    {
        List<Element> layer = layers[element.Layer];
        int place = element.Place;
        double least = place == 0 ? double.NegativeInfinity : layer[place - 1].Y + Distance(layer[place - 1], element);
        double most = place == layer.Count - 1 ? double.PositiveInfinity : layer[place + 1].Y - Distance(element, layer[place + 1]);
        // Rounding may leave the two a hair out of order where there is no room at all.
        return least <= most ? (least, most) : (element.Y, element.Y);
    }

    private static double Distance(Element upper, Element lower) =>
        ((upper.Height + lower.Height) / 2) + (upper.IsBox && lower.IsBox ? BoxGap : PassGap);

    private Placement Read(Element[][] chains)
    {
        double top = elements.Min(element => element.Y - (element.Height / 2)), bottom = elements.Max(element => element.Y + (element.Height / 2));
        foreach (Element element in elements) element.Y += Margin - top;
        double[] left = new double[layers.Length], right = new double[layers.Length];
        double x = Margin;
        for (int layer = 0; layer < layers.Length; layer++)
        {
            left[layer] = x;
            right[layer] = x + layers[layer].Max(element => element.Width);
            x = right[layer] + LayerGap;
        }
        Point[] corners = new Point[boxes.Count];
        for (int i = 0; i < corners.Length; i++)
        {
            Element box = elements[i];
            corners[i] = new((left[box.Layer] + right[box.Layer] - box.Width) / 2, box.Y - (box.Height / 2));
        }
        Dictionary<(int To, int Link), double> ports = Ports(chains);
        Route[] routes = new Route[links.Count];
        for (int i = 0; i < routes.Length; i++)
        {
            Element[] chain = chains[i];
            List<Point> stretches = [new(corners[links[i].From].X + chain[0].Width, chain[0].Y), new(right[chain[0].Layer], chain[0].Y)];
            foreach (Element element in chain[1..^1])
            {
                stretches.Add(new(left[element.Layer], element.Y));
                stretches.Add(new(right[element.Layer], element.Y));
            }
            double port = ports[(links[i].To, i)];
            stretches.Add(new(left[chain[^1].Layer], port));
            stretches.Add(new(corners[links[i].To].X, port));
            routes[i] = new([.. stretches], new((left[chain[1].Layer] + right[chain[1].Layer]) / 2, chain[1].Y));
        }
        return new(corners, routes, x - LayerGap + Margin, bottom - top + (2 * Margin));
    }

    /// <summary>Where each link enters its box: spread over the left side in the order in which the links arrive.</summary>
    private Dictionary<(int To, int Link), double> Ports(Element[][] chains)
    {
        Dictionary<(int To, int Link), double> ports = [];
        foreach (IGrouping<int, int> arriving in Enumerable.Range(0, links.Count).GroupBy(i => links[i].To))
        {
            int[] ordered = [.. arriving.OrderBy(i => chains[i][^2].Y).ThenBy(i => i)];
            Element box = elements[arriving.Key];
            double step = ordered.Length == 1 ? 0 : Math.Min(14, (box.Height - 12) / (ordered.Length - 1));
            for (int i = 0; i < ordered.Length; i++) ports.Add((arriving.Key, ordered[i]), box.Y + ((i - ((ordered.Length - 1) / 2.0)) * step));
        }
        return ports;
    }

    private sealed class Element
    {
        public required int Layer { get; init; }

        public required double Width { get; init; }

        public required double Height { get; init; }

        public required bool IsBox { get; init; }

        public List<Element> Before { get; } = [];

        public List<Element> After { get; } = [];

        public int Place { get; set; }

        public double Y { get; set; }

        public double Wish { get; set; }
    }
}
