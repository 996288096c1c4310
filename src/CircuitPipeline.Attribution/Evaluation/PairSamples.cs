using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Attribution.Evaluation;

/// <summary>Other pairs of the same kind, to see how much a circuit depends on those that it was found with.</summary>
public static class PairSamples
{
    /// <summary>Disjoint sets of equal size, drawn in random order; pairs that are left over are in none.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="parts">Number of sets, 1 to the number of pairs.</param>
    /// <param name="random">Where the order comes from.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer pairs than parts, or no part is asked for.</exception>
    public static ImmutableArray<EncodedPairs> Splits(EncodedPairs pairs, int parts, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, pairs.Count);
        EncodedPair[] order = random.Shuffled(All(pairs));
        return [.. order.Chunk(pairs.Count / parts).Take(parts).Select(EncodedPairs.Of)];
    }

    /// <summary>As many pairs, drawn with repetition: a bootstrap sample.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="random">Where the draws come from.</param>
    public static EncodedPairs Resampled(EncodedPairs pairs, SeededRandom random) =>
        EncodedPairs.Of(Enumerable.Range(0, pairs.Count).Select(_ => pairs[random.Between(0, pairs.Count - 1)]));

    /// <summary>
    /// The same pairs, a share of which is corrupted otherwise: their twin, with its answers, is that of the next pair of the
    /// same length among them.
    /// </summary>
    /// <remarks>A pair that has no other of its length among the chosen ones keeps its twin.</remarks>
    /// <param name="pairs">The pairs.</param>
    /// <param name="share">The share that is perturbed, 0 to 1; the number is rounded down.</param>
    /// <param name="random">Chooses the pairs.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share lies outside.</exception>
    public static EncodedPairs Perturbed(EncodedPairs pairs, double share, SeededRandom random)
    {
        if (!(share is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(share),
                string.Create(CultureInfo.InvariantCulture, $"The share is '{share}', but 0 to 1 is allowed.")
            );
        }

        EncodedPair[] perturbed = [.. All(pairs)];
        int[] chosen = [.. random.Shuffled(Enumerable.Range(0, pairs.Count)).Take((int)((decimal)share * pairs.Count))];
        foreach (int[] group in chosen.GroupBy(place => pairs[place].Clean.Length).Select(group => group.ToArray()))
        {
            foreach ((int index, int place) in group.Index())
            {
                EncodedPair other = pairs[group[(index + 1) % group.Length]];
                perturbed[place] = pairs[place] with
                {
                    Corrupted = other.Corrupted,
                    CorruptedAnswers = other.CorruptedAnswers,
                };
            }
        }

        return EncodedPairs.Of(perturbed);
    }

    private static IEnumerable<EncodedPair> All(EncodedPairs pairs) =>
        Enumerable.Range(0, pairs.Count).Select(index => pairs[index]);
}
