namespace CircuitPipeline.Pipeline.Errors;

/// <summary>Finds what the user probably meant.</summary>
internal static class Spelling
{
    /// <summary>"Did you mean 'steps'?" when a name is near, and what is allowed.</summary>
    public static string Advice(string found, IEnumerable<string> allowed)
    {
        string[] names = [.. allowed.Order(StringComparer.Ordinal)];
        string list = names.Length == 0 ? "Nothing is allowed here." : $"Allowed: {string.Join(", ", names)}.";
        return Nearest(found, names) is { } near ? $"Did you mean '{near}'? {list}" : list;
    }

    /// <summary>The nearest name, if at most a third of its letters (and at least two) would have to change.</summary>
    public static string? Nearest(string found, IEnumerable<string> allowed) =>
        found.Length > 100
            ? null
            : allowed
                .Select(name => (Name: name, Distance: Distance(found.ToLowerInvariant(), name.ToLowerInvariant())))
                .Where(pair => pair.Distance <= Math.Max(2, pair.Name.Length / 3) && pair.Distance < pair.Name.Length)
                .OrderBy(pair => pair.Distance)
                .Select(pair => pair.Name)
                .FirstOrDefault();

    /// <summary>Edit distance with swaps of neighbours (optimal string alignment).</summary>
    public static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }
                int change = a[i - 1] == b[j - 1] ? 0 : 1;
                int best = Math.Min(cost[i - 1, j - 1] + change, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    best = Math.Min(best, cost[i - 2, j - 2] + 1);
                }

                cost[i, j] = best;
            }
        }

        return cost[a.Length, b.Length];
    }
}
