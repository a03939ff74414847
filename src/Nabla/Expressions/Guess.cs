namespace Nabla.Expressions;

/// <summary>What a person may have meant: the nearest name by edit distance (V. I. Levenshtein, 1965).</summary>
internal static class Guess
{
    /// <summary><c>; did you mean sigmoid?</c>, or nothing where no name is near.</summary>
    public static string Of(string written, IEnumerable<string> known, Language language)
    {
        if (written.Length > 40) return "";
        string? best = null;
        int allowed = written.Length <= 2 ? 1 : written.Length <= 5 ? 2 : 3, nearest = allowed + 1;
        foreach (string name in known)
        {
            if (name == written || name.Length > 40) continue;
            int distance = Distance(written.ToLowerInvariant(), name.ToLowerInvariant());
            // A guess that shares no letter with what was written is none.
            if (distance >= nearest || distance >= Math.Max(name.Length, written.Length)) continue;
            nearest = distance;
            best = name;
        }
        return best is null ? "" : ExpressionWords.DidYouMean.In(language, best);
    }

    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
