using System.Collections.Immutable;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;

namespace CircuitPipeline.Study.GenerateData;

/// <summary>The sets of prompt pairs that a seed gives, by the names of their files.</summary>
internal static class DrawnSets
{
    /// <summary>The target's.</summary>
    internal static IEnumerable<(string Name, ImmutableArray<PromptPair> Pairs)> OfTarget(
        int seed,
        CorpusSpec data,
        SplitSpec splits
    ) => TargetSplits.Draw(data, splits, new SeededRandom(seed)).Named;

    /// <summary>Those of the tasks that the target's circuit is composed with: products, and expressions of two steps.</summary>
    internal static IEnumerable<(string Name, ImmutableArray<PromptPair> Pairs)> OfOtherTasks(
        int seed,
        CorpusSpec data,
        int count
    )
    {
        SeededRandom random = new(seed);
        (string File, IPromptPairs Task)[] tasks =
        [
            (PairSets.MulDiv, new MulDivPrompts(data.MaxNumber)),
            (PairSets.TwoStep, new TwoStepPrompts(data.MaxNumber, data.SmallLimit)),
        ];
        return tasks.Select(task =>
            (task.File, DistinctPairs.Draw(task.Task, count, random.Derive($"pairs {task.File}")))
        );
    }
}
