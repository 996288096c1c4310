using System.Collections.Immutable;
using System.Globalization;

namespace CircuitPipeline.Circuits;

/// <summary>The largest of some scores; of equal ones, those with the smaller index.</summary>
internal static class Largest
{
    /// <summary>Their indices, ascending: all above the last place, then the first of those on it.</summary>
    /// <param name="values">The scores of all edges or nodes.</param>
    /// <param name="candidates">Indices, ascending.</param>
    /// <param name="count">How many to take.</param>
    /// <param name="signed">Whether a score's sign counts.</param>
    /// <param name="place">Who has the candidates, for the message.</param>
    /// <param name="things">What they are, for the message.</param>
    public static ImmutableArray<int> Of(
        ImmutableArray<double> values,
        ImmutableArray<int> candidates,
        int count,
        bool signed,
        string place,
        string things = "edges"
    )
    {
        MustBeThere(count, candidates.Length, place, things);
        double[] sizes = [.. candidates.Select(index => Size(values[index], signed))];
        Array.Sort(sizes);
        var last = sizes[^count];
        var onLast = count - candidates.Count(index => Size(values[index], signed) > last);
        return
        [
            .. candidates.Where(index =>
                Size(values[index], signed) is var size && (size > last || (size == last && onLast-- > 0))
            ),
        ];
    }

    /// <summary>What a score counts.</summary>
    public static double Size(double score, bool signed) => signed ? score : Math.Abs(score);

    /// <summary>Refuses a number that is not there.</summary>
    public static void MustBeThere(int count, int available, string place, string things = "edges")
    {
        if (count < 1 || count > available)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The number of {things} is '{count}', but {place} has {available:N0} {things}: choose 1 to {available:N0}."
                )
            );
        }
    }
}
