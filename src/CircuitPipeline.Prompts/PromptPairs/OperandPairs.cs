using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.Tasks;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>All operand pairs of the target task: one operand above the small limit, sum within the numbers.</summary>
/// <remarks>
/// A pair {a, b}, a ≥ b ≥ 1, is in when a exceeds the small limit and a + b is at most the largest number; a - b then is
/// in range too, so that + and - can be exchanged (as in the paper's corruption) without leaving the vocabulary.
/// </remarks>
public static class OperandPairs
{
    /// <summary>Lists the pairs, by larger and then by smaller operand.</summary>
    /// <param name="corpus">The spec, without problems.</param>
    /// <returns>Every pair once.</returns>
    public static IEnumerable<OperandPair> Pairs(CorpusSpec corpus) => Pairs(TinyNumbers.Of(corpus));

    /// <summary>Lists the pairs, by larger and then by smaller operand.</summary>
    /// <param name="numbers">The numbers that are words.</param>
    /// <returns>Every pair once.</returns>
    public static IEnumerable<OperandPair> Pairs(TinyNumbers numbers)
    {
        for (int larger = numbers.SmallLimit + 1; larger < numbers.Max; larger++)
        {
            for (int smaller = 1; smaller <= Math.Min(larger, numbers.Max - larger); smaller++)
            {
                yield return new OperandPair(larger, smaller);
            }
        }
    }

    /// <summary>Number of pairs that the pretraining corpus may use.</summary>
    /// <param name="corpus">The spec, without problems.</param>
    /// <returns>The share of all pairs, rounded, at least one.</returns>
    public static int CountInShare(CorpusSpec corpus) =>
        Math.Max(1, (int)Math.Round(Pairs(corpus).Count() * corpus.LargeShare));

    /// <summary>Number of pairs that are left for the splits.</summary>
    /// <param name="corpus">The spec, without problems.</param>
    /// <returns>All pairs but those of the share.</returns>
    public static int CountOutsideShare(CorpusSpec corpus) => Pairs(corpus).Count() - CountInShare(corpus);
}

/// <summary>An unordered pair of operands of the target task, written with the larger one first.</summary>
/// <param name="Larger">The larger operand, or one of two equal ones.</param>
/// <param name="Smaller">The smaller operand.</param>
public readonly record struct OperandPair(int Larger, int Smaller);
