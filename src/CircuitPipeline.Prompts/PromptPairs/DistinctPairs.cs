using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>Draws prompt pairs until enough different clean prompts are there.</summary>
public static class DistinctPairs
{
    private const int MostDrawsWithoutNew = 10_000;

    /// <summary>Draws pairs with different clean prompts.</summary>
    /// <param name="task">The prompt task.</param>
    /// <param name="count">How many.</param>
    /// <param name="random">The source of chance.</param>
    /// <returns>The pairs in the order of drawing.</returns>
    /// <exception cref="InvalidDataException">The task has not so many different prompts.</exception>
    public static ImmutableArray<PromptPair> Draw(IPromptPairs task, int count, SeededRandom random)
    {
        ImmutableArray<PromptPair>.Builder pairs = ImmutableArray.CreateBuilder<PromptPair>(count);
        HashSet<string> seen = new();
        for (int wasted = 0; pairs.Count < count; )
        {
            PromptPair pair = task.Draw(random);
            if (seen.Add(pair.Clean))
            {
                pairs.Add(pair);
                wasted = 0;
            }
            else if (++wasted == MostDrawsWithoutNew)
            {
                throw new InvalidDataException(
                    $"The task '{task.Name}' has about {pairs.Count} different prompts, but {count} are asked for."
                );
            }
        }
        return pairs.MoveToImmutable();
    }
}
