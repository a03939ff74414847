namespace Nabla.Cli;

/// <summary>Finds the word that somebody meant by one that does not exist.</summary>
internal static class Suggestion
{
    /// <summary><c>; did you mean '--epochs'?</c>, or nothing where no known word is near.</summary>
    public static string For(string word, IEnumerable<string> known) =>
        Nearest(word, known) is { } near ? $"; did you mean '{near}'?" : "";

    /// <summary>The nearest known word, at most a third of the letters away; case does not count. Null where none is.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        (string Word, int Distance)[] near =
        [
            .. known.Select(candidate => (Word: candidate, Distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
                .Where(pair => pair.Distance <= Math.Max(1, pair.Word.Length / 3)),
        ];
        return near.Length == 0 ? null : near.MinBy(pair => pair.Distance).Word;
    }

    /// <summary>How many letters to put in, leave out, replace, or swap with their neighbour, to get the other word (F. Damerau, 1964).</summary>
    public static int Distance(string from, string to)
    {
        int[,] cost = new int[from.Length + 1, to.Length + 1];   // cost[i, j]: of the first i letters into the first j
        for (int i = 0; i <= from.Length; i++) cost[i, 0] = i;
        for (int j = 0; j <= to.Length; j++) cost[0, j] = j;
        for (int i = 1; i <= from.Length; i++)
        {
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = cost[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replaced, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                bool isSwapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
                if (isSwapped) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }
        return cost[from.Length, to.Length];
    }
}
