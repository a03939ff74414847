using System.Text.Json;

namespace Nabla;

/// <summary>A computational graph to look at, forward and backward.</summary>
public sealed class GraphSection : LessonSection
{
    internal GraphSection(string program, GraphDetail detail = GraphDetail.Operations)
    {
        Program = program;
        Detail = detail;
    }

    /// <summary>A formula with its values: <see cref="Expression"/>.</summary>
    public string Program { get; }

    /// <summary>How much of it is opened.</summary>
    public GraphDetail Detail { get; }

    internal override string Kind => "graph";

    /// <summary>The graph with its values and gradients, computed now.</summary>
    public GraphView View() => Expression.Parse(Program).Evaluate().View().At(Detail);

    internal override void Write(Utf8JsonWriter json, Language language)
    {
        ExpressionResult result = Expression.Parse(Program, language).Evaluate();
        json.WriteString("program", Program);
        json.WriteString("detail", Detail == GraphDetail.Gates ? "gates" : "operations");
        json.WritePropertyName("explore");
        json.WriteRawValue(ExploreAnswer.Of(result, result.View().At(Detail), language).ToJson(), skipInputValidation: true);
    }
}
