using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.GenerateData;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Imports;

/// <summary>Finds what two sets share, at least one of which is read from a file: what is measured on one may be remembered from the other.</summary>
internal static class PromptsInCommon
{
    /// <summary>The sets that share prompts or operands, in the order of the experiment's keys.</summary>
    internal static IEnumerable<SharedPrompts> Of(ExperimentSpec spec, StudyTask task, IReadOnlyList<ReadSet> read)
    {
        PromptSet[] sets =
            spec.FromScratch is { } drawn && task == StudyTask.Only
                ? [.. WithDrawn(spec.Seed, drawn, read)]
                : [.. read.Select(set => PromptSet.Of(set.Key, set.CleanPrompts))];
        return Leaks
            .Between(sets)
            .Where(leak => leak.Whole > 0)
            .Where(leak => read.Any(set => set.Key == leak.Earlier || set.Key == leak.Later))
            .Select(leak => new SharedPrompts(leak.Later, leak.Earlier, leak.SamePrompt, leak.AllRows)
            {
                KnownRows = leak.Whole > leak.SamePrompt ? leak.Whole : null,
            });
    }

    private static IEnumerable<PromptSet> WithDrawn(int seed, FromScratchSpec spec, IReadOnlyList<ReadSet> read) =>
        DrawnSets
            .OfTarget(seed, spec.Data, spec.Splits)
            .Concat(DrawnSets.OfOtherTasks(seed, spec.Data, spec.Splits.Circuit))
            .Select(drawn =>
            {
                string key = PairsSpec.KeyOf(drawn.Name);
                return PromptSet.Of(
                    key,
                    read.FirstOrDefault(set => set.Key == key)?.CleanPrompts ?? drawn.Pairs.Select(pair => pair.Clean)
                );
            });
}
