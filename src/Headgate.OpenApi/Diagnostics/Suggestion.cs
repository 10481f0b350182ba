namespace Headgate.OpenApi.Diagnostics;

/// <summary>Finds the known name that a misspelt one was probably meant to be.</summary>
public static class Suggestion
{
    // A longer text is no misspelt name, and comparing it would cost a hostile document's author nothing and us much.
    private const int LongestName = 64;

    // Of more names than this only the first are compared.
    private const int MostNames = 5000;

    /// <summary>
    /// The known name nearest to <paramref name="given"/>, or null when none is near. Case, <c>-</c> and <c>_</c> do not count;
    /// of the rest about a third of the letters may differ. Of equally near names the first in <paramref name="known"/> wins.
    /// </summary>
    public static string? Closest(string given, IEnumerable<string> known)
    {
        if (given.Length is 0 or > LongestName)
            return null;

        string wanted = Normalize(given);
        string? best = null;
        int bestDistance = Math.Max(1, wanted.Length / 3) + 1;
        foreach (string name in known.Take(MostNames))
        {
            string candidate = Normalize(name);
            if (name == given || Math.Abs(candidate.Length - wanted.Length) >= bestDistance)
                continue;
            int distance = Distance(wanted, candidate);
            if (distance < bestDistance && distance < Math.Max(wanted.Length, candidate.Length))
                (best, bestDistance) = (name, distance);
        }

        return best;
    }

    private static string Normalize(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Edits (insert, delete, replace, swap neighbours) that turn one text into the other.</summary>
    private static int Distance(string from, string to)
    {
        int[] beforeLast = new int[to.Length + 1];
        int[] last = new int[to.Length + 1];
        int[] current = new int[to.Length + 1];
        for (int j = 0; j <= to.Length; j++)
            last[j] = j;

        for (int i = 1; i <= from.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int cost = from[i - 1] == to[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[to.Length];
    }
}
