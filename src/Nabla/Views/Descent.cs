using System.Collections.Immutable;
using System.Text;
using Nabla.Views;

namespace Nabla;

/// <summary>What gradient descent did to a function's inputs, step by step.</summary>
/// <param name="ResultName">What the function's result is called.</param>
/// <param name="LearningRate">How far each step went.</param>
/// <param name="Steps">The start, and the state after each step.</param>
public sealed record Descent(string ResultName, double LearningRate, ImmutableArray<DescentStep> Steps)
{
    private const int LongestCell = 30;

    /// <summary>A table for the terminal.</summary>
    public string ToText(Language language)
    {
        StringBuilder text = new();
        text.Append($"{Words.DescentTitle.In(language, Numbers.Text(LearningRate))} ({Words.DescentRule.In(language)})\n");
        List<string[]> table = [[Words.Step.In(language), .. Steps[0].Values.Select(value => value.Name), ResultName]];
        foreach (DescentStep step in Steps)
        {
            table.Add([
                Numbers.Text(step.Number),
                .. step.Values.Select(value => Numbers.Short(value.Value, LongestCell)),
                Numbers.Short(step.Result, LongestCell),
            ]);
        }
        Table.Write(text, table);
        return text.ToString();
    }

    /// <summary>The table in English.</summary>
    public override string ToString() => ToText(Language.English);
}
