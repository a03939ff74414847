using System.Collections.Immutable;
using System.Text;
using Nabla.Views;

namespace Nabla;

/// <summary>A graph told step by step: the forward pass, then the backward pass, with every number and the chain rule written out.</summary>
public sealed class Explanation
{
    private Explanation(GraphView view, Language language, ImmutableArray<ExplanationStep> forward, ImmutableArray<ExplanationStep> backward)
    {
        View = view;
        Language = language;
        Forward = forward;
        Backward = backward;
    }

    /// <summary>What is explained.</summary>
    public GraphView View { get; }

    /// <summary>The language of the texts.</summary>
    public Language Language { get; }

    /// <summary>The nodes in the order in which they compute.</summary>
    public ImmutableArray<ExplanationStep> Forward { get; }

    /// <summary>The gradients in the order in which they come back; empty where none flow.</summary>
    public ImmutableArray<ExplanationStep> Backward { get; }

    /// <summary>Tells a view.</summary>
    public static Explanation Of(GraphView view, Language language = Language.English)
    {
        (ImmutableArray<ExplanationStep> forward, ImmutableArray<ExplanationStep> backward) = new Narrator(view, language).Tell();
        return new(view, language, forward, backward);
    }

    /// <summary>Tells the graph behind a result.</summary>
    public static Explanation Of(Tensor result, Language language = Language.English) => Of(GraphView.Of(result), language);

    /// <summary>The whole story, a line a step, as a terminal shows it.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        string result = View.ResultName;
        text.Append(View.Title).Append("\n\n");
        Part(Words.ForwardPass, Words.ForwardLead, Forward);
        if (Backward.Length > 0)
        {
            text.Append('\n');
            Part(Words.BackwardPass, Words.BackwardLead, Backward);
            text.Append('\n').Append(Words.Gradients.In(Language)).Append('\n');
            foreach (ViewNode leaf in View.Nodes)
            {
                if (leaf.Kind is not (ViewNodeKind.Input or ViewNodeKind.Parameter)) continue;
                text.Append(leaf.Gradient is { } gradient
                    ? Blocks.Join($"  ∂{result}/∂{leaf.Name} = ", gradient)
                    : $"  ∂{result}/∂{leaf.Name} = 0 ({Words.NoGradient.In(Language)})").Append('\n');
            }
        }
        return text.ToString();

        void Part(Saying name, Saying lead, ImmutableArray<ExplanationStep> steps)
        {
            text.Append($"{name.In(Language)} ({lead.In(Language, result)})\n");
            foreach (ExplanationStep step in steps)
                foreach (string line in step.ToString().Split('\n')) text.Append("  ").Append(line).Append('\n');
        }
    }
}
