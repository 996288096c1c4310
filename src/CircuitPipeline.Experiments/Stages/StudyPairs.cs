using CircuitPipeline.Attribution;
using CircuitPipeline.Prompts;

namespace CircuitPipeline.Experiments;

/// <summary>The prompt pairs that circuits are found and measured with.</summary>
internal static class StudyPairs
{
    internal static EncodedPairs Read(WorkItemContext context, int split, Vocabulary vocabulary) =>
        EncodedPairs.Of(
            PromptPairFile.Read(
                context.InputFile(GenerateDataStage.TargetItem, GenerateDataStage.SplitFile($"circuit-{split}")),
                vocabulary
            ),
            vocabulary
        );
}
