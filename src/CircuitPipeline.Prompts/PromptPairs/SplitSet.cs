using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>What may ask or state a key, in the order in which keys are given out.</summary>
internal enum SplitSet
{
    /// <summary>The pretraining corpus.</summary>
    Corpus,

    /// <summary>Rows for choices.</summary>
    Validation,

    /// <summary>Rows to find circuits with.</summary>
    Circuit1,

    /// <summary>Rows to find circuits with again.</summary>
    Circuit2,

    /// <summary>Rows for reported accuracies.</summary>
    Test,

    /// <summary>Rows to fine-tune on: the last, so that its size changes no other set.</summary>
    Train,
}

/// <summary>The names of sets and of their sizes.</summary>
internal static class SplitSets
{
    /// <summary>The sets that have rows, in the order in which a study lists them.</summary>
    public static ImmutableArray<SplitSet> OfRows =>
        [SplitSet.Train, SplitSet.Validation, SplitSet.Circuit1, SplitSet.Circuit2, SplitSet.Test];

    /// <summary>The set's name, as of its file.</summary>
    public static string NameOf(SplitSet set) =>
        set switch
        {
            SplitSet.Circuit1 => "circuit-1",
            SplitSet.Circuit2 => "circuit-2",
            _ => $"{set}".ToLowerInvariant(),
        };

    /// <summary>The key of a <see cref="SplitSpec"/> that says how large the set is.</summary>
    public static string SizeKey(SplitSet set) => NameOf(set).Split('-')[0];

    /// <summary>How many rows a set has.</summary>
    public static int CountOf(this SplitSpec sizes, SplitSet set) =>
        set switch
        {
            SplitSet.Train => sizes.Train,
            SplitSet.Validation => sizes.Validation,
            SplitSet.Circuit1 or SplitSet.Circuit2 => sizes.Circuit,
            SplitSet.Test => sizes.Test,
            _ => 0,
        };
}
