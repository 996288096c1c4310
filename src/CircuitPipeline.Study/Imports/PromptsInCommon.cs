using System.Collections.Immutable;
using CircuitPipeline.Prompts;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.GenerateData;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Imports;

/// <summary>Finds clean prompts that stand in two sets, at least one of which is read from a file: what is measured on one may be remembered from the other.</summary>
internal static class PromptsInCommon
{
    /// <summary>The sets that share prompts, in the order of the experiment's keys.</summary>
    internal static IEnumerable<SharedPrompts> Of(ExperimentSpec spec, IReadOnlyList<ReadSet> read)
    {
        (string Key, bool IsRead, ImmutableArray<string> Prompts)[] sets = spec.FromScratch is { } drawn
            ? [.. WithDrawn(spec.Seed, drawn, read)]
            : [.. read.Select(set => (set.Key, true, set.CleanPrompts))];
        for (int set = 1; set < sets.Length; set++)
        {
            for (int other = 0; other < set; other++)
            {
                if (!sets[set].IsRead && !sets[other].IsRead)
                {
                    continue;
                }

                HashSet<string> known = [.. sets[other].Prompts];
                if (sets[set].Prompts.Count(known.Contains) is > 0 and int rows)
                {
                    yield return new SharedPrompts(sets[set].Key, sets[other].Key, rows, sets[set].Prompts.Length);
                }
            }
        }
    }

    /// <summary>One text for one prompt.</summary>
    internal static string KeyOf(IEnumerable<int> ids) => string.Join(' ', ids);

    private static IEnumerable<(string Key, bool IsRead, ImmutableArray<string> Prompts)> WithDrawn(
        int seed,
        FromScratchSpec spec,
        IReadOnlyList<ReadSet> read
    )
    {
        Vocabulary vocabulary = spec.Data.ToVocabulary();
        return DrawnSets
            .OfTarget(seed, spec.Data, spec.Splits)
            .Concat(DrawnSets.OfOtherTasks(seed, spec.Data, spec.Splits.Circuit))
            .Select(drawn =>
                read.FirstOrDefault(set => set.Key == PairsSpec.KeyOf(drawn.Name)) is { } own
                    ? (own.Key, true, own.CleanPrompts)
                    : (
                        PairsSpec.KeyOf(drawn.Name),
                        false,
                        [.. drawn.Pairs.Select(pair => KeyOf(vocabulary.Encode(pair.Clean)))]
                    )
            );
    }
}
