using System.Collections.Immutable;
using System.Text.Json;
using Nabla.Lessons;

namespace Nabla;

/// <summary>A graph with blanks: values, local gradients, upstream and downstream gradients that the learner works out.</summary>
public sealed class ExerciseSection : LessonSection
{
    internal ExerciseSection(string id, BilingualText task, string program, params ImmutableArray<Blank> blanks)
    {
        Id = id;
        Task = task;
        Program = program;
        Blanks = blanks;
    }

    /// <summary>Its name within the lesson.</summary>
    public string Id { get; }

    /// <summary>What to do.</summary>
    public BilingualText Task { get; }

    /// <summary>The graph's formula with its values.</summary>
    public string Program { get; }

    /// <summary>What is to be filled in.</summary>
    public ImmutableArray<Blank> Blanks { get; }

    internal override string Kind => "exercise";

    /// <summary>The graph with everything on it.</summary>
    public GraphView View() => Expression.Parse(Program).Evaluate().View();

    /// <summary>The graph as the learner sees it: no gradients, and not the values that are asked for.</summary>
    public GraphView Question() => Hide(View());

    /// <summary>What stands before each blank: <c>local gradient ∂f/∂q</c>.</summary>
    public IReadOnlyList<string> Prompts(Language language)
    {
        GraphView view = View();
        return [.. Blanks.Select(blank => blank.Prompt(view, language))];
    }

    internal LessonVerdict Grade(IReadOnlyDictionary<string, string> answers, Language language, bool reveal)
    {
        foreach (string id in answers.Keys)
        {
            if (Blanks.All(blank => blank.Id != id))
                throw new ArgumentException($"exercise {Id} has the blanks {string.Join(", ", Blanks.Select(blank => blank.Id))}, got '{id}'");
        }
        return new Grader(View(), Blanks, answers, language).Grade(reveal);
    }

    internal override void Write(Utf8JsonWriter json, Language language)
    {
        ExpressionResult result = Expression.Parse(Program, language).Evaluate();
        GraphView view = result.View();
        json.WriteString("id", Id);
        json.WriteString("task", Task.In(language));
        json.WriteString("program", Program);
        json.WritePropertyName("explore");
        json.WriteRawValue(ExploreAnswer.Of(result, Hide(view), language).ToJson(), skipInputValidation: true);
        json.WriteStartArray("blanks");
        foreach (Blank blank in Blanks)
        {
            json.WriteStartObject();
            json.WriteString("id", blank.Id);
            json.WriteString("kind", blank.KindName);
            json.WriteNumber("node", view.Node(blank.Node).Id);
            if (blank.From is not null) json.WriteNumber("from", view.Node(blank.From).Id);
            if (blank.To is not null) json.WriteNumber("to", view.Node(blank.To).Id);
            if (blank.Element is { } element) json.WriteNumber("element", element);
            json.WriteString("prompt", blank.Prompt(view, language));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private GraphView Hide(GraphView view) =>
        view.AsQuestion([.. Blanks.Where(blank => blank.Kind == BlankKind.Value).Select(blank => view.Node(blank.Node).Id)]);
}
