using System.Globalization;

namespace CircuitPipeline.Circuits.Scores;

/// <summary>Whether scores put edges in an order.</summary>
public static class EdgeOrder
{
    /// <summary>Refuses scores that put no edge before another.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="place">What the sentence begins with, such as a file's name and a colon.</param>
    /// <param name="cause">Why it is so, as far as it is known; a part of a sentence.</param>
    /// <exception cref="UndefinedResultException">Every score is the same.</exception>
    public static void MustExist(EdgeScores scores, string place = "", string? cause = null)
    {
        double first = scores.Values[0];
        if (scores.Values.All(score => score == first))
        {
            string found =
                first == 0
                    ? "every score is 0"
                    : string.Create(CultureInfo.InvariantCulture, $"every score is the same, {first}");
            throw new UndefinedResultException(
                $"{place}{found}{(cause is null ? "" : $", because {cause}")}, so no edge comes before another and no circuit follows; attribute with other pairs or another metric."
            );
        }
    }
}
