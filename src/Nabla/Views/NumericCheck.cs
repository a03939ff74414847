using System.Collections.Immutable;
using System.Text;
using Nabla.Views;

namespace Nabla;

/// <summary>The gradients of a result, each held against a central difference.</summary>
/// <param name="Rows">One row an element.</param>
/// <param name="Counts">For each leaf, how many elements it has, in the order of the rows.</param>
public sealed record NumericCheck(ImmutableArray<GradientComparison> Rows, ImmutableArray<(string Name, int Count)> Counts)
{
    /// <summary>The largest relative error; 0 where there is nothing to check.</summary>
    public double WorstError => Rows.IsEmpty ? 0 : Rows.Max(row => row.RelativeError);

    /// <summary>A table for the terminal.</summary>
    public string ToText(Language language)
    {
        StringBuilder text = new();
        text.Append(Words.CheckTitle.In(language)).Append('\n');
        List<string[]> table = [["", Words.CheckAnalytic.In(language), Words.CheckNumeric.In(language), Words.CheckError.In(language)]];
        foreach (GradientComparison row in Rows)
        {
            bool isOne = Counts.First(count => count.Name == row.Name).Count == 1;
            table.Add([
                isOne ? row.Name : $"{row.Name}[{row.Element}]",
                Numbers.Text(row.Backpropagation),
                Numbers.Text(row.CentralDifference),
                row.RelativeError.ToString("0.0e+00", System.Globalization.CultureInfo.InvariantCulture),
            ]);
        }
        Table.Write(text, table);
        foreach ((string name, int count) in Counts)
        {
            int shown = Rows.Count(row => row.Name == name);
            if (shown < count) text.Append($"  {Words.CheckPart.In(language, shown, count, name)}\n");
        }
        return text.ToString();
    }

    /// <summary>The table in English.</summary>
    public override string ToString() => ToText(Language.English);
}
