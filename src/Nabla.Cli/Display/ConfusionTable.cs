using System.Globalization;

namespace Nabla.Cli.Display;

/// <summary>Which classes were taken for which: a matrix, or, where there are many classes, the most frequent mistakes.</summary>
internal static class ConfusionTable
{
    // A row of twenty columns of four digits still fits a terminal.
    private const int MostColumns = 20, ShownMistakes = 20;

    public static IEnumerable<string> Draw(ConfusionMatrix matrix, Texts texts) =>
        matrix.Classes.Length <= MostColumns ? Matrix(matrix, texts) : Mistakes(matrix, texts);

    private static IEnumerable<string> Matrix(ConfusionMatrix matrix, Texts texts)
    {
        int count = matrix.Classes.Length, places = $"{count - 1}".Length;
        string[] names = [.. matrix.Classes.Select((name, i) => $"{i}".PadLeft(places) + (name == $"{i}" ? "" : $" {name}"))];
        int nameWidth = Math.Max(TextWidth.Of(texts.True), names.Max(TextWidth.Of));
        int width = Math.Max(places, $"{Largest(matrix)}".Length) + 1;
        IEnumerable<int> classes = Enumerable.Range(0, count);
        yield return TextWidth.PadRight("", nameWidth) + "  " + texts.Predicted;
        string header = string.Concat(classes.Select(i => $"{i}".PadLeft(width)));
        yield return TextWidth.PadRight(texts.True, nameWidth) + " " + header + "   " + TextWidth.PadLeft(texts.Recall, 7);
        foreach (int actual in classes)
        {
            double recall = matrix.Recall(actual);
            string share = double.IsNaN(recall) ? "-" : recall.ToString("P1", CultureInfo.InvariantCulture);
            string row = string.Concat(classes.Select(predicted => Entry(matrix[actual, predicted]).PadLeft(width)));
            yield return TextWidth.PadRight(names[actual], nameWidth) + " " + row + "   " + share.PadLeft(7);
        }
    }

    private static IEnumerable<string> Mistakes(ConfusionMatrix matrix, Texts texts)
    {
        IEnumerable<int> classes = Enumerable.Range(0, matrix.Classes.Length);
        foreach ((int actual, int predicted) in (from actual in classes
                                                 from predicted in classes
                                                 where actual != predicted && matrix[actual, predicted] > 0
                                                 orderby matrix[actual, predicted] descending
                                                 select (actual, predicted)).Take(ShownMistakes))
            yield return $"{matrix[actual, predicted],6} x  {texts.True} {matrix.Classes[actual]}, {texts.Predicted} {matrix.Classes[predicted]}";
    }

    private static string Entry(long count) => count == 0 ? "·" : $"{count}";

    private static long Largest(ConfusionMatrix matrix)
    {
        IEnumerable<int> classes = Enumerable.Range(0, matrix.Classes.Length);
        return classes.Max(actual => classes.Max(predicted => matrix[actual, predicted]));
    }
}
