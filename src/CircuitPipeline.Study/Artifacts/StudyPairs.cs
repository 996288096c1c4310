using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>Finds and reads the sets of prompt pairs of <see cref="PairSets"/>.</summary>
internal static class StudyPairs
{
    internal static ItemInput Input(string pairs) =>
        new(
            GenerateDataFiles.StageName,
            pairs is PairSets.MulDiv or PairSets.TwoStep
                ? GenerateDataFiles.OtherTasksItem
                : GenerateDataFiles.TargetItem,
            GenerateDataFiles.SplitFile(pairs)
        );

    internal static EncodedPairs Read(WorkItemContext context, string pairs, Vocabulary vocabulary) =>
        PairsFile.Read(context.Inputs[Input(pairs)], vocabulary);
}
