using System.Collections.Immutable;

namespace Nabla.Lessons;

/// <summary>Holds answers against a graph, and where one is wrong finds out which factor it is that is wrong.</summary>
/// <remarks>Every expected number, and every typical mistake, is computed from the graph.</remarks>
internal sealed class Grader
{
    // A sum of more products than this is told by its result alone.
    private const int MostTerms = 6;

    private readonly GraphView view;
    private readonly ImmutableArray<Blank> blanks;
    private readonly IReadOnlyDictionary<string, string> answers;
    private readonly Language language;

    public Grader(GraphView view, ImmutableArray<Blank> blanks, IReadOnlyDictionary<string, string> answers, Language language)
    {
        this.view = view;
        this.blanks = blanks;
        this.answers = answers;
        this.language = language;
    }

    public LessonVerdict Grade(bool reveal)
    {
        ImmutableArray<VerdictPart> parts = [.. blanks.Select(blank => Grade(blank, reveal))];
        return new(parts.All(part => part.Correct), parts);
    }

    /// <summary>The number that belongs into a blank.</summary>
    public double Expected(Blank blank)
    {
        int element = blank.Element ?? 0;
        return blank.Kind switch
        {
            BlankKind.Value => view.ValueOf(Id(blank.Node))[element],
            BlankKind.Local => Edge(blank).Local!.Values.Elements[element],
            BlankKind.Downstream when blank.From is not null => Edge(blank).Downstream!.Elements[element],
            _ => view.GradientOf(Id(blank.Node))[element],
        };
    }

    private VerdictPart Grade(Blank blank, bool reveal)
    {
        double expected = Expected(blank);
        string? given = answers.GetValueOrDefault(blank.Id);
        bool isNumber = Answer.TryRead(given, out Answer answer, out BilingualText? complaint);
        bool isRight = isNumber && answer.Is(expected);
        if (isRight) return new(blank.Id, true, $"{Feedback.Right.In(language)} {Worked(blank)}");
        string message = reveal ? Worked(blank)
            : !isNumber ? complaint!.In(language, Shown(given))
            : Diagnosis(blank, answer, expected);
        return new(blank.Id, false, message);
    }

    private string Diagnosis(Blank blank, Answer answer, double expected)
    {
        foreach ((double wrong, string why) in Mistakes(blank))
            if (double.IsFinite(wrong) && !Same(wrong, expected) && answer.Is(wrong)) return why;
        return answer.IsNear(expected) ? Feedback.TooCoarse.In(language) : Hint(blank);
    }

    private IEnumerable<(double Wrong, string Why)> Mistakes(Blank blank) => blank.Kind switch
    {
        BlankKind.Value => ValueMistakes(blank),
        BlankKind.Local => OwnLocalMistakes(blank),
        _ => blank.From is null ? GradientMistakes(blank) : ShareMistakes(Edge(blank), blank.Element ?? 0),
    };

    private IEnumerable<(double, string)> ValueMistakes(Blank blank)
    {
        double expected = Expected(blank);
        if (Inputs(view.Node(blank.Node), blank.Element ?? 0) is { } values)
        {
            foreach ((double wrong, BilingualText why) in LocalMistakes.OfValue(view.Node(blank.Node).Operation, values))
                yield return (wrong, why.In(language));
        }
        yield return (-expected, Feedback.ValueSign.In(language));
    }

    private IEnumerable<(double, string)> OwnLocalMistakes(Blank blank)
    {
        ViewEdge edge = Edge(blank);
        int element = blank.Element ?? 0;
        double expected = Expected(blank);
        foreach ((double wrong, BilingualText why) in Locals(edge, element, expected)) yield return (wrong, Sentence(why));
        if (edge.Local!.Kind == LocalKind.Elementwise && edge.Upstream is { IsWhole: true } upstream)
            yield return (expected * upstream.Elements[upstream.Elements.Length == 1 ? 0 : element], Feedback.LocalHasUpstream.In(language));
        yield return (-expected, Feedback.LocalSign.In(language));
        if (view.Node(edge.To).Value is { Shape.Count: 1, IsWhole: true } value) yield return (value.Elements[0], Feedback.LocalIsValue.In(language));
    }

    /// <summary>All that comes back to a value: over one edge, or as the sum of several shares.</summary>
    private IEnumerable<(double, string)> GradientMistakes(Blank blank)
    {
        ViewNode node = view.Node(blank.Node);
        int element = blank.Element ?? 0;
        ViewEdge[] shares = [.. view.OutOf(node.Id).Where(edge => edge.Downstream is not null)];
        if (shares.Length == 1)
        {
            foreach ((double, string) mistake in ShareMistakes(shares[0], element)) yield return mistake;
        }
        else if (shares.Length > 1)
        {
            double[] parts = [.. shares.Select(share => share.Downstream!.Elements[element])];
            foreach (double part in parts) yield return (part, Feedback.OneShare.In(language, node.Name, parts.Length));
            yield return (parts.Aggregate((left, right) => left * right), Feedback.MultipliedShares.In(language));
            yield return (parts.Average(), Feedback.AveragedShares.In(language));
            yield return (-parts.Sum(), Feedback.Sign.In(language));
            // One share worked out wrongly, the others rightly.
            for (int i = 0; i < shares.Length; i++)
                foreach ((double wrong, string why) in ShareMistakes(shares[i], element)) yield return (parts.Sum() - parts[i] + wrong, why);
        }
        else
        {
            yield return (0, Feedback.StartsWithOne.In(language, view.ResultName));
        }
        if (node.Value is { IsWhole: true } value) yield return (value.Elements[element], Feedback.GradientIsValue.In(language, node.Name));
    }

    /// <summary>What one node hands to another.</summary>
    private IEnumerable<(double, string)> ShareMistakes(ViewEdge edge, int element)
    {
        IReadOnlyList<Term> terms = Term.Of(edge, element);
        ViewNode to = view.Node(edge.To);
        string local = $"∂{to.Name}/∂{view.Node(edge.From).Name}", upstream = Gradient(to);
        if (terms.Count == 1)
        {
            Term term = terms[0];
            if (term.Upstream != 1) yield return (term.Local, Feedback.LocalOnly.In(language, upstream));
            foreach ((double wrong, BilingualText why) in Locals(edge, element, term.Local))
            {
                // A factor 0 or 1 is no mistake of its own: what is left is the other factor alone.
                if (wrong != 1 && wrong != 0) yield return (wrong * term.Upstream, Feedback.UpstreamRightLocalWrong.In(language, why.In(language)));
                else yield return (wrong * term.Upstream, Sentence(why));
            }
            if (term.Local != 1) yield return (term.Upstream, Feedback.UpstreamOnly.In(language, local));
            yield return (-term.Product, Feedback.Sign.In(language));
            foreach ((double, string) mistake in Following(edge, term, local)) yield return mistake;
            // A gate further on is the likelier mistake than a leaf that happens to have the same gradient.
            foreach (ViewNode other in view.Nodes.OrderBy(node => node.Kind != ViewNodeKind.Operation))
            {
                if (other.Id == to.Id || other.Gradient is not { Shape.Count: 1, IsWhole: true } gradient) continue;
                yield return (term.Local * gradient.Elements[0], Feedback.WrongUpstream.In(language, other.Name, to.Name));
            }
            yield return (term.Local + term.Upstream, Feedback.AddedFactors.In(language));
        }
        else if (terms.Count > 1)
        {
            foreach (Term term in terms) yield return (term.Product, Feedback.OneTerm.In(language, to.Name));
            if (Transposed(edge, element) is { } transposed) yield return (transposed, Feedback.Untransposed.In(language));
            yield return (terms.Average(term => term.Product), Feedback.AveragedShares.In(language));
            yield return (-terms.Sum(term => term.Product), Feedback.Sign.In(language));
            yield return (terms.Sum(term => term.Local), Feedback.SumOfLocals.In(language));
            yield return (terms.Sum(term => term.Upstream), Feedback.SumOfUpstreams.In(language));
        }
    }

    /// <summary>Right multiplications of a wrong answer that was given in another blank.</summary>
    private IEnumerable<(double, string)> Following(ViewEdge edge, Term term, string local)
    {
        foreach (Blank blank in blanks)
        {
            if (!Answer.TryRead(answers.GetValueOrDefault(blank.Id), out Answer given, out _) || given.Is(Expected(blank))) continue;
            bool isUpstream = blank is { Kind: BlankKind.Upstream or BlankKind.Downstream } && Id(blank.Node) == edge.To;
            bool isLocal = blank.Kind == BlankKind.Local && Id(blank.From!) == edge.From && Id(blank.To!) == edge.To;
            if (isUpstream) yield return (term.Local * given.Number, Feedback.FollowsUpstream.In(language, blank.Node));
            if (isLocal) yield return (given.Number * term.Upstream, Feedback.FollowsLocal.In(language, local));
        }
    }

    private IEnumerable<(double Wrong, BilingualText Why)> Locals(ViewEdge edge, int element, double right)
    {
        ViewNode to = view.Node(edge.To);
        return edge.Local is { Kind: LocalKind.Elementwise } && Inputs(to, element) is { } values && to.Value is { IsWhole: true } output
            ? LocalMistakes.Of(to.Operation, edge.Input, values, output.Elements[output.Elements.Length == 1 ? 0 : element], right)
            : [];
    }

    /// <summary>A node's inputs at one element; null where an input is of another shape.</summary>
    private double[]? Inputs(ViewNode node, int element)
    {
        ViewEdge[] into = [.. view.Into(node.Id)];
        bool fit = into.Length > 0 && into.All(edge => edge.Value is { IsWhole: true } value && value.Shape == node.Shape);
        return fit ? [.. into.Select(edge => edge.Value!.Elements[element])] : null;
    }

    /// <summary>What comes of a square Jacobian used the wrong way round.</summary>
    private static double? Transposed(ViewEdge edge, int element)
    {
        if (edge is not { Local: { Kind: LocalKind.Jacobian } local, Upstream: { IsWhole: true } upstream }) return null;
        int size = upstream.Shape.Count;
        if (local.Values.Shape.Count != size * size) return null;
        return Enumerable.Range(0, size).Sum(m => local.Values.Elements[(m * size) + element] * upstream.Elements[m]);
    }

    private string Hint(Blank blank)
    {
        ViewNode node = view.Node(blank.Node);
        switch (blank.Kind)
        {
            case BlankKind.Value:
                return Feedback.ValueWrong.In(language, node.Name, $"{node.Name} = {node.Formula}");
            case BlankKind.Local:
                ViewNode gate = view.Node(blank.To!);
                return Feedback.LocalWrong.In(language, $"{gate.Name} = {gate.Formula}", blank.From);
        }
        ViewEdge[] shares = blank.From is null ? [.. view.OutOf(node.Id).Where(edge => edge.Downstream is not null)] : [Edge(blank)];
        if (shares.Length == 0) return Feedback.StartsWithOne.In(language, view.ResultName);
        if (shares.Length > 1) return Feedback.SeveralShares.In(language, node.Name, shares.Length);
        ViewNode to = view.Node(shares[0].To);
        if (Term.Of(shares[0], blank.Element ?? 0).Count > 1) return Feedback.SeveralTerms.In(language, to.Name);
        return Feedback.TwoFactors.In(language, $"∂{to.Name}/∂{node.Name}", Gradient(to));
    }

    /// <summary>The answer with the chain rule written out: <c>∂f/∂x = 1 × (-4) = -4</c>.</summary>
    private string Worked(Blank blank)
    {
        string subject = blank.Subject(view), result = Written.Text(Expected(blank));
        ViewNode node = view.Node(blank.Node);
        int element = blank.Element ?? 0;
        switch (blank.Kind)
        {
            case BlankKind.Value:
                if (subject == node.Name) return $"{subject} = {(node.Formula.Length > 0 ? $"{node.Formula} = " : "")}{result}";
                return $"{subject} = {result}   ({node.Name} = {node.Formula})";
            case BlankKind.Local:
                string? text = Edge(blank).Local!.Text;
                return text is null || text == result ? $"{subject} = {result}" : $"{subject} = {text} = {result}";
        }
        ViewEdge[] shares = blank.From is null ? [.. view.OutOf(node.Id).Where(edge => edge.Downstream is not null)] : [Edge(blank)];
        List<Term> terms = [.. shares.SelectMany(share => Term.Of(share, element))];
        string factors = string.Join(" + ", shares.Select(share => $"∂{view.Node(share.To).Name}/∂{node.Name} · {Gradient(view.Node(share.To))}"));
        if (terms.Count is 0 or > MostTerms) return factors.Length == 0 ? $"{subject} = {result}" : $"{subject} = {factors} = {result}";
        // A matrix product's terms are sums over elements; the names of whole matrices would not match them.
        // At the result itself the upstream gradient is 1, and its name would be the subject's.
        bool isNamed = terms.Count == shares.Length && node.Shape.Count == 1 && !shares.Any(share => view.Outputs.Contains(share.To));
        string named = isNamed ? $"{factors} = " : "";
        return $"{subject} = {named}{string.Join(" + ", terms.Select(term => $"{Written.Factor(term.Local)} × {Written.Factor(term.Upstream)}"))} = {result}";
    }

    private string Gradient(ViewNode node) => $"∂{view.ResultName}/∂{node.Name}";

    private int Id(string node) => view.Node(node).Id;

    private ViewEdge Edge(Blank blank)
    {
        int from = Id(blank.From!), to = Id(blank.To!);
        return view.Edges.First(edge => edge.From == from && edge.To == to);
    }

    private string Sentence(BilingualText why)
    {
        string text = why.In(language);
        return char.ToUpperInvariant(text[0]) + text[1..] + ".";
    }

    private static string Shown(string? text) => text is null ? "" : text.Length <= 20 ? text : text[..20] + "…";

    private static bool Same(double left, double right) => Math.Abs(left - right) <= 1e-9 * Math.Max(1, Math.Abs(right));
}
