using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;

namespace CircuitPipeline.Study.Runs;

/// <summary>Finds and reads the sets of prompt pairs of <see cref="PairSets"/>.</summary>
internal static class StudyPairs
{
    internal static ItemInput Input(StudyTask task, string pairs) =>
        Of(task, pairs, GenerateDataFiles.SplitFile(pairs));

    /// <summary>What was made of the rows of a set that is read from a file; of others there is none.</summary>
    internal static ItemInput Origin(StudyTask task, string pairs) =>
        Of(task, pairs, GenerateDataFiles.OriginFile(pairs));

    internal static EncodedPairs Read(WorkItemContext context, StudyTask task, string pairs, Vocabulary? vocabulary) =>
        PairsFile.Read(context.Inputs[Input(task, pairs)], vocabulary);

    private static ItemInput Of(StudyTask task, string pairs, string file) =>
        new(
            GenerateDataFiles.StageName,
            pairs is PairSets.MulDiv or PairSets.TwoStep ? GenerateDataFiles.OtherTasksItem : task.DataItem,
            file
        );
}
