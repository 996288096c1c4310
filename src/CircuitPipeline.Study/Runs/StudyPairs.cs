using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;

namespace CircuitPipeline.Study.Runs;

/// <summary>Finds and reads the sets of prompt pairs of <see cref="PairSets"/>.</summary>
internal static class StudyPairs
{
    internal static ItemInput Input(string pairs) => Of(pairs, GenerateDataFiles.SplitFile(pairs));

    /// <summary>What was made of the rows of a set that is read from a file; of others there is none.</summary>
    internal static ItemInput Origin(string pairs) => Of(pairs, GenerateDataFiles.OriginFile(pairs));

    internal static EncodedPairs Read(WorkItemContext context, string pairs, Vocabulary? vocabulary) =>
        PairsFile.Read(context.Inputs[Input(pairs)], vocabulary);

    private static ItemInput Of(string pairs, string file) =>
        new(
            GenerateDataFiles.StageName,
            pairs is PairSets.MulDiv or PairSets.TwoStep
                ? GenerateDataFiles.OtherTasksItem
                : GenerateDataFiles.TargetItem,
            file
        );
}
